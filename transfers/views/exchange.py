"""The window for mutual exchange after a round, on a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from personnel.queries import own_record, own_record_or_none
from transfers.actions import exchanges as actions
from transfers.forms.exchange import OfferForm
from transfers.queries import exchanges as queries


@opens_to_signed_in
def window(request: Any, code: str) -> HttpResponse:
    """The reader's offer, and the form to make one while the window is open."""
    found = queries.access_window(request.user, code)
    first, last = queries.policies.window(found) or (None, None)
    officer = own_record_or_none(request.user)
    is_open = first is not None and last is not None and first <= request.today <= last
    form = OfferForm(request.POST or None, on=request.today)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.offer(
                round=found, officer=own_record(request.user), wishes=form.wishes, by=request.user, on=request.today,
                at=request.now,
            )  # fmt: skip
            notices.done(request, _("Your offer stands. You can change it or take it back until the window closes."))
            return redirect("transfers:exchange_window", code=code)
    context = {
        "round": found,
        "first": first,
        "last": last,
        "is_open": is_open,
        "form": form if officer is not None and is_open else None,
        "offer": queries.own_offer(request.user, found),
        "may_find": request.user.can(P.MANAGE_ROUNDS, on=request.today) and last is not None and request.today > last,
        "offers": queries.offers(found),
    }
    return render(request, "transfers/exchange.html", context, status=status_of(form))


@opens_to_signed_in
@require_POST
def withdraw(request: Any, code: str) -> HttpResponse:
    """Takes the reader's offer back."""
    found = queries.own_offer(request.user, queries.access_window(request.user, code))
    if found is None:
        raise NotFound(code)
    actions.withdraw_offer(found, by=request.user, on=request.today, at=request.now)
    notices.done(request, _("Your offer is taken back."))
    return redirect("transfers:exchange_window", code=code)


@opens_to(P.MANAGE_ROUNDS)
@require_POST
def find(request: Any, code: str) -> HttpResponse:
    """Looks for exchanges of two or three, and puts each on its way."""
    found = queries.access_window(request.user, code)
    made = actions.find_circles(round=found, by=request.user, on=request.today, at=request.now)
    said = ngettext(
        "%(n)s exchange was found and is on its way.", "%(n)s exchanges were found and are on their way.", len(made)
    )
    notices.done(request, said % {"n": len(made)})
    return redirect("transfers:exchange_window", code=code)
