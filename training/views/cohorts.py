"""Cohorts: the list, one of them, planning, changing, opening, cancelling, who teaches."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import Tab
from hcims.ui.tables import listed
from training import cohort_words as words
from training.actions import cohorts as actions
from training.forms.cohorts import CohortForm, StaffForm, WhyForm
from training.queries import cohort_page, planning
from training.queries import cohorts as queries
from training.queries import waits as queued
from training.tables.cohorts import CohortTable, TraineeTable


@opens_to(P.SEE_TRAINING, P.RUN_TRAINING)
@require_GET
def cohorts(request: Any) -> HttpResponse:
    """Cohorts of the reader's area, the latest first, by state."""
    rows = queries.listed(request.user, on=request.today)
    counts = cohort_page.counts_by_state(request.user, on=request.today)
    current = request.GET.get("state", "")
    shown = rows.filter(state=current) if current in words.COHORTS else rows
    waits = request.GET.get("waits", "")
    if waits in queued.COHORT_WAITS:
        shown = queued.only_waiting(rows, request.user, waits, on=request.today)
    tabs = [Tab(_("All"), "?", current not in words.COHORTS and not waits, sum(counts.values()))]
    tabs += [
        Tab(label, f"?state={code}", code == current, counts.get(code, 0)) for code, label in words.COHORTS.items()
    ]
    context = {
        "table": listed(request, CohortTable(shown)),
        "tabs": tabs,
        "waits": queued.COHORT_WAITS.get(waits),
        "may_plan": request.user.can(P.RUN_TRAINING, on=request.today),
        "may_see_needs": request.user.can(P.SEE_TRAINING, on=request.today),
    }
    return render(request, "training/cohorts.html", context)


def fetched(request: Any, ref: str) -> Any:
    """The cohort, if the reader may see it."""
    return queries.access_cohort(request.user, ref, on=request.today)


@opens_to_signed_in
@require_GET
def cohort(request: Any, ref: str) -> HttpResponse:
    """One cohort: what it is, where it stands, who holds the pen, its trainees and what may be done next."""
    found = fetched(request, ref)
    page = cohort_page.page_of(request.user, found, on=request.today)
    current = request.GET.get("state", "")
    shown = [each for each in page.trainees if current not in words.FILTERS or each.state in words.FILTERS[current]]
    context = {
        "cohort": found,
        "page": page,
        "table": listed(request, TraineeTable(shown, linked=page.linked, runs=page.runs), per_page=100),
        "tabs": _tabs_of_trainees(page, current),
        "state": words.COHORTS[found.state],
        "tone": words.COHORT_TONES[found.state],
        "pen": words.PENS[found.state],
        "form_words": words.FORMS[found.form],
        "crumbs": [(_("Cohorts"), reverse("training:cohorts"))],
        "sees_answers": request.user.can(P.SEE_TRAINING, at=found.unit, on=request.today),
    }
    return render(request, "training/cohort.html", context)


def _tabs_of_trainees(page: cohort_page.Page, current: str) -> list[Tab]:
    """One for each state that somebody is in; those who joined apart, once something became of some of them."""
    tabs = [Tab(_("All"), "?#trainees", current not in words.FILTERS, len(page.trainees))]
    for code, states in words.FILTERS.items():
        count = page.counts.trainees(*states)
        is_current = code == current
        same_as_all = code == words.CAME and count == page.counts.trainees("joined")
        if is_current or (count and not same_as_all):
            tabs.append(Tab(words.FILTER_WORDS[code], f"?state={code}#trainees", is_current, count))
    return tabs


def _form(request: Any, **more: Any) -> CohortForm:
    on = request.today
    return CohortForm(
        request.POST or None, reader=request.user, on=on, versions=planning.versions_to_plan(on=on),
        regions=planning.regions(on=on), only=planning.only_unit_run(request.user, on=on), **more,
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def plan(request: Any) -> HttpResponse:
    """Plans a cohort; the page of needs fills in course, seats and regions by the address."""
    form = _form(request, initial={name: value for name, value in request.GET.items() if value})
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            data = form.cleaned_data
            found = actions.plan_cohort(
                version=planning.version_on(data["course"], on=data["first_on"]), unit=data["unit"], title=data["title"],
                days=form.days, seats=data["seats"], shares=form.shares, form=data["form"], venue=data["venue"],
                weeks=data["weeks"], staff_needed=data["staff_needed"], by=request.user, on=request.today, at=request.now,
            )  # fmt: skip
            notices.done(request, _("Planned. Open it for names when the days stand."))
            return redirect("training:cohort", ref=found.ref)
    page = {"form": form, "title": _("Plan a cohort"), "submit": _("Plan it"), "back": reverse("training:cohorts")}
    return render(request, "training/cohort_plan.html", page, status=status_of(form))


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def change(request: Any, ref: str) -> HttpResponse:
    """Changes days, seats and shares until trainees are called."""
    found = fetched(request, ref)
    form = _form(request, initial=CohortForm.first_values(found))
    form.fields["course"].disabled = form.fields["unit"].disabled = form.fields["form"].disabled = True
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            data = form.cleaned_data
            actions.change_cohort(
                found, title=data["title"], days=form.days, seats=data["seats"], shares=form.shares, venue=data["venue"],
                weeks=data["weeks"], staff_needed=data["staff_needed"], by=request.user, on=request.today, at=request.now,
            )  # fmt: skip
            notices.done(request, _("Changed."))
            return redirect("training:cohort", ref=ref)
    page = {"form": form, "title": _("Change the cohort"), "submit": _("Keep it"), "caption": found.title,
            "back": reverse("training:cohort", args=[ref])}  # fmt: skip
    return render(request, "training/cohort_plan.html", page, status=status_of(form))


@opens_to(P.RUN_TRAINING)
@require_POST
def open_names(request: Any, ref: str) -> HttpResponse:
    """Opens a cohort for names."""
    actions.open_cohort(fetched(request, ref), by=request.user, on=request.today, at=request.now)
    notices.done(request, _("Commanders can put names forward now, and officers can ask."))
    return redirect("training:cohort", ref=ref)


@opens_to(P.RUN_TRAINING)
@require_POST
def finish(request: Any, ref: str) -> HttpResponse:
    """Closes a course whose results are all in."""
    actions.finish_cohort(fetched(request, ref), by=request.user, on=request.today, at=request.now)
    notices.done(request, _("The course is finished."))
    return redirect("training:cohort", ref=ref)


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def cancel(request: Any, ref: str) -> HttpResponse:
    """Cancels a cohort with a reason that everybody put forward reads."""
    found = fetched(request, ref)
    form = WhyForm(request.POST or None)
    return form_page(
        request, form,
        lambda form: actions.cancel_cohort(
            found, reason=form.cleaned_data["reason"], by=request.user, on=request.today, at=request.now
        ),
        title=_("Cancel the course"), caption=found.title, submit=_("Cancel it"), tone="bad",
        lead=_("Names are refused with this reason, letters are withdrawn, and everybody is told."),
        said=_("The course is cancelled; everybody put forward was told."), back=reverse("training:cohort", args=[ref]),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def staff(request: Any, ref: str) -> HttpResponse:
    """Who teaches the cohort."""
    found = fetched(request, ref)
    form = StaffForm(request.POST or None, initial={"numbers": cohort_page.staff_text(found)})
    if request.method == "POST" and form.is_valid():
        people, unknown = cohort_page.staff_called(form.lines)
        if unknown:
            form.add_error("numbers", _("Nobody has the number %(numbers)s.") % {"numbers": ", ".join(unknown)})
        else:
            with rules_on(form):
                actions.set_staff(found, staff=people, by=request.user, on=request.today, at=request.now)
                notices.done(request, _("Kept. They may take the roll of this cohort."))
                return redirect("training:cohort", ref=ref)
    page = {"form": form, "title": _("Who teaches"), "caption": found.title, "submit": _("Keep it"),
            "back": reverse("training:cohort", args=[ref])}  # fmt: skip
    return render(request, "ui/form_page.html", page, status=status_of(form))
