"""The seats of a round before the freeze: by county and rank, and the approved table where the rule book knows one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from transfers.actions import seats as actions
from transfers.forms.rounds import SeatsForm
from transfers.queries import catalogue, strengths
from transfers.queries import rounds as queries


@opens_to(P.MANAGE_ROUNDS, P.SIGN_ROUNDS, P.SIT_ON_TRANSFER_BOARD)
@require_http_methods(["GET", "POST"])
def seats(request: Any, code: str) -> HttpResponse:
    """Seats against strength, as a freeze of today would count them."""
    on = request.today
    found = queries.access_round(request.user, code, on=on)
    form = SeatsForm(request.POST or None, request.FILES or None, initial={"source": found.seats_source})
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            data = form.cleaned_data
            count = actions.enter_seats(
                round=found, table=data["table"], source=data["source"], by=request.user, on=on, at=request.now
            )
            notices.done(request, _("The seat table is kept: %(count)s classes of post.") % {"count": count})
            return redirect("transfers:round_seats", code=code)
    rows = strengths.seats_by_county(found, on=on)
    names = catalogue.rank_names()
    context = {
        "round": found,
        "form": form,
        "takes_table": found.rule_book.content["seats"] == "seat-table" and found.state in ("draft", "announced"),
        "lines": found.seat_lines.count(),
        "rows": [(each, names[each.rank]) for each in rows],
        "seats": sum(each.seats for each in rows),
        "strength": sum(each.strength for each in rows),
        "vacancies": sum(each.vacancies for each in rows),
        "has_working": strengths.has_working_strength(on=on),
        "crumbs": [
            (_("Rounds of transfers"), reverse("transfers:rounds")),
            (found.title, reverse("transfers:round", args=[code])),
        ],
    }  # fmt: skip
    return render(request, "transfers/round_seats.html", context, status=status_of(form))
