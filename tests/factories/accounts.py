"""Invented accounts and appointments, and the short way to sign one in.

hr = appoint(UserFactory(), "hr-officer", kilifi)      an HR officer for Kilifi and all below it, since 2020
sign_in(client, hr)                                    with the second factor shown, where the role compels one
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory
from django.conf import settings
from django.test import Client

from accounts import codes
from accounts.models import (
    Appointment,
    AppointmentState,
    LetterState,
    PhoneChange,
    SignInLetter,
    User,
    UserKind,
)
from hcims.access.roles import ROLES

LONG_AGO = date(2020, 1, 1)
PASSWORD = "mwangaza wa asubuhi 17"
NEVER_OVER = 2.0**40  # a sitting that no test outlives, whatever day it plays on
CODE = "abcd-efgh-jkmn"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An activated officer's account; `activated_at=None` gives one that nobody can sign in to yet."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    login = factory.Sequence(lambda number: f"{90000 + number:06d}")
    kind = UserKind.OFFICER
    full_name = factory.Sequence(lambda number: f"Mtu wa Mfano {number}")
    opened_at = datetime(2020, 1, 1, tzinfo=UTC)
    activated_at = datetime(2020, 1, 2, tzinfo=UTC)

    @factory.post_generation
    def password(self: Any, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if self.activated_at:
            self.set_password(extracted or PASSWORD)
        else:
            self.set_unusable_password()
        if create:
            self.save(update_fields=["password"])


class OutsideUserFactory(UserFactory):
    """Somebody from outside the service, who signs in by e-mail."""

    login = factory.Sequence(lambda number: f"mgeni{number}@example.org")
    email = factory.SelfAttribute("login")
    kind = UserKind.OUTSIDE


class AppointmentFactory(factory.django.DjangoModelFactory[Appointment]):
    """An approved appointment in force since 2020; needs `unit`."""

    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    role = "officer"
    authority = "NPS/HR/1 of 1 January 2020"
    state = AppointmentState.APPROVED
    starts_on = LONG_AGO
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = datetime(2020, 1, 1, tzinfo=UTC)
    decided_by = factory.Maybe(
        factory.LazyAttribute(lambda self: self.state != AppointmentState.PROPOSED),
        yes_declaration=factory.SubFactory(UserFactory),
        no_declaration=None,
    )
    decided_at = factory.LazyAttribute(lambda self: datetime(2020, 1, 1, tzinfo=UTC) if self.decided_by else None)


class LetterFactory(factory.django.DjangoModelFactory[SignInLetter]):
    """A letter handed over in 2020 and good for a century: its code is CODE."""

    class Meta:
        model = SignInLetter

    user = factory.SubFactory(UserFactory, activated_at=None)
    purpose = "activation"
    number = factory.Sequence(lambda number: f"NPS/ICT/ACT/{number}")
    code_digest = factory.LazyFunction(lambda: codes.digest(CODE))
    state = LetterState.HANDED_OVER
    issued_by = factory.SubFactory(UserFactory)
    issued_at = datetime(2020, 1, 1, tzinfo=UTC)
    expires_at = datetime(2120, 1, 1, tzinfo=UTC)
    handed_over_by = factory.SubFactory(UserFactory)
    handed_over_at = datetime(2020, 1, 2, tzinfo=UTC)
    identity_document = "national-id"


class PhoneChangeFactory(factory.django.DjangoModelFactory[PhoneChange]):
    """A change of number that waits."""

    class Meta:
        model = PhoneChange

    user = factory.SubFactory(UserFactory)
    old_phone = "+254700000001"
    new_phone = "+254700000002"
    asked_at = datetime(2020, 1, 1, tzinfo=UTC)
    counts_from = datetime(2120, 1, 1, tzinfo=UTC)


def appoint(user: User, role: str, unit: Any, **fields: Any) -> User:
    """This function will give `user` the role at `unit`, in force since 2020, and return the same user."""
    assert role in ROLES, f"no role {role!r}; see hcims/access/roles.py"
    AppointmentFactory(user=user, role=role, unit=unit, **fields)
    user.__dict__.pop("_appointments_on", None)
    return user


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """This function will open a session for `user`, with the second factor shown unless told otherwise."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["sitting"] = {"seen": NEVER_OVER, "until": NEVER_OVER, "idle": 60}
    if second_factor:
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": 0},
            {"method": "mfa", "type": "totp", "at": 0},
        ]
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
