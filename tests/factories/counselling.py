"""Invented contacts of peer support."""

from __future__ import annotations

import json
import secrets
from typing import Any
from uuid import UUID

from accounts.models import User
from counselling import envelopes, grants
from counselling.models import Contact, ContactGrant, PhoneDevice
from counselling.receiving import SECRET, digest_of, encoded
from organisation.models import County


def contact_of(user: User, *, month: str = "2026-11", **fields: Any) -> Contact:
    """A contact granted to this supporter."""
    given = {"kind": "one-to-one", "theme": "work", "duration": "up-to-30", "mode": "in-person", **fields}
    given.setdefault("county", County.objects.order_by("code").first())
    contact = Contact.objects.create(month=month, **given)
    ContactGrant.objects.create(user=user, permission=grants.permission_of(Contact), content_object=contact)
    return contact


def phone_of(user: User, *, month: str = "2026-11") -> str:
    """The secret of a phone that this supporter enrolled."""
    secret = encoded(secrets.token_bytes(SECRET))
    PhoneDevice.objects.create(supporter=user, digest=digest_of(secret), enrolled_month=month)
    return secret


def phone_ref_of(user: User) -> str:
    """The reference of a phone in force that this supporter enrolled."""
    phone_of(user)
    return PhoneDevice.objects.filter(supporter=user, ended_month="").latest("pk").ref


def sending(secret: str, to: bytes, /, **changed: Any) -> tuple[UUID, bytes]:
    """What the phone with this secret sends: the client's identifier, and the envelope."""
    client_id = UUID(bytes=secrets.token_bytes(16))
    told = {
        "v": 1, "secret": secret, "client": encoded(client_id.bytes), "month": "2026-11", "county": "003",
        "kind": "one-to-one", "theme": "work", "duration": "up-to-30", "mode": "phone", "referral": "counsellor",
    }  # fmt: skip
    content = json.dumps(told | changed).encode()
    return client_id, envelopes.seal(content, to=to, info=envelopes.CONTACT)
