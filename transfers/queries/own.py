"""An officer's own transfers: where each stands, at whose pen, since when, what holds it, and who decided and typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hcims.access.roles import ROLES
from hcims.errors import NotFound
from transfers import own_words, reasons
from transfers.models import (
    Advice,
    Direction,
    ExchangeParty,
    RequestGround,
    RequestState,
    Stop,
    TransferKind,
    TransferOrder,
    TransferRequest,
)
from transfers.queries.chain import WAITING

AT_HAND = (
    "officer__rank", "officer__unit", "officer__user", "officer__home_county", "step", "waits_at", "from_unit", "to_unit",
    "rank", "duty", "decided_by", "typed_by", "entered_by", "proposed_by", "reviewed_by", "round", "family_impact",
)  # fmt: skip
CHANGEABLE = (RequestState.DRAFT, RequestState.ADVICE, RequestState.POOLED)
_HOLDING = Prefetch(
    "stops", queryset=Stop.objects.filter(lifted_at__isnull=True, gone_at__isnull=True), to_attr="holding"
)


@dataclass(frozen=True)
class Standing:
    """One transfer of the reader's, in a few words."""

    request: TransferRequest
    kind: Any
    says: Any
    short: Any
    tone: str
    office: str
    days: int | None
    stops: list[tuple[Stop, Any]]


def own_requests(user: Any) -> QuerySet[TransferRequest]:
    """Drafts that a desk still types from paper are the desk's until they are sent."""
    own = Q(officer__user=user) & (~Q(state=RequestState.DRAFT) | Q(entered_by=user))
    return TransferRequest.objects.filter(own).select_related(*AT_HAND)


def own_transfers(user: Any, *, on: date) -> list[Standing]:
    """The reader's transfers, the open ones first. Two queries."""
    rows = own_requests(user).prefetch_related(_HOLDING).order_by("-created_at", "-pk")
    found = [standing_of(each, on=on) for each in rows]
    over = ("completed", "withdrawn", "cancelled", "refused")
    return sorted(found, key=lambda each: each.request.state in over)


def access_own(user: Any, ref: str) -> TransferRequest:
    """The reader's own transfer of that reference. Errors: NotFound, the same for somebody else's."""
    found = own_requests(user).prefetch_related(_HOLDING).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def access_writing(user: Any, ref: str) -> TransferRequest:
    """A request that the reader may still write: the officer's own, or one that the reader's desk types from paper.

    An exchange is answered on its own page. Errors: NotFound for any other, and once somebody decides.
    """
    writes = Q(officer__user=user, state__in=CHANGEABLE, proposed_by__isnull=True) & (
        ~Q(state=RequestState.DRAFT) | Q(entered_by=user)
    )
    types = Q(entered_by=user, state=RequestState.DRAFT)
    rows = TransferRequest.objects.filter(writes | types).exclude(kind=TransferKind.EXCHANGE)
    found = rows.select_related(*AT_HAND).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def drafts_on_paper(user: Any) -> QuerySet[TransferRequest]:
    """What the reader's desk began to type from paper and has not sent."""
    rows = TransferRequest.objects.filter(entered_by=user, state=RequestState.DRAFT).exclude(officer__user=user)
    return rows.select_related("officer__rank").order_by("-created_at")


def standing_of(request: TransferRequest, *, on: date) -> Standing:
    """Where a transfer stands, in words."""
    stops: Iterable[Stop] = getattr(request, "holding", ())
    is_open = request.state in (*WAITING, RequestState.APPROVED, RequestState.POOLED)
    return Standing(
        request=request,
        kind=own_words.PROTECTED_KIND if request.is_protected else own_words.KINDS[request.kind],
        says=_says(request),
        short=own_words.SHORT[request.state],
        tone=own_words.TONES[request.state],
        office=pen_of(request),
        days=(on - timezone.localdate(request.waits_since)).days if request.waits_since and is_open else None,
        stops=[(each, own_words.STOPS.get(each.code, each.message)) for each in stops] if is_open else [],
    )


def _says(request: TransferRequest) -> Any:
    if request.kind == TransferKind.EXCHANGE and request.state == RequestState.DRAFT:
        return _("It waits until every officer of the exchange has answered.")
    return own_words.STANDS[request.state]


def pen_of(request: TransferRequest) -> str:
    """The office that has the say now, in words; never a name."""
    if request.state == RequestState.APPROVED:
        return _("HR officer")
    if request.step is None or request.waits_at is None or request.state not in WAITING:
        return ""
    role = ROLES.get(request.step.role)
    return f"{_(role.name) if role else request.step.authority}, {request.waits_at.name}"


@dataclass(frozen=True)
class Decision:
    """What was decided: by whom, and who typed it where that was somebody else."""

    by: str
    typed: str
    paper: str
    reason: str
    reasons: str
    source: str


def decision_of(request: TransferRequest) -> Decision | None:
    """The decision as its officer reads it: not before it is past taking back, unless it is a refusal."""
    if request.decided_by is None or request.decided_at is None or request.state == RequestState.APPROVED:
        return None
    day = timezone.localdate(request.decided_at)
    code = reasons.of(request.reason_code)
    typed = request.typed_by if request.typed_by_id != request.decided_by_id else None
    return Decision(
        by=f"{request.decided_by.full_name} ({request.decided_by.office(on=day)})",
        typed=f"{typed.full_name} ({typed.office(on=day)})" if typed else "",
        paper=request.decision_paper,
        reason=code.text((get_language() or "en")[:2]) if code else "",
        reasons=request.reasons,
        source=request.legal_basis,
    )


def advice_on(request: TransferRequest) -> list[tuple[Advice, Any]]:
    """What was advised, with whoever typed it where that was somebody else."""
    rows = request.advice.select_related("advised_by", "typed_by")
    return [(each, own_words.VERDICTS[each.verdict]) for each in rows]


def directions_on(request: TransferRequest) -> list[Direction]:
    """Who told a desk what to do about it."""
    return list(request.directions.all())


def grounds_on(request: TransferRequest) -> list[tuple[RequestGround, Any, str]]:
    """The grounds named, and what HR found of each."""
    rows = request.grounds.select_related("ground", "checked_by")
    return [(each, own_words.CHECKED[each.checked], own_words.CHECKED_TONES[each.checked]) for each in rows]


def orders_on(request: TransferRequest) -> list[TransferOrder]:
    """The orders that carry it out."""
    return list(request.orders.select_related("order__to_unit", "letter"))


# Exchanges -----------------------------------------------------------------------------------------------------------------


def own_exchanges(user: Any) -> list[ExchangeParty]:
    """The exchanges that somebody else proposed with the reader, the latest first."""
    rows = ExchangeParty.objects.filter(officer__user=user).exclude(request__officer__user=user)
    related = ("request__step", "request__waits_at", "to_unit", "officer")
    return list(rows.select_related(*related).order_by("-request__created_at"))


def access_party(user: Any, ref: str) -> ExchangeParty:
    """The reader's own part in an exchange. Errors: NotFound for whoever has none."""
    related = ("request__step", "request__waits_at", "request__round", "to_unit", "officer__unit", "officer__user")
    found = ExchangeParty.objects.filter(officer__user=user, request__ref=ref).select_related(*related).first()
    if found is None:
        raise NotFound(ref)
    return found


def agreed(request: TransferRequest) -> tuple[int, int]:
    """How many of the officers of an exchange said yes, and how many there are."""
    said = list(request.parties.values_list("consented_at", flat=True))
    return sum(1 for each in said if each is not None), len(said)


def put_forward(user: Any, *, on: date) -> list[Standing]:
    """What the reader put forward about others and is not over, the latest first."""
    rows = TransferRequest.objects.filter(
        proposed_by=user, state__in=[*CHANGEABLE, "decision", "approved", "published"]
    )
    related = rows.select_related(*AT_HAND).prefetch_related(_HOLDING).order_by("-created_at", "-pk")
    return [standing_of(each, on=on) for each in related[:50]]


def put_forward_at(user: Any, moment: datetime, *, on: date) -> list[Standing]:
    """The rotations that the reader put forward in one go, by the moment that all of them carry."""
    rows = TransferRequest.objects.filter(proposed_by=user, kind=TransferKind.ROTATION, created_at=moment)
    related = rows.select_related(*AT_HAND).prefetch_related(_HOLDING).order_by("officer__service_number")
    return [standing_of(each, on=on) for each in related]
