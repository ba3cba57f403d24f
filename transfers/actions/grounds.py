"""Grounds checked against their papers by the HR desk, and the receipt for a request on paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, RuleBroken
from hcims.letters.actions import issue
from hcims.letters.blocks import Draft, facts, initials, items, paragraph
from hcims.letters.models import Letter
from transfers.actions.chain import tell_officer
from transfers.actions.locking import locked
from transfers.actions.requests import OPEN_UNDECIDED, submit
from transfers.models import Checked, RequestGround, RequestState, TransferRequest
from transfers.policies import requests as policies

RECEIPT = "transfer-receipt"


@action
def check_ground(named: RequestGround, *, accepted: bool, note: str, by: Any, on: date, at: datetime) -> RequestGround:
    """This function will keep what the HR desk found of a ground, with a note on the paper it saw or why it is not accepted.

    Errors: NotAllowed for anyone but the desk of the unit; RuleBroken without a note, or once the transfer is decided.
    """
    request = locked(named.request)
    if request.is_protected or not policies.is_desk_of(by, request.officer, on=on):
        raise NotAllowed(_("A ground is checked by the HR desk of the officer's unit."), policies.REGULATIONS)
    if request.state not in OPEN_UNDECIDED or request.state == RequestState.DRAFT:
        raise RuleBroken(_("Nothing is left to check: it is decided, or was not sent."), policies.REGULATIONS)
    if len(note.strip()) < 5:
        raise RuleBroken(_("Write which paper was seen, or why the ground is not accepted."), policies.REGULATIONS)
    named = RequestGround.objects.select_related("ground", "request").get(pk=named.pk)
    named.checked = Checked.VERIFIED if accepted else Checked.REFUSED
    named.checked_by, named.checked_at, named.check_note = by, at, note.strip()[:200]
    named.save(update_fields=["checked", "checked_by", "checked_at", "check_note"])
    trail.record(Event.GROUND_CHECKED, target=request, by=by, at=at, details={"accepted": accepted})
    tell_officer(request, at=at)
    return named


@action
def hand_in(request: TransferRequest, *, by: Any, on: date, at: datetime) -> Letter:
    """This function will send a request that a desk typed from paper, and issue the numbered receipt for the officer.

    Errors: NotAllowed for anyone but the desk that typed it; those of `submit`.
    """
    request = locked(request)
    if policies.is_own(by, request.officer) or request.entered_by_id != by.pk:
        raise NotAllowed(_("A receipt is given by the desk that typed the request."), policies.REGULATIONS)
    request = submit(request, by=by, on=on, at=at)
    letter = issue(RECEIPT, _receipt(request, by=by, on=on), by=by, at=at).letters[0]
    request.receipt_number = letter.number
    request.save(update_fields=["receipt_number"])
    tell_officer(request, at=at)
    return letter


def _receipt(request: TransferRequest, *, by: Any, on: date) -> Draft:
    officer = request.officer
    rows = [
        (_("Officer"), f"{officer.service_number} {officer.full_name}"),
        (_("Station"), officer.unit.name if officer.unit else "–"),
        (_("Received on"), on.strftime("%d.%m.%Y")),
        (_("Received by"), f"{by.full_name}, {by.office(on=on)}"),
        (_("Reference"), request.ref),
    ]
    places = [
        _("any station in %(unit)s") % {"unit": each.unit.name} if each.any_below else each.unit.name
        for each in request.places.select_related("unit")
    ]
    return Draft(
        title=_("Receipt for a request for a transfer"),
        blocks=[
            facts(rows),
            *([paragraph(_("Places asked for, in order:")), items(places)] if places else []),
            paragraph(_("Keep this receipt. With its number any HR desk tells you where the request stands.")),
        ],
        to=[officer.full_name, officer.service_number, officer.unit.name if officer.unit else ""],
        initials=initials(officer.full_name),
        about=request.ref,
        recipient=officer.user,
        language=(get_language() or "en")[:2],
    )
