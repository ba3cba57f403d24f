"""The second factors of one account, as its page shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from hcims.errors import NotFound


@dataclass(frozen=True)
class Factor:
    """One second factor: a passkey, or an authenticator app."""

    ref: str
    kind: str
    name: str
    added: datetime
    last_used: datetime | None


@dataclass(frozen=True)
class Factors:
    """Everything on the page of second factors."""

    listed: list[Factor]
    has_app: bool
    has_passkey: bool
    recovery_codes_left: int | None  # none: there are no recovery codes


def ref_of(authenticator: Authenticator) -> str:
    """A public name for a row whose key is a running number."""
    return hashlib.sha256(f"factor {authenticator.pk} {settings.BLIND_INDEX_KEY}".encode()).hexdigest()[:12]


def factors_of(user: User) -> Factors:
    """The second factors of an account, in one statement."""
    listed: list[Factor] = []
    left = None
    for each in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        if each.type == Authenticator.Type.RECOVERY_CODES:
            left = len(each.wrap().get_unused_codes())
        else:
            name = each.wrap().name if each.type == Authenticator.Type.WEBAUTHN else _("Authenticator app")
            listed.append(Factor(ref_of(each), each.type, name, each.created_at, each.last_used_at))
    kinds = {each.kind for each in listed}
    return Factors(listed, Authenticator.Type.TOTP in kinds, Authenticator.Type.WEBAUTHN in kinds, left)


def own_factor(user: User, ref: str) -> Any:
    """One's own second factor by its ref. Errors: NotFound."""
    for each in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES):
        if ref_of(each) == ref:
            return each
    raise NotFound(ref)
