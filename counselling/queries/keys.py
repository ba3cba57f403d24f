"""Whose key is whose, which keys two custodians have signed, and which custodians are trusted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from counselling import pins, vouching
from counselling.models import CounsellorKey, CustodianKey, CustodianKeyState, KeySignature, KeyState
from hcims.errors import NotFound, RuleBroken

UNCERTIFIED = "This key is not signed by two custodians whose fingerprints are pinned: nothing is wrapped to it."


def _with_signatures() -> QuerySet[CounsellorKey]:
    signed = Prefetch("signatures", KeySignature.objects.select_related("custodian").order_by("pk"))
    return CounsellorKey.objects.exclude(state=KeyState.RETIRED).select_related("user").prefetch_related(signed)


def key_of(user: Any) -> CounsellorKey | None:
    """The key of a counsellor that is not out of use, with its signatures."""
    return _with_signatures().filter(user=user).first()


def keys_of(users: Collection[int]) -> dict[int, CounsellorKey]:
    """The keys in use of several people, by primary key of the person."""
    return {each.user_id: each for each in _with_signatures().filter(user__in=users)}


def access_own_key(user: Any, ref: str) -> CounsellorKey:
    """One's own key. Errors: NotFound."""
    found = _with_signatures().filter(user=user, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def key_to_sign(ref: str) -> CounsellorKey:
    """A key, for a custodian. Errors: NotFound."""
    found = _with_signatures().filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def certified_key(user_ref: str, key_ref: str | None = None) -> CounsellorKey:
    """The key of an active counsellor that something may be wrapped to. Errors: NotFound, RuleBroken."""
    found = _with_signatures().filter(user__ref=user_ref, user__is_active=True)
    key = (found.filter(ref=key_ref) if key_ref else found).first()
    if key is None:
        raise NotFound(user_ref)
    if not is_certified(key):
        raise RuleBroken(UNCERTIFIED, "rule: two custodians vouch for a key")
    return key


def certified_keys(*, but: Any = None) -> list[CounsellorKey]:
    """Keys of active counsellors that two pinned custodians have signed, by name."""
    found = _with_signatures().filter(state=KeyState.CERTIFIED, user__is_active=True).order_by("user__full_name")
    if but is not None:
        found = found.exclude(user=but)
    trusted = pins.pinned()
    return [key for key in found if is_certified(key, trusted)]


def keys_to_sign(by: CustodianKey | None) -> list[CounsellorKey]:
    """Proposed keys that this custodian has not signed."""
    found = _with_signatures().filter(state=KeyState.PROPOSED, user__is_active=True).order_by("made_on", "pk")
    return list(found.exclude(signatures__custodian=by) if by else found)


def custodians() -> list[CustodianKey]:
    """Custodians' keys in use; whether they are pinned, their readers check."""
    return list(CustodianKey.objects.filter(state=CustodianKeyState.ACTIVE).select_related("user").order_by("body"))


def custodian_key_of(user: Any) -> CustodianKey | None:
    """The custodian's own key in use."""
    return CustodianKey.objects.filter(state=CustodianKeyState.ACTIVE, user=user).first()


def access_custodian_key(user: Any) -> CustodianKey:
    """The same. Errors: NotFound for a custodian who has none yet."""
    found = custodian_key_of(user)
    if found is None:
        raise NotFound("custodian key")
    return found


def is_pinned(key: CustodianKey, trusted: Iterable[str] | None = None) -> bool:
    """Whether the custodian's fingerprint stands in the file outside the database."""
    return vouching.fingerprint(key.signing_key, key.recipient) in (pins.pinned() if trusted is None else trusted)


def vouched(key: CounsellorKey, trusted: Iterable[str] | None = None) -> int:
    """How many bodies have a pinned custodian in use who signed exactly this key of this person."""
    known = pins.pinned() if trusted is None else list(trusted)
    said = vouching.statement(key.ref, key.user.ref, key.recipient)
    return len(
        {
            each.custodian.body
            for each in key.signatures.all()
            if is_pinned(each.custodian, known) and vouching.is_signed(each.custodian.signing_key, each.signature, said)
        }
    )


def is_certified(key: CounsellorKey, trusted: Iterable[str] | None = None) -> bool:
    """Whether two custodians vouch for it now. A pin struck from the file counts no more, whatever the row says."""
    return key.state == KeyState.CERTIFIED and vouched(key, trusted) >= vouching.NEEDED
