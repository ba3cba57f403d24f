"""What is owed to officers and not given yet: for the desks that give it, for who watches over it, and for the officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from deployment.models import Posting, PostingKind
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Baseline, EstablishmentLine
from organisation.queries import below, in_scope
from transfers.models import Redress, RedressKind, RoundState
from transfers.policies import redress as policies
from transfers.policies.rounds import holds

AT_HAND = (
    "officer__user", "officer__rank", "officer__unit", "place", "round", "appeal__request", "appeal__award", "reviewed",
    "transfer__order__from_unit", "transfer__order__to_unit", "order__order",
)  # fmt: skip
# A round that was cancelled counted nothing.
WAITS_FOR_A_ROUND = Q(kind=RedressKind.PRIORITY, given_at__isnull=True) & (
    Q(round__isnull=True) | Q(round__state=RoundState.CANCELLED)
)
_SEALED = Q(appeal__request__is_protected=True) | Q(reviewed__is_protected=True)


def visible_to(user: Any, *, on: date) -> QuerySet[Redress]:
    """What the user gives or watches over: never what is owed to himself or herself; protected matters apart."""
    desk, deciding = (user.scope(each, on=on) for each in (Permission.PROCESS_TRANSFERS, Permission.DECIDE_TRANSFERS))
    seen = in_scope(desk, on=on, field="officer__unit") | in_scope(desk, on=on, field="place")
    seen |= in_scope(desk, on=on, field="transfer__order__from_unit")
    seen |= Q(kind=RedressKind.RETURN) & in_scope(deciding, on=on, field="transfer__order__from_unit")
    if holds(user, Permission.NAME_APPEAL_PANEL, on=on):
        seen |= Q(officer__isnull=False)
    seen &= ~_SEALED
    if not user.scope(Permission.DECIDE_PROTECTED, on=on).is_empty:
        seen |= _SEALED
    return Redress.objects.filter(seen).exclude(officer__user=user).select_related(*AT_HAND)


def open_ones(user: Any, *, on: date) -> QuerySet[Redress]:
    """Those not given yet, the oldest first."""
    return visible_to(user, on=on).filter(given_at__isnull=True).order_by("owed_at", "pk")


def access_redress(user: Any, ref: str, *, on: date) -> Redress:
    """The one of that reference. Errors: NotFound."""
    found = visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def of_appeal(appeal: Any) -> Redress | None:
    """What is owed on an appeal that was upheld."""
    return Redress.objects.filter(appeal=appeal).select_related(*AT_HAND).first()


def priority_of(officer: Any) -> Redress | None:
    """The priority that an upheld appeal owes the officer and no round has counted yet."""
    return Redress.objects.filter(WAITS_FOR_A_ROUND, officer=officer).order_by("owed_at").first()


def counted_in(round: Any, officer: Any) -> bool:
    """Whether the round counted priority of the officer."""
    return Redress.objects.filter(round=round, officer=officer).exists()


def owed_in_ranks(codes: Iterable[str]) -> list[Redress]:
    """Priority that waits for a round of these ranks."""
    return list(Redress.objects.filter(WAITS_FOR_A_ROUND, officer__rank__code__in=list(codes)))


@dataclass(frozen=True)
class Owed:
    """One line of the list."""

    redress: Redress
    days: int
    free: int | None  # of a vacancy: free seats of the officer's rank at the place today
    signs: bool


def lines(rows: Iterable[Redress], reader: Any, *, on: date) -> list[Owed]:
    """The rows with their age and what may be done now. Each open vacancy costs two small statements."""
    return [
        Owed(
            each, (on - timezone.localdate(each.owed_at)).days,
            free_at(each, on=on) if each.kind == RedressKind.NEXT_VACANCY and each.given_at is None else None,
            policies.may_sign(reader, each, on=on),
        )
        for each in rows
    ]  # fmt: skip


def free_at(owed: Redress, *, on: date) -> int:
    """Seats of the working strength at the place and below it that nobody of the officer's rank holds; never below none."""
    units = below([owed.place_id], on) if owed.place_id else []
    rank = owed.officer.rank_id
    posts = EstablishmentLine.objects.in_force(on).filter(baseline=Baseline.WORKING, unit__in=units, rank=rank)
    held = Posting.objects.in_force(on).filter(
        kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, unit__in=units, officer__rank=rank
    )
    return max(sum(posts.values_list("posts", flat=True)) - held.count(), 0)
