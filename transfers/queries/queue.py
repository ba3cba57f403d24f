"""The queue: what waits, where, for how long, at whose pen, and what holds it. A constant number of queries a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import User
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.errors import NotFound
from transfers.models import (
    OPEN_STATES,
    Direction,
    RequestGround,
    RequestState,
    RuleCode,
    Stage,
    Stop,
    TransferKind,
    TransferRequest,
)
from transfers.queries import access, chain, rules
from transfers.queries.effect import Effect, effects_of

LISTED = (
    "officer__rank", "officer__user", "from_unit", "rank", "step", "waits_at", "to_unit", "decided_by", "round",
)  # fmt: skip
WAITING = (RequestState.ADVICE, RequestState.DECISION, RequestState.POOLED)


def in_queue(user: Any, *, on: date) -> QuerySet[TransferRequest]:
    """The open transfers that the user's offices work on: the desk's, those at the own pen, held by a stop, to be reviewed.

    Protected ones never stand here: they have a list of their own.
    """
    mine = access.desk(user, on=on) | chain.waiting_for(user, on=on)
    mine |= access.liftable(user, on=on) | access.to_review(user, on=on)
    decided = Q(decided_by=user) | Q(typed_by=user)
    open_ones = Q(state__in=OPEN_STATES) | (Q(state=RequestState.REFUSED) & decided)
    found = TransferRequest.objects.filter(
        mine | decided, open_ones | access.to_review(user, on=on), is_protected=False
    )
    return found.select_related(*LISTED).order_by("waits_since", "pk")


def sealed_queue(user: Any, *, on: date) -> QuerySet[TransferRequest]:
    """Protected requests, for the protection authority alone; one's own is not among them."""
    if user.scope(Permission.DECIDE_PROTECTED, on=on).is_empty:
        return TransferRequest.objects.none()
    found = (
        TransferRequest.objects.filter(is_protected=True).exclude(state=RequestState.DRAFT).exclude(officer__user=user)
    )
    return found.select_related(*LISTED).order_by("waits_since", "pk")


def at_my_pen(user: Any, *, on: date) -> QuerySet[TransferRequest]:
    """What waits for the user himself or herself, the oldest first; protected ones are listed apart."""
    found = TransferRequest.objects.filter(chain.waiting_for(user, on=on), is_protected=False)
    return found.select_related(*LISTED).order_by("waits_since", "pk")


def advised_by(user: Any, *, on: date) -> QuerySet[TransferRequest]:
    """What the user advised on and is still open, the latest first."""
    found = TransferRequest.objects.filter(advice__advised_by=user, state__in=OPEN_STATES, is_protected=False)
    return found.select_related(*LISTED).order_by("-waits_since", "-pk").distinct()


_HOLDING = Stop.objects.filter(request=OuterRef("pk"), lifted_at__isnull=True, gone_at__isnull=True)


def parts(user: Any, *, on: date) -> dict[str, Q]:
    """The parts of the queue by the word in the address."""
    return {
        "mine": chain.waiting_for(user, on=on),
        "advice": Q(state=RequestState.ADVICE),
        "decision": Q(state=RequestState.DECISION),
        "held": Q(Exists(_HOLDING), state__in=[*WAITING, RequestState.APPROVED, RequestState.PUBLISHED]),
        "stuck": stuck_filter(on),
        "approved": Q(state=RequestState.APPROVED),
        "review": access.to_review(user, on=on),
        "pooled": Q(state=RequestState.POOLED),
        "refused": Q(state=RequestState.REFUSED),
        "all": ~Q(state=RequestState.REFUSED),
    }


def stuck_filter(on: date) -> Q:
    """What has waited at one pen for longer than the rule says; what waits for a round waits by its calendar."""
    days = rules.value(RuleCode.WAITING_DAYS, on)
    first = timezone.make_aware(datetime.combine(on - timedelta(days=days), time()))
    return Q(state__in=[RequestState.ADVICE, RequestState.DECISION], waits_since__lt=first)


@dataclass
class Extras:
    """What a page of the queue shows beside its rows, looked up for all of them at once."""

    on: date
    limit: int
    holders: dict[tuple[str, int], list[User]] = field(default_factory=dict)
    stops: dict[int, list[Stop]] = field(default_factory=dict)
    effects: dict[int, Effect] = field(default_factory=dict)

    def days(self, request: TransferRequest) -> int:
        """Since when it waits where it is."""
        return (self.on - timezone.localdate(request.waits_since)).days if request.waits_since else 0

    def is_stuck(self, request: TransferRequest) -> bool:
        """Whether it waits longer than the rule says."""
        return request.state in (RequestState.ADVICE, RequestState.DECISION) and self.days(request) > self.limit

    def people(self, request: TransferRequest) -> list[User]:
        """Who holds the pen; nobody where the office is empty, or held by whom it is about."""
        if request.step is None or request.waits_at_id is None or request.state not in chain.WAITING:
            return []
        found = self.holders.get((request.step.role, request.waits_at_id), [])
        return [each for each in found if each.pk not in (request.officer.user_id, request.proposed_by_id)]


def extras_of(requests: Iterable[TransferRequest], *, on: date) -> Extras:
    """Holders, stops and effects of many transfers. Eight queries, however many there are."""
    rows = list(requests)
    found = Extras(on, rules.value(RuleCode.WAITING_DAYS, on), chain.holders_of(rows, on=on))
    holding = Stop.objects.filter(request__in=[each.pk for each in rows], lifted_at__isnull=True, gone_at__isnull=True)
    for stop in holding:
        found.stops.setdefault(stop.request_id, []).append(stop)
    found.effects = effects_of(rows, on=on)
    return found


def office_of(request: TransferRequest) -> str:
    """The office that holds the pen, in words."""
    if request.step is None or request.waits_at is None or request.state not in chain.WAITING:
        return ""
    role = ROLES.get(request.step.role)
    return f"{role.name if role else request.step.role}, {request.waits_at.name}"


def access_stop(user: Any, ref: str, *, on: date) -> Stop:
    """The stop of that reference on a transfer that the user may see. Errors: NotFound."""
    seen = access.visible_to(user, on).values("pk")
    related = ("request__officer__user", "request__officer__rank", "request__from_unit", "request__step", "lifted_by")
    found = Stop.objects.filter(ref=ref, request__in=seen).select_related(*related).first()
    if found is None:
        raise NotFound(ref)
    return found


def access_direction(user: Any, ref: str, *, on: date) -> Direction:
    """The direction of that reference on a transfer that the user may see, but not as its officer. Errors: NotFound."""
    seen = access.visible_to(user, on).exclude(officer__user=user).values("pk")
    found = (
        Direction.objects.filter(ref=ref, request__in=seen).select_related("request__officer", "recorded_by").first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def access_ground(user: Any, ref: str, *, on: date) -> RequestGround:
    """The ground of that reference, if the user may open its papers: the officer, the HR desk, for a protected request its
    authority; never a commander. Errors: NotFound."""
    own = Q(request__officer__user=user)
    scope = access.in_scope(user.scope(Permission.PROCESS_TRANSFERS, on=on), on=on, field="request__from_unit")
    desk = scope & Q(request__is_protected=False) & ~Q(request__state=RequestState.DRAFT)
    reach = own | desk
    if not user.scope(Permission.DECIDE_PROTECTED, on=on).is_empty:
        reach |= Q(request__is_protected=True) & ~Q(request__state=RequestState.DRAFT)
    found = RequestGround.objects.filter(reach, ref=ref).select_related("request__officer", "ground").first()
    if found is None:
        raise NotFound(ref)
    return found


def lifted(user: Any, *, on: date, since: date) -> QuerySet[Stop]:
    """Stops lifted since a day on transfers that the user's offices see, the latest first."""
    first = timezone.make_aware(datetime.combine(since, time()))
    seen = access.visible_to(user, on).filter(is_protected=False).values("pk")
    found = Stop.objects.filter(lifted_at__gte=first, request__in=seen)
    return found.select_related("request__officer", "lifted_by").order_by("-lifted_at")


def needs_review(request: TransferRequest) -> bool:
    """Whether an emergency move still waits for its review."""
    return request.kind == TransferKind.EMERGENCY and request.review_by is not None and request.reviewed_at is None


def decided_at(user: Any, moment: datetime) -> QuerySet[TransferRequest]:
    """What the user decided or typed in one go, by the moment that all of it carries; protected ones never in bulk."""
    found = TransferRequest.objects.filter(Q(decided_by=user) | Q(typed_by=user), decided_at=moment, is_protected=False)
    return found.select_related(*LISTED).order_by("officer__service_number")


def is_advice(request: TransferRequest) -> bool:
    """Whether the pen that it waits for gives advice."""
    return request.step is not None and request.step.stage == Stage.ADVICE


def counts_of(rows: QuerySet[TransferRequest], found: dict[str, Q]) -> dict[str, int]:
    """How many rows there are in each part. One query for all of them."""
    return rows.order_by().aggregate(**{code: Count("pk", filter=part or None) for code, part in found.items()})


def counts_by_code(rows: QuerySet[Stop]) -> dict[str, int]:
    """How many stops of each kind, the most frequent first. One query."""
    return dict(rows.order_by().values_list("code").annotate(n=Count("pk")).order_by("-n", "code"))


def query_of(show: str, kind: str, number: str) -> str:
    """The address of one part of the queue with the filters kept."""
    given = {"show": show, "kind": kind, "number": number}
    return "?" + urlencode({name: value for name, value in given.items() if value})
