"""Openings: what who asked, who acts and whose case it is may see of them, each their own part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from counselling import grants
from counselling.models import IN_HAND, Case, CustodianKey, CustodianShare, Opening, OpeningState
from hcims.errors import NotFound

LATEST = 100


def _openings() -> QuerySet[Opening]:
    return Opening.objects.select_related(
        "case", "requested_by", "reader", "reader_key", "outer__user", "inner__user"
    ).order_by("-requested_at")  # fmt: skip


def for_custodian(key: CustodianKey) -> list[Opening]:
    """Openings in which this custodian can act, or has acted."""
    in_share = CustodianShare.objects.filter(Q(outer=key) | Q(inner=key)).values("case")
    can_act = Q(state__in=["requested", "half-open"], case__in=in_share)
    found = _openings().filter(can_act | Q(outer=key) | Q(inner=key))
    return list(found.exclude(requested_by=key.user).exclude(reader=key.user)[:LATEST])


def to_act(key: CustodianKey) -> list[Opening]:
    """Openings in which this custodian has a part to open now; one statement."""
    shares = CustodianShare.objects.filter(outer=key, case=OuterRef("case"), key_version=OuterRef("case__key_version"))
    first = Q(Exists(shares), state__in=["requested", "half-open"]) & ~Q(outer=key) & ~Q(inner=key)
    found = _openings().filter(first | Q(state="half-open", inner=key))
    return list(found.exclude(requested_by=key.user).exclude(reader=key.user)[:LATEST])


def for_requester(user: Any, *, at: datetime) -> list[Opening]:
    """Openings that the user asked for, is to read, or whose case the user holds."""
    own = grants.grants_of(Case, user=user, at=at).values("content_object")
    mine = Q(requested_by=user) | Q(reader=user) | Q(case__in=own, state__in=["open", "ended"])
    return list(_openings().filter(mine).distinct()[:LATEST])


def access_opening(key: CustodianKey, ref: str) -> Opening:
    """An opening of a case that this custodian shares. Errors: NotFound."""
    in_share = CustodianShare.objects.filter(Q(outer=key) | Q(inner=key)).values("case")
    found = _openings().filter(ref=ref, case__in=in_share).first()
    if found is None:
        raise NotFound(ref)
    return found


def share_of(opening: Opening, key: CustodianKey) -> CustodianShare | None:
    """The share of which this custodian opens the outer part, while the opening waits for it."""
    if opening.state not in (OpeningState.REQUESTED, OpeningState.HALF_OPEN) or key.pk in (
        opening.outer_id,
        opening.inner_id,
    ):
        return None
    found = opening.case.shares.select_related("inner__user").filter(outer=key, key_version=opening.case.key_version)
    return found.first()


def inner_of(opening: Opening, key: CustodianKey) -> bytes | None:
    """What the first custodian opened, for the second one."""
    if opening.state != OpeningState.HALF_OPEN or opening.inner_id != key.pk:
        return None
    return bytes(opening.inner_sealed)


def is_over(opening: Opening, *, at: datetime) -> bool:
    """Whether the reader's time has run out."""
    return opening.state == OpeningState.OPEN and opening.ends_at is not None and opening.ends_at <= at


def ended_unmarked(*, at: datetime) -> QuerySet[Opening]:
    """Openings that still say open though their time is over."""
    return Opening.objects.filter(state=OpeningState.OPEN, ends_at__lte=at).select_related("case", "reader")


def in_hand() -> QuerySet[Opening]:
    """Openings asked for, half done or running."""
    return _openings().filter(state__in=IN_HAND)
