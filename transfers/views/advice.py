"""Advice on a phone: what waits for the commander, one at a time, and nothing of it that is not a commander's business."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from transfers import words
from transfers.actions import decisions as actions
from transfers.forms import queue as forms
from transfers.queries import queue
from transfers.queries.case import case_of
from transfers.views.case import fetched

LATELY = 20


@opens_to(P.ADVISE_TRANSFERS)
@require_GET
def advice(request: Any) -> HttpResponse:
    """What waits for the reader, the oldest first; below it what he or she advised on and is still open."""
    on = request.today
    rows = list(queue.at_my_pen(request.user, on=on))
    extras = queue.extras_of(rows, on=on)
    waiting = [(each, words.KINDS[each.kind], extras.days(each), extras.effects[each.pk]) for each in rows]
    given = [
        (each, words.KINDS[each.kind], words.STATES[each.state], words.STATE_TONES[each.state])
        for each in queue.advised_by(request.user, on=on)[:LATELY]
    ]
    return render(request, "transfers/advice_list.html", {"waiting": waiting, "given": given})


@opens_to(P.ADVISE_TRANSFERS)
@require_http_methods(["GET", "POST"])
def advise(request: Any, ref: str) -> HttpResponse:
    """One transfer as a commander is shown it, with the advice to give."""
    found = case_of(request.user, fetched(request, ref), on=request.today)
    if found.deeds.decide:
        return redirect("transfers:decide", ref=ref)
    if not found.deeds.advise:
        return redirect("transfers:case", ref=ref)
    form = forms.AdviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.advise(found.request, **form.cleaned_data, by=request.user, on=request.today, at=request.now)
            notices.done(request, _("Thank you. Your advice is on record, and the next office was told."))
            return redirect("transfers:advice")
    context = {
        "case": found,
        "form": form,
        "kind": words.KINDS[found.request.kind],
        "grounds": [(each, words.CHECKED[each.checked], words.CHECKED_TONES[each.checked]) for each in found.grounds],
        "advice": [(each, words.GIVEN[each.verdict], words.VERDICT_TONES[each.verdict]) for each in found.advice],
        "stops": [(each.stop, words.STOPS[each.stop.code]) for each in found.holding],
        "crumbs": [(_("Advice on transfers"), reverse("transfers:advice"))],
    }
    return render(request, "transfers/advise.html", context, status=status_of(form))


@opens_to(P.PROCESS_TRANSFERS)
@require_http_methods(["GET", "POST"])
def type_advice(request: Any, ref: str) -> HttpResponse:
    """Advice that the HR desk types from a minute; whose word it is and who typed it both stand on record."""
    found = case_of(request.user, fetched(request, ref), on=request.today)
    back = reverse("transfers:case", args=[ref])
    if not found.deeds.type_for_holder or not queue.is_advice(found.request):
        return redirect(back)

    def keep(form: forms.TypedAdviceForm) -> None:
        holder, paper = forms.Typed.of(form)
        actions.advise(
            found.request, verdict=form.cleaned_data["verdict"], reasons=form.cleaned_data["reasons"],
            advised_by=holder, paper=paper, by=request.user, on=request.today, at=request.now,
        )  # fmt: skip

    return form_page(
        request,
        forms.TypedAdviceForm(request.POST or None, holders=found.holders),
        keep,
        title=_("Type the advice of a commander"),
        lead=found.office,
        caption=str(found.request.officer),
        submit=_("Put it on record"),
        back=back,
        said=_("The advice is on record, with your name as who typed it."),
    )
