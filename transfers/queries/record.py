"""What this module holds on one officer, for the copy that the officer takes away: as far as the own pages tell it.

A decision that may still be taken back, a round before it is published, and what was said of others stay out, as there.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hcims.ui.parts import chosen
from transfers import own_words, reasons
from transfers.models import Appeal, Award, Deferment, Redress, TransferRequest
from transfers.queries.order_pages import own_orders
from transfers.queries.own import advice_on, decision_of, directions_on, grounds_on, own_exchanges, own_requests, pen_of

TOLD = ("published", "closed")  # states of a round whose results its officers read
Rows = list[dict[str, Any]]


def record_of(user: Any) -> dict[str, Rows]:
    """Everything, as flat plain values: requests with what was said to them, exchanges, orders, appeals, rounds."""
    requests = list(own_requests(user).order_by("created_at", "pk"))
    return {
        "transfer_requests": [_request(each) for each in requests],
        "transfer_grounds": [line for each in requests for line in _grounds(each)],
        "transfer_advice": [line for each in requests for line in _advice(each)],
        "transfer_directions": [line for each in requests for line in _directions(each)],
        "transfer_exchanges": [
            {"asked_at": each.request.created_at, "to": each.to_unit.name, "agreed_at": each.consented_at,
             "declined_at": each.declined_at, "state": str(own_words.SHORT[each.request.state])}
            for each in own_exchanges(user)
        ],
        "transfer_orders": [_order(each) for each in own_orders(user)],
        "transfer_deferments": [
            {"order": each.transfer.order.number, "until": each.until, "reason": each.reason, "asked_at": each.asked_at,
             "granted": each.granted, "answer": each.answer}
            for each in Deferment.objects.filter(transfer__order__officer__user=user).select_related("transfer__order")
        ],
        "transfer_appeals": [_appeal(each) for each in Appeal.objects.filter(officer__user=user).order_by("lodged_at")],
        "transfer_promises": [
            {"what": chosen(each.get_kind_display()), "why": each.why, "owed_at": each.owed_at, "given_at": each.given_at}
            for each in Redress.objects.filter(officer__user=user).order_by("owed_at")
        ],
        "transfer_rounds": [_round(each) for each in _awards(user)],
    }  # fmt: skip


def _request(request: TransferRequest) -> dict[str, Any]:
    places = request.places.select_related("unit")
    told = decision_of(request)
    return {
        "reference": request.ref,
        "kind": str(own_words.PROTECTED_KIND if request.is_protected else own_words.KINDS[request.kind]),
        "entered_at": request.created_at,
        "sent_at": request.submitted_at,
        "put_forward_by": request.proposed_by.full_name if request.proposed_by else "",
        "receipt": request.receipt_number,
        "from": request.from_unit.name if request.from_unit else "",
        "places": "; ".join(f"{each.position}. {each.unit.name}" for each in places),
        "words": request.statement,
        "family": _family(request),
        "state": str(own_words.SHORT[request.state]),
        "waits_with": pen_of(request),
        "decided_by": told.by if told else "",
        "decided_at": request.decided_at if told else None,
        "why": " ".join(each for each in (told.reason, told.reasons, told.source) if each) if told else "",
    }


def _family(request: TransferRequest) -> str:
    said = getattr(request, "family_impact", None)
    if said is None:
        return ""
    facts = {
        _("children at school"): said.children_at_school,
        _("an examination this year"): said.exam_this_year,
        _("a dependant with a disability"): said.dependant_with_disability,
        _("a spouse at work"): said.spouse_at_work,
    }
    named = ", ".join(name for name, holds in facts.items() if holds) or _("none of what is asked about")
    return ". ".join(each for each in (named, said.detail, said.considered) if each)


def _grounds(request: TransferRequest) -> Rows:
    return [
        {"request": request.ref, "ground": str(each.ground), "words": each.detail, "checked": str(found),
         "checked_at": each.checked_at, "note": each.check_note}
        for each, found, _tone in grounds_on(request)
    ]  # fmt: skip


def _advice(request: TransferRequest) -> Rows:
    return [
        {"request": request.ref, "office": each.office, "by": each.advised_by.full_name, "advice": str(verdict),
         "reasons": each.reasons, "at": each.at}
        for each, verdict in advice_on(request)
    ]  # fmt: skip


def _directions(request: TransferRequest) -> Rows:
    return [
        {"request": request.ref, "directed_by": each.directed_by, "on": each.directed_on, "what": each.what,
         "paper": each.paper_reference}
        for each in directions_on(request)
    ]  # fmt: skip


def _order(transfer: Any) -> dict[str, Any]:
    allowance = getattr(transfer, "allowance", None)
    code = reasons.of(transfer.reason_code)
    return {
        "order": transfer.order.number,
        "request": transfer.request.ref if transfer.request else "",
        "to": transfer.order.to_unit.name,
        "published_at": transfer.published_at,
        "state": chosen(transfer.get_state_display()),
        "reason": code.en if code else "",
        "rests_on": transfer.legal_basis,
        "release_by": transfer.release_by,
        "released_at": transfer.released_at,
        "release_refused_because": transfer.release_reason,
        "suspended_because": transfer.suspended_why,
        "file_forwarded_on": transfer.file_forwarded_on,
        "file_received_on": transfer.file_received_on,
        "allowance": chosen(allowance.get_kind_display()) if allowance else "",
        "paid_on": allowance.paid_on if allowance else None,
        "voucher": allowance.voucher if allowance else "",
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "reference": appeal.ref,
        "ground": chosen(appeal.get_ground_display()),
        "words": appeal.text,
        "lodged_at": appeal.lodged_at,
        "due_on": appeal.due_on,
        "state": chosen(appeal.get_state_display()),
        "remedy": chosen(appeal.get_remedy_display()),
        "reasons": appeal.reasons,
        "decided_at": appeal.decided_at,
        "carried_out_at": appeal.carried_out_at,
        "carried_out_how": appeal.carried_out_how,
    }


def _awards(user: Any) -> Any:
    told = Award.objects.filter(participation__officer__user=user, participation__round__state__in=TOLD)
    related = ("participation__round", "participation__rank", "participation__from_unit", "to_unit", "varied_to")
    return told.select_related(*related).order_by("pk")


def _round(award: Award) -> dict[str, Any]:
    part = award.participation
    place = award.varied_to if award.is_varied else award.to_unit
    return {
        "round": part.round.title,
        "published_at": part.round.published_at,
        "pseudonym": part.pseudonym,
        "rank": str(part.rank),
        "from": part.from_unit.name,
        "points": part.points,
        "to": place.name if place else part.from_unit.name,
        "choice": award.choice,
        "varied_because": award.variation_reason,
    }
