"""Mutual exchange of two or three officers: proposed by one, and under way when each of the others has agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, RuleBroken
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from personnel.models import Officer
from transfers import links
from transfers.actions.chain import forward
from transfers.actions.locking import locked
from transfers.models import ExchangeParty, RequestState, TransferKind, TransferRequest
from transfers.policies import requests as policies
from transfers.said import Partner

UNDECIDED = (RequestState.DRAFT, RequestState.ADVICE, RequestState.DECISION)


@action
def propose_exchange(
    *, officer: Officer, partners: Sequence[Partner], statement: str = "", by: Any, on: date, at: datetime
) -> TransferRequest:
    """This function will propose an exchange: the proposer goes to the first partner's station, the first to the second's,
    the last to the proposer's. Each of them is asked.

    Errors: NotAllowed for anyone but the officer; RuleBroken for a partner who does not serve there in the same rank.
    """
    policies.check_can_ask(by, officer, kind=TransferKind.EXCHANGE, is_protected=False, on=on)
    if not policies.is_own(by, officer):
        raise NotAllowed(_("An exchange is proposed by one of its officers."), policies.REGULATIONS)
    if not 1 <= len(partners) <= 2:
        raise RuleBroken(_("An exchange is between two or three officers."), policies.REGULATIONS)
    _check_none_running(officer)
    others = [_partner(officer, each) for each in partners]
    ring = [officer, *others]
    goals: list[Any] = [*(each.unit for each in partners), officer.unit]  # the proposer's is the last one's
    if len({each.pk for each in goals}) != len(ring):
        raise RuleBroken(_("The officers of an exchange serve at different stations."), policies.REGULATIONS)
    request = TransferRequest.objects.create(
        officer=officer, kind=TransferKind.EXCHANGE, statement=statement.strip(), entered_by=by, created_at=at,
        to_unit=goals[0], post_rank=officer.rank,
    )  # fmt: skip
    for here, goal in zip(ring, goals, strict=True):
        own = here.pk == officer.pk
        ExchangeParty.objects.create(request=request, officer=here, to_unit=goal, consented_at=at if own else None)
    trail.record(
        Event.TRANSFER_ASKED, target=request, by=by, at=at, details={"kind": request.kind, "with": len(others)}
    )
    notify_many([each.user for each in others], Notice.TRANSFER_TO_ANSWER, at=at, link=links.swap(request.ref))
    return request


def _check_none_running(officer: Officer) -> None:
    open_ones = TransferRequest.objects.filter(officer=officer, kind=TransferKind.EXCHANGE, state__in=UNDECIDED)
    if open_ones.exists():
        raise RuleBroken(
            _("You have proposed an exchange that is open; withdraw that one first."), policies.REGULATIONS
        )


def _partner(officer: Officer, named: Partner) -> Officer:
    """One sentence for every reason: who tries numbers learns nothing of where anybody serves."""
    found = (
        Officer.objects.filter(
            service_number=named.number.strip(), unit=named.unit, rank=officer.rank, exited_on__isnull=True,
            user__is_active=True,
        )
        .exclude(pk=officer.pk)
        .select_related("user", "unit")
        .first()
    )  # fmt: skip
    if found is None:
        raise RuleBroken(
            _(
                "No officer of your rank with the number %(number)s can be asked at %(unit)s. Check both with your colleague."
            )
            % {"number": named.number.strip(), "unit": named.unit.name},
            policies.REGULATIONS,
        )
    return found


@action
def agree(request: TransferRequest, *, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will keep an officer's yes; with the last one the exchange goes on its way to the commanders.

    Errors: NotAllowed for anyone who is not part of it; RuleBroken when it is over, or somebody has moved meanwhile.
    """
    request = locked(request)
    party = _party(request, by)
    if request.state != RequestState.DRAFT or party.consented_at is not None:
        raise RuleBroken(_("This exchange has been answered already."), policies.REGULATIONS)
    _check_still_there(request)
    party.consented_at = at
    party.save(update_fields=["consented_at"])
    trail.record(Event.TRANSFER_ASKED, target=request, by=by, at=at, details={"agreed": True})
    if request.parties.filter(consented_at__isnull=True).exists():
        return request
    request.from_unit, request.rank, request.submitted_at = request.officer.unit, request.officer.rank, at
    request.save(update_fields=["from_unit", "rank", "submitted_at"])
    forward(request, by=by, on=on, at=at)
    tell_parties(request, at=at, but=by)
    return request


@action
def decline(request: TransferRequest, *, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will keep an officer's no, also after a yes, until it is decided; the exchange then ends.

    Errors: NotAllowed for anyone who is not part of it; RuleBroken once it is decided.
    """
    request = locked(request)
    party = _party(request, by)
    if request.state not in UNDECIDED:
        raise RuleBroken(_("This exchange is over or decided."), policies.REGULATIONS)
    party.consented_at, party.declined_at = None, at
    party.save(update_fields=["consented_at", "declined_at"])
    workflow.move(request, RequestState.WITHDRAWN, by=by, at=at, step=None, waits_at=None, waits_since=None)
    trail.record(Event.TRANSFER_WITHDRAWN, target=request, by=by, at=at, details={"declined": True})
    tell_parties(request, at=at, but=by)
    return request


def _party(request: TransferRequest, by: Any) -> ExchangeParty:
    found: ExchangeParty | None = request.parties.filter(officer__user=by).first()
    if found is None:
        raise NotAllowed(_("Only the officers of an exchange answer it."), policies.REGULATIONS)
    return found


def _check_still_there(request: TransferRequest) -> None:
    parties = list(request.parties.select_related("officer"))
    serving = {each.officer.unit_id for each in parties if each.officer.exited_on is None}
    if serving != {each.to_unit_id for each in parties} or len({each.officer.rank_id for each in parties}) > 1:
        raise RuleBroken(
            _("One of the officers has moved, left or changed rank since: propose it anew."), policies.REGULATIONS
        )


def tell_parties(request: TransferRequest, *, at: datetime, but: Any) -> None:
    """This function will tell the officers of an exchange, but the one who acts, that its page says something new."""
    for party in request.parties.select_related("officer__user"):
        user = party.officer.user
        if user is not None and user.pk != but.pk:
            notify(user, Notice.TRANSFER_NEWS, at=at, link=links.swap(request.ref))
