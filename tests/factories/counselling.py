"""Invented contacts of peer support."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from counselling import grants
from counselling.models import Contact, ContactGrant
from organisation.models import County


def contact_of(user: User, *, month: str = "2026-11", **fields: Any) -> Contact:
    """A contact granted to this supporter."""
    given = {"kind": "one-to-one", "theme": "work", "duration": "up-to-30", "mode": "in-person", **fields}
    given.setdefault("county", County.objects.order_by("code").first())
    contact = Contact.objects.create(month=month, **given)
    ContactGrant.objects.create(user=user, permission=grants.permission_of(Contact), content_object=contact)
    return contact
