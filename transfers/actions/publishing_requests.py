"""An approved request becomes its order; an exchange becomes the orders of all who take part, at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deployment.models import Posting, PostingKind
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from transfers import orders_shown
from transfers.actions import stops
from transfers.actions.locking import locked
from transfers.actions.publishing import Publication, print_letters, publish_many
from transfers.models import ExchangeParty, RequestState, TransferKind, TransferOrder, TransferRequest
from transfers.policies import decisions
from transfers.policies import orders as policies
from transfers.policies.requests import REGULATIONS

HEADQUARTERS = "National Police Service Headquarters"


@action
def publish_request(request: TransferRequest, *, by: Any, on: date, at: datetime) -> list[TransferOrder]:
    """This function will publish what was decided: the order or, of an exchange, the orders of all parties, with letters.

    Errors: NotAllowed; InvalidTransition for whoever comes second; RuleBroken while a stop holds it, or with too little notice.
    """
    request = locked(request)
    policies.check_can_publish(by, request, on=on)
    policies.check_is_approved(request)
    decisions.check_place(request, on=on)
    _check_stops(request, on=on, at=at)
    moves = list(_of_exchange(request) if request.kind == TransferKind.EXCHANGE else [_of(request)])
    for move in moves:
        policies.check_not_oneself(by, move.officer)
    made = publish_many(moves, by=by, on=on, at=at)
    workflow.move(request, RequestState.PUBLISHED, by=by, at=at, published_at=at, waits_since=at)
    print_letters([each.pk for each in made], at=at)
    for each in made:
        each.refresh_from_db(fields=["letter"])
    trail.record(Event.TRANSFER_PUBLISHED, target=request, by=by, at=at, details={"orders": len(made)})
    return made


def _check_stops(request: TransferRequest, *, on: date, at: datetime) -> None:
    """What was free when it was decided may be full today: the stops are raised again, and any that holds keeps the order in."""
    held = stops.refresh(request, on=on, at=at)
    if held:
        words = "; ".join(each.message for each in held)
        raise RuleBroken(_("It is held: %(stops)s") % {"stops": words}, "; ".join(each.source for each in held))


def _of(request: TransferRequest) -> Publication:
    if request.to_unit is None or request.duty is None or request.post_rank is None or request.report_by is None:
        raise RuleBroken(_("An approval names the unit, the duty, the post and the day to report."), REGULATIONS)
    return Publication(
        officer=request.officer,
        to_unit=request.to_unit,
        duty=request.duty,
        post_rank=request.post_rank,
        post_skill=request.post_skill,
        report_by=request.report_by,
        kind=request.kind,
        reason_code=request.reason_code,
        legal_basis=request.legal_basis,
        authority=authority_of(request),
        decided_by=request.decided_by,
        request=request,
        overstrength_authority=request.overstrength_authority,
    )


def authority_of(request: TransferRequest) -> str:
    """In whose name the order is given and when it was decided; headquarters, where more would tell the ground."""
    quiet = orders_shown.is_quiet(request.kind, request.reason_code)
    name = HEADQUARTERS if quiet or request.step is None else request.step.authority
    day = date_format(timezone.localdate(request.decided_at), "j F Y") if request.decided_at else ""
    paper = "" if quiet or not request.decision_paper else f", {request.decision_paper}"
    return f"{name}; {day}{paper}"[:200]


def _of_exchange(request: TransferRequest) -> Iterator[Publication]:
    """Each takes over the post of the one whose place he or she takes."""
    parties = list(
        ExchangeParty.objects.filter(request=request)
        .select_related("officer__unit", "officer__user", "to_unit")
        .order_by("officer__pk")
    )
    held = {
        each.unit_id: each
        for each in Posting.objects.filter(
            officer__in=[party.officer_id for party in parties],
            kind=PostingKind.SUBSTANTIVE,
            ends_on__isnull=True,
            voided_at__isnull=True,
        ).select_related("duty", "post_rank", "post_skill")
    }
    own = _of(request)
    for party in parties:
        post = held.get(party.to_unit_id)
        if post is None or party.consented_at is None:
            raise RuleBroken(
                _(
                    "%(officer)s cannot take part any more: the place at %(unit)s is not held by a party to the exchange."
                )
                % {"officer": party.officer.service_number, "unit": party.to_unit.name},
                REGULATIONS,
            )
        is_lead = party.officer_id == request.officer_id
        yield Publication(
            officer=party.officer,
            to_unit=party.to_unit,
            duty=own.duty if is_lead else post.duty,
            post_rank=own.post_rank if is_lead else post.post_rank,
            post_skill=own.post_skill if is_lead else post.post_skill,
            report_by=own.report_by,
            kind=request.kind,
            reason_code=request.reason_code,
            legal_basis=request.legal_basis,
            authority=own.authority,
            decided_by=request.decided_by,
            request=request,
            overstrength_authority=request.overstrength_authority,
        )
