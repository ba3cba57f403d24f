"""An officer's own transfers, on a phone: where each stands and who has it; withdrawing; answering about the family."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to_signed_in
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from personnel.queries import own_record_or_none
from transfers.actions import exchange as exchanges
from transfers.actions import requests as actions
from transfers.forms.ask import FamilyForm
from transfers.queries import own, places


@opens_to_signed_in
@require_GET
def mine(request: Any) -> HttpResponse:
    """My transfers: those I asked for, those put forward about me, exchanges I was asked to join."""
    officer = own_record_or_none(request.user)
    if officer is None:
        return render(request, "transfers/none_of_own.html")
    found = own.own_transfers(request.user, on=request.today)
    context = {
        "officer": officer,
        "drafts": [each for each in found if each.request.state == "draft"],
        "rows": [each for each in found if each.request.state != "draft"],
        "exchanges": [
            (each, own.standing_of(each.request, on=request.today)) for each in own.own_exchanges(request.user)
        ],
    }
    return render(request, "transfers/mine.html", context)


@opens_to_signed_in
@require_GET
def one(request: Any, ref: str) -> HttpResponse:
    """One of my transfers: where it stands, at whose pen, what holds it, who decided and who typed."""
    found = own.access_own(request.user, ref)
    if found.state == "draft" and found.kind != "exchange":
        return redirect("transfers:check", ref=ref)
    context = {
        "asked": found,
        "standing": own.standing_of(found, on=request.today),
        "places": places.listed(found, on=request.today),
        "grounds": own.grounds_on(found),
        "advice": own.advice_on(found),
        "decision": own.decision_of(found),
        "directions": own.directions_on(found),
        "orders": own.orders_on(found),
        "agreed": own.agreed(found) if found.kind == "exchange" else None,
        "family": getattr(found, "family_impact", None),
        "may_change": _may_change(found),
        "may_answer": found.state in actions.OPEN_UNDECIDED or found.state == "approved",
        "may_withdraw": found.proposed_by_id is None and found.state in (*actions.OPEN_UNDECIDED, "approved"),
        "crumbs": [(_("My transfers"), reverse("transfers:mine"))],
    }
    return render(request, "transfers/one.html", context)


def _may_change(found: Any) -> bool:
    closed = found.round is not None and found.round.state != "open"
    return found.state in own.CHANGEABLE and found.proposed_by_id is None and found.kind != "exchange" and not closed


@opens_to_signed_in
def withdraw(request: Any, ref: str) -> HttpResponse:
    """Asks once more, then ends the request."""
    found = own.access_own(request.user, ref)
    if request.method == "POST":
        actions.withdraw(found, by=request.user, on=request.today, at=request.now)
        notices.done(request, _("Your request was withdrawn. You may ask again at any time."))
        return redirect("transfers:mine")
    return render(
        request, "transfers/withdraw.html", {"asked": found, "standing": own.standing_of(found, on=request.today)}
    )


@opens_to_signed_in
def family(request: Any, ref: str) -> HttpResponse:
    """My answers about the family, to what was put forward about me."""
    found = own.access_own(request.user, ref)
    form = FamilyForm(request.POST or None, initial=FamilyForm.first_values(getattr(found, "family_impact", None)))
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.answer_family(found, answers=form.answers, by=request.user, on=request.today, at=request.now)
            notices.done(request, _("Your answers are kept. Whoever decides must weigh them."))
            return redirect("transfers:one", ref=ref)
    page = {"form": form, "asked": found, "back": reverse("transfers:one", args=[ref])}
    return render(request, "transfers/family.html", page, status=status_of(form))


@opens_to_signed_in
@require_GET
def swap(request: Any, ref: str) -> HttpResponse:
    """An exchange I was asked to join: where I would go, and how many have agreed; nothing more of the others."""
    party = own.access_party(request.user, ref)
    if party.request.officer_id == party.officer_id:
        return redirect("transfers:one", ref=ref)
    context = {
        "party": party,
        "standing": own.standing_of(party.request, on=request.today),
        "agreed": own.agreed(party.request),
        "may_agree": party.request.state == "draft" and party.consented_at is None and party.declined_at is None,
        "may_decline": party.request.state in exchanges.UNDECIDED and party.declined_at is None,
        "crumbs": [(_("My transfers"), reverse("transfers:mine"))],
    }
    return render(request, "transfers/swap.html", context)


@opens_to_signed_in
@require_POST
def answer_swap(request: Any, ref: str) -> HttpResponse:
    """Yes or no to an exchange."""
    party = own.access_party(request.user, ref)
    if request.POST.get("answer") == "yes":
        exchanges.agree(party.request, by=request.user, on=request.today, at=request.now)
        notices.done(request, _("You agreed. You may still say no until it is decided."))
    else:
        exchanges.decline(party.request, by=request.user, on=request.today, at=request.now)
        notices.done(request, _("You said no. The exchange is over; nobody is told why."))
    return redirect("transfers:swap", ref=ref)
