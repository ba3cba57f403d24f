"""The window for mutual exchange after a round: offers, and the circles of two or three that become requests of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from organisation.models import Unit
from personnel.models import Officer
from transfers import links
from transfers.actions.chain import forward
from transfers.exchange import Wish, circles
from transfers.models import (
    ExchangeOffer,
    ExchangeParty,
    ExchangeWish,
    Round,
    TransferKind,
    TransferRequest,
)
from transfers.policies import exchange as policies
from transfers.policies.requests import is_own
from transfers.queries import exchanges as queries


@action
def offer(*, round: Round, officer: Officer, wishes: Sequence[Unit], by: Any, on: date, at: datetime) -> ExchangeOffer:
    """This function will keep the officer's word to exchange the post for one of those named, or replace the word before.

    Errors: NotAllowed; RuleBroken outside the window, without a wish, or where the wish is the own station.
    """
    policies.check_can_offer(by, officer, round, on=on)
    named = list({each.pk: each for each in wishes}.values())
    if not named:
        raise RuleBroken(_("Name at least one station whose post you would take."), policies.RULES)
    if any(each.pk == officer.unit_id for each in named):
        raise RuleBroken(_("Your own station is kept anyway when no exchange is found."), policies.RULES)
    held = queries.post_of(officer, on=on)
    if held is None:
        raise RuleBroken(_("No posting of yours is on record; HR records it first."), policies.RULES)
    before = ExchangeOffer.objects.select_for_update().filter(round=round, officer=officer, withdrawn_at=None)
    if before.filter(looked_at__isnull=False).exists():
        raise RuleBroken(_("Exchanges have been looked for already."), policies.RULES)
    before.update(withdrawn_at=at)
    kept = ExchangeOffer.objects.create(
        round=round, officer=officer, unit=held.unit, rank=held.rank, skill=held.skill, made_by=by, made_at=at
    )
    ExchangeWish.objects.bulk_create(
        ExchangeWish(offer=kept, position=number, unit=each) for number, each in enumerate(named, 1)
    )
    trail.record(Event.TRANSFER_ASKED, target=kept, by=by, at=at, details={"kind": "exchange", "wishes": len(named)})
    return kept


@action
def withdraw_offer(kept: ExchangeOffer, *, by: Any, on: date, at: datetime) -> ExchangeOffer:
    """This function will take an offer back, until circles are looked for."""
    kept = ExchangeOffer.objects.select_for_update(of=("self",)).select_related("officer", "round").get(pk=kept.pk)
    policies.check_can_offer(by, kept.officer, kept.round, on=on)
    if kept.withdrawn_at is None:
        kept.withdrawn_at = at
        kept.save(update_fields=["withdrawn_at"])
        trail.record(Event.TRANSFER_WITHDRAWN, target=kept, by=by, at=at)
    return kept


@action
def find_circles(*, round: Round, by: Any, on: date, at: datetime) -> list[TransferRequest]:
    """This function will find the exchanges of two or three once the window is over, and put each on its way as a request.

    The order in which offers are served is that of the round's tickets, so that nobody is first by asking first. Offers
    whose officer has moved meanwhile are left out. Errors: NotAllowed; RuleBroken while the window is open.
    """
    policies.check_can_close(by, round, on=on)
    offers = queries.standing(round, on=on)
    by_ref = {each.ref: each for each in offers}
    found = circles([_wish(each) for each in offers])
    requests = [_request([by_ref[ref] for ref in circle], round, by=by, on=on, at=at) for circle in found]
    ExchangeOffer.objects.filter(round=round, withdrawn_at=None, looked_at=None).update(looked_at=at)
    details = {"exchanges": len(found), "offers": len(offers)}
    trail.record(Event.TRANSFER_PROPOSED, target=round, by=by, at=at, details=details)
    return requests


def _wish(kept: ExchangeOffer) -> Wish:
    kind = f"{kept.rank_id}/{kept.skill_id or ''}"
    places = tuple(str(each.unit_id) for each in kept.wishes.all())
    return Wish(kept.ref, str(kept.unit_id), places, kind)


def _request(circle: Sequence[ExchangeOffer], round: Round, *, by: Any, on: date, at: datetime) -> TransferRequest:
    """Each takes the place of the next. Their offers are their word; until it is decided, any of them may still decline."""
    first, targets = circle[0], [*circle[1:], circle[0]]
    request = TransferRequest.objects.create(
        kind=TransferKind.EXCHANGE, officer=first.officer, entered_by=by, created_at=at, submitted_at=at,
        from_unit=first.unit, rank=first.rank, to_unit=targets[0].unit, post_rank=first.rank, post_skill=first.skill,
        statement=_("Mutual exchange found in the window after %(round)s.") % {"round": round.title},
    )  # fmt: skip
    ExchangeParty.objects.bulk_create(
        ExchangeParty(request=request, officer=each.officer, to_unit=target.unit, consented_at=each.made_at)
        for each, target in zip(circle, targets, strict=True)
    )
    ExchangeOffer.objects.filter(pk__in=[each.pk for each in circle]).update(found=request)
    trail.record(Event.TRANSFER_ASKED, target=request, by=by, at=at, details={"kind": "exchange", "of": len(circle)})
    forward(request, by=by, on=on, at=at)
    for each in circle:
        if each.officer.user is not None and not is_own(by, each.officer):
            notify(each.officer.user, Notice.TRANSFER_NEWS, at=at, link=links.own(request.ref))
    return request
