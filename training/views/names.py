"""Choosing: names in the published order, seats given in it or out of it with a reason, refusals, and the call."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from training import cohort_words as words
from training import reasons
from training.actions import calls, seats
from training.forms.results import CallForm, RefusalForm
from training.queries import cohorts, letters
from training.queries import names as queries
from training.views.cohorts import fetched


@opens_to(P.SEE_TRAINING, P.RUN_TRAINING)
@require_GET
def names(request: Any, ref: str) -> HttpResponse:
    """Everybody put forward, in the published order, and why each stands where he or she stands."""
    found = fetched(request, ref)
    runs = cohorts.runs_here(request.user, found, on=request.today)
    context = {
        "cohort": found,
        "names": queries.names_of(request.user, found, on=request.today),
        "may_give": runs and found.state in ("planned", "open", "called"),
        "states": words.NAMES,
        "tones": words.NAME_TONES,
        "language": get_language() or "en",
        "crumbs": [(_("Cohorts"), reverse("training:cohorts")), (found.title, reverse("training:cohort", args=[ref]))],
    }
    return render(request, "training/names.html", context)


@opens_to(P.RUN_TRAINING)
@require_POST
def give_in_order(request: Any, ref: str) -> HttpResponse:
    """Shows what the published order gives, then gives it."""
    found = fetched(request, ref)
    if not request.POST.get("confirmed"):
        context = {
            "cohort": found,
            "names": queries.names_of(request.user, found, on=request.today),
            "back": reverse("training:names", args=[ref]),
        }
        return render(request, "training/names_check.html", context)
    return _told(request, ref, seats.give_in_order(found, by=request.user, on=request.today, at=request.now))


@opens_to(P.RUN_TRAINING)
@require_POST
def give(request: Any, ref: str) -> HttpResponse:
    """Gives seats to those ticked; out of the order only with a reason."""
    found = fetched(request, ref)
    chosen = queries.chosen(found, request.POST.getlist("refs"))
    if not chosen:
        notices.refuse(request, _("Tick at least one name first."))
        return redirect("training:names", ref=ref)
    outcome = seats.give_seats(
        found, nominations=chosen, note=request.POST.get("note", ""), by=request.user, on=request.today, at=request.now
    )
    return _told(request, ref, outcome)


def _told(request: Any, ref: str, outcome: seats.Chosen) -> HttpResponse:
    for left, why in outcome.skipped[:10]:
        notices.warn(request, f"{left.officer}: {why}")
    given, waiting = len(outcome.given), len(outcome.waiting)
    said = ngettext("%(n)s seat given.", "%(n)s seats given.", given) % {"n": given}
    if waiting:
        said += " " + ngettext("%(n)s on the waiting list.", "%(n)s on the waiting list.", waiting) % {"n": waiting}
    if given or waiting:
        notices.done(request, said)
    else:
        notices.refuse(request, _("No seat was given."))
    return redirect("training:names", ref=ref)


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def refuse(request: Any, ref: str) -> HttpResponse:
    """Refuses a name with a reason of the list, and a sentence that the officer reads."""
    found = queries.access_name(request.user, ref, on=request.today)
    form = RefusalForm(request.POST or None, among=reasons.BY_INSTITUTION, language=get_language() or "en")
    return form_page(
        request, form,
        lambda form: seats.refuse(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=_("Refuse a name"), caption=found.officer, submit=_("Refuse it"), tone="bad",
        lead=_("The officer reads the reason, its basis and where to turn."),
        said=_("Refused; the officer was told why."), back=reverse("training:names", args=[found.cohort.ref]),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def call(request: Any, ref: str) -> HttpResponse:
    """Calls everybody with a seat; the letters are printed in one go, and after their day with the reason on record."""
    found = fetched(request, ref)
    due = letters.due_by(found, on=request.today)
    is_late = due is not None and request.today > due
    form = CallForm(request.POST if request.method == "POST" else None, is_late=is_late)
    return form_page(
        request, form, lambda form: _called(request, found, form.cleaned_data),
        title=_("Call those with a seat"), caption=found.title, submit=_("Print the joining letters"),
        lead=_("Joining letters were due by %(day)s, so that officers can hand over and travel.")
        % {"day": date_format(due, "j F Y")}
        if due and is_late
        else "",
        back=reverse("training:cohort", args=[ref]),
    )  # fmt: skip


def _called(request: Any, found: Any, data: dict[str, Any]) -> None:
    called = calls.call_trainees(found, **data, by=request.user, on=request.today, at=request.now)
    said = ngettext(
        "%(n)s trainee called; the joining letter is being printed.",
        "%(n)s trainees called; the joining letters are being printed.",
        len(called),
    )
    notices.done(request, said % {"n": len(called)})
