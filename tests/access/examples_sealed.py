"""Sealed cases for the walk of the URL map: one of the world's counsellor, and one of somebody else."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from counselling import case_access
from counselling.models import (
    Case,
    CounsellorKey,
    CustodianKey,
    CustodianShare,
    GrantKind,
    GrantReason,
    Opening,
    SealedReferral,
    SealedText,
)
from tests.factories.accounts import LONG_AGO, UserFactory
from tests.factories.organisation import MOMENT
from tests.world import World

BYTES = b"age-encryption.org/v1\n"


def key_of(user: User) -> CounsellorKey:
    fields = {"recipient": "age1", "locked": BYTES, "recovery_locked": BYTES, "made_on": LONG_AGO}
    return CounsellorKey.objects.get_or_create(user=user, defaults=fields)[0]


def case_of(user: User) -> Case:
    """The user's case: opened for him or her where there is none."""
    found = Case.objects.filter(grants__user=user).first()
    if found:
        return found
    case = Case.objects.create(pseudonym="calm lake 47", recipient="age1", opened_on=LONG_AGO)
    case.face = SealedText.objects.create(
        case=case, kind="face", author=user, written_on=LONG_AGO, key_version=1, size=1, ciphertext=BYTES
    )
    case.save()
    for person, kind in ((user, GrantKind.OWNER), (UserFactory(), GrantKind.SECOND)):
        case_access.give(
            case=case, to=person, kind=kind, reason=GrantReason.OWN_CASE, wrapped=BYTES, by=user, at=MOMENT
        )
    return case


def text_of(user: User) -> str:
    return case_of(user).face.ref  # type: ignore[union-attr]


def second_of(user: User) -> str:
    return case_of(user).grants.get(kind="second").user.ref


def referral_to(user: User) -> str:
    fields = {"case": case_of(UserFactory()), "by": UserFactory(), "sealed": BYTES, "sent_on": LONG_AGO}
    return SealedReferral.objects.get_or_create(to=key_of(user), defaults=fields)[0].ref


def opening_for(user: User) -> str:
    """An opening that waits for this custodian."""
    keys = []
    for person, body in ((user, "ipoa"), (UserFactory(), "knchr")):
        fields: dict[str, Any] = {"recipient": "age1", "locked": BYTES, "recovery_locked": BYTES, "made_on": LONG_AGO}
        keys.append(CustodianKey.objects.get_or_create(body=body, defaults={"user": person, **fields})[0])
    found = Opening.objects.filter(case__shares__outer=keys[0]).first()
    if found:
        return found.ref
    case, reader = case_of(UserFactory()), UserFactory()
    CustodianShare.objects.create(case=case, key_version=1, outer=keys[0], inner=keys[1], sealed=BYTES)
    return Opening.objects.create(
        case=case, ground="risk-to-life", paper="OB 1", requested_by=UserFactory(), requested_at=MOMENT, reader=reader,
        reader_key=key_of(reader),
    ).ref  # fmt: skip


def of_counsellor(make: Any) -> dict[str, Any]:
    """How to make the thing for the world's counsellor, and for somebody else."""
    return {
        "here": lambda world: make(world.people["counsellor"]),
        "elsewhere": lambda world: make(UserFactory()),
    }


def deed(name: str) -> dict[str, Any]:
    """A deed that there is; what it is done to may be absent."""
    return {"here": lambda world: name, "absent": name}


def of_custodian(world: World) -> str:
    return opening_for(world.people["custodian"])


EXAMPLES: dict[str, dict[str, Any]] = {
    "api_case ref": of_counsellor(lambda user: case_of(user).ref),
    "api_case_deed ref": of_counsellor(lambda user: case_of(user).ref),
    "api_case_deed deed": deed("readings"),
    "api_text ref": of_counsellor(lambda user: case_of(user).ref),
    "api_text text": of_counsellor(text_of),
    "api_end_grant ref": of_counsellor(lambda user: case_of(user).ref),
    "api_end_grant user": of_counsellor(second_of),
    "api_relock ref": of_counsellor(lambda user: key_of(user).ref),
    "api_referral ref": of_counsellor(referral_to),
    "api_opening_deed ref": {"here": of_custodian},
    "api_opening_deed deed": deed("outer"),
    "api_custody_deed deed": {"here": lambda world: "relock"},
}
