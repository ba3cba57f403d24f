"""The roll-out of a command: its cohorts, and plans of whom to call next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.imports.exports import export_response
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from training import cohort_words, plan_words
from training.actions import plans as actions
from training.forms.plans import NewPlanForm, NoteForm, PutInForm
from training.policies.cohorts import runs
from training.policies.nominations import SEATS
from training.queries import cohort_page, planning
from training.queries import plans as queries

USUAL_SEATS = {"group-series": 20, "workshop": 30}
PER_PAGE = 25
WORKSHOP_DAYS = 5  # as the training of leaders was given; the form changes it


@opens_to(P.LEAD_ROLLOUT)
@require_safe
def rollout(request: Any) -> HttpResponse:
    """Cohorts of leaders and peer-to-peer supporters in the reader's command, and what to plan next."""
    found = queries.rollout_of(request.user, on=request.today)
    cohorts = Paginator(found.cohorts, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found, "cohorts": cohorts, "plans": Paginator(found.plans, PER_PAGE).get_page(request.GET.get("plans")),
        "words": cohort_words, "crumbs": [(_("Trained officers"), reverse("training:cover"))],
        "series": _to_plan(request, found, "group-series"), "workshop": _to_plan(request, found, "workshop"),
        "rows": [
            (each, cohort_words.COHORTS[each.state], cohort_words.COHORT_TONES[each.state], cohort_words.FORMS[each.form])
            for each in cohorts
        ],
        "may_plan": request.user.can(P.RUN_TRAINING, on=request.today), "print_title": _("Roll-out"),
    }  # fmt: skip
    return render(request, "training/rollout.html", context)


def _to_plan(request: Any, found: queries.Rollout, form: str) -> list[tuple[str, str]]:
    """A link for each course to the form of a cohort, filled in with what the dated rules propose."""
    first = request.today + timedelta(days=28 - request.today.weekday())
    weeks = found.weeks.value if found.weeks else 12
    last = first + (timedelta(weeks=weeks - 1) if form == "group-series" else timedelta(days=WORKSHOP_DAYS - 1))
    values = {
        "form": form, "first_on": first.isoformat(), "last_on": last.isoformat(), "seats": USUAL_SEATS[form],
        "nominate_by": (first - timedelta(days=14)).isoformat(), "staff_needed": found.staff.value if found.staff else 2,
        **({"unit": found.area.code} if found.area and found.area.type != "training" else {}),
        **({"weeks": weeks} if form == "group-series" else {}),
    }  # fmt: skip
    address = reverse("training:plan_cohort")
    return [(str(each), f"{address}?{urlencode({'course': each.code, **values})}") for each in found.courses]


def _crumbs(plan: Any = None, cohort: Any = None) -> list[tuple[Any, str]]:
    crumbs = [(_("Roll-out"), reverse("training:rollout"))]
    if cohort is not None:
        crumbs.append((cohort.title, reverse("training:cohort", args=[cohort.ref])))
    return crumbs


@opens_to(P.LEAD_ROLLOUT)
@require_http_methods(["GET", "POST"])
def new(request: Any, ref: str) -> HttpResponse:
    """Computes a plan for a cohort; a country of 107,000 takes a few seconds."""
    cohort = queries.access_cohort(request.user, ref, on=request.today)
    form = NewPlanForm(request.POST or None, reader=request.user, on=request.today, initial={"area": cohort.unit.code})

    def done(form: Any) -> Any:
        return actions.make_plan(
            cohort, area=form.cleaned_data["area"], by=request.user, on=request.today, at=request.now
        )

    return form_page(
        request, form, done, title=_("Plan whom to call"), submit=_("Compute the plan"), caption=cohort.title,
        lead=_("The seats that are free go where they reach the most wards without a trained officer. Nobody is called yet."),
        back=reverse("training:rollout"), follow=lambda plan: reverse("training:plan", args=[plan.ref]),
    )  # fmt: skip


@opens_to(P.LEAD_ROLLOUT)
@require_safe
def plan(request: Any, ref: str) -> HttpResponse:
    """A plan with each choice and its reason, what it reaches, and how far that is from the best possible."""
    found = queries.access_plan(request.user, ref, on=request.today)
    page = queries.plan_page(found)
    regions = {each.pk: each.name for each in planning.regions(on=request.today)}
    if request.GET.get("format"):
        return _export(request, found, page, regions)
    linked = cohort_page.linked(request.user, [each.officer_id for each in page.calls], on=request.today)
    context = {
        "plan": found, "page": page, "order": plan_words.ORDER,
        "rows": [
            (each, plan_words.why_ward(each), plan_words.why_officer(each), plan_words.seat(each, regions),
             each.officer_id in linked)
            for each in page.calls
        ],
        "changes": found.called_at is None and found.cohort.state in SEATS,
        "gives_seats": runs(request.user, found.cohort.unit, on=request.today),
        "crumbs": _crumbs(cohort=found.cohort), "as_of": found.made_on, "print_title": _("Plan of calls"),
        "print_scope": f"{found.cohort.title}; {found.area.name}",
        "may_export": request.user.can(P.EXPORT, at=found.area, on=request.today),
    }  # fmt: skip
    return render(request, "training/plan.html", context)


def _export(request: Any, found: Any, page: queries.PlanPage, regions: dict[int, str]) -> HttpResponse:
    heads = [
        _("Place"), _("Service number"), _("Name"), _("Rank"), _("Unit"), _("Ward"), _("County"), _("Why this ward"),
        _("Why this officer"), _("Seat"), _("Taken out"), _("Changed because"),
    ]  # fmt: skip
    rows = [
        [
            each.position, each.officer.service_number, each.officer.full_name,
            each.officer.rank.code if each.officer.rank else "", each.officer.unit.name if each.officer.unit else "",
            str(each.ward or ""), str(each.ward.county) if each.ward else "", plan_words.why_ward(each),
            plan_words.why_officer(each), plan_words.seat(each, regions), each.is_out, each.change_note,
        ]
        for each in page.calls
    ]  # fmt: skip
    return export_response(
        request, f"plan-of-calls-{found.ref}", heads, rows, format=request.GET["format"], by=request.user,
        at=request.now, scope=f"{found.cohort.title}; {found.area.code}",
    )  # fmt: skip


def _change(request: Any, found: Any, form: Any, done: Any, title: str, submit: str) -> HttpResponse:
    back = reverse("training:plan", args=[found.ref])
    return form_page(
        request, form, done, title=title, submit=submit, back=back, caption=found.cohort.title,
        lead=_("The plan stays as it was computed; your change and its reason stand beside it."),
    )  # fmt: skip


@opens_to(P.LEAD_ROLLOUT)
@require_http_methods(["GET", "POST"])
def put_in(request: Any, ref: str) -> HttpResponse:
    """Puts an officer into a plan, with a reason."""
    found = queries.access_plan(request.user, ref, on=request.today)

    def done(form: Any) -> Any:
        return actions.put_in(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now)

    return _change(request, found, PutInForm(request.POST or None), done, _("Put an officer in"), _("Put in"))


@opens_to(P.LEAD_ROLLOUT)
@require_http_methods(["GET", "POST"])
def change(request: Any, ref: str, number: str) -> HttpResponse:
    """Takes an officer out of a plan, or puts him or her back, with a reason."""
    found = queries.access_plan(request.user, ref, on=request.today)
    call = queries.access_call(found, number)
    deed = actions.put_back if call.is_out else actions.take_out

    def done(form: Any) -> Any:
        return deed(found, number=number, **form.cleaned_data, by=request.user, on=request.today, at=request.now)

    words = {"officer": f"{call.officer.full_name}, {number}"}
    title = _("Put %(officer)s back") % words if call.is_out else _("Take %(officer)s out") % words
    submit = _("Put back") if call.is_out else _("Take out")
    return _change(request, found, NoteForm(request.POST or None), done, title, submit)


@opens_to(P.LEAD_ROLLOUT)
@require_POST
def call(request: Any, ref: str) -> HttpResponse:
    """Turns a plan into names, and into seats where the reader runs the training there."""
    found = queries.access_plan(request.user, ref, on=request.today)
    called = actions.call_plan(found, by=request.user, on=request.today, at=request.now)
    number = len(called.named)
    text = ngettext("%(number)s name put forward", "%(number)s names put forward", number) % {"number": number}
    text += ", " + ngettext("%(n)s seat given.", "%(n)s seats given.", called.seated) % {"n": called.seated}
    notices.done(request, text)
    for officer, why in called.left:
        notices.warn(request, f"{officer.service_number} {officer.full_name}: {why}")
    return redirect("training:names", ref=found.cohort.ref)
