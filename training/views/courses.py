"""The catalogue of courses, one course, and its dated conditions of entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.ui.form_pages import form_page
from hcims.ui.forms import Form
from hcims.ui.parts import badges_of
from hcims.ui.tables import listed
from training import condition_words, lengths
from training.actions import courses as actions
from training.forms import courses as forms
from training.forms.institutions import EndForm
from training.queries import courses as queries
from training.queries.institutions import READERS
from training.queries.versions import works_on_versions
from training.tables.courses import CourseTable
from training.version_words import STATES
from training.views.versions import sent_to


@opens_to(*READERS)
@require_safe
def courses(request: Any) -> HttpResponse:
    """Every course with the version in force."""
    on, user = request.today, request.user
    form = forms.CourseFilters(request.GET, writes=works_on_versions(user, on=on))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.filtered(queries.catalogue(user, on=on), asked, on=on).order_by("order", "code")
    if request.GET.get("format"):
        columns = [
            _("Code"), _("Course"), _("Kind"), _("Version in force"), _("Days"), _("Hours"), _("Muamko Mpya parts"),
            _("Conditions"), _("Given at"), _("Next intake"), _("In use"),
        ]  # fmt: skip
        scope = "; ".join(each.text for each in badges_of(form, request.GET))
        return export_response(
            request, "courses", columns, queries.file_rows(rows), format=request.GET["format"], by=user,
            at=request.now, permission=None, scope=scope,
        )  # fmt: skip
    page = {"table": listed(request, CourseTable(rows)), "form": form, "as_of": on,
            "may_draft": user.can(P.DRAFT_CURRICULA, on=on)}  # fmt: skip
    return render(request, "training/courses.html", page)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page about courses stands."""
    return [(_("Training"), reverse("training:home")), (_("Courses"), reverse("training:courses")), *more]


@opens_to(*READERS)
@require_safe
def course(request: Any, course: str) -> HttpResponse:
    """One course: what it consists of, who may enter, what passing gives, where it is given."""
    on, user = request.today, request.user
    one = queries.access_course(course)
    versions = queries.versions_of(one, user, on=on)
    now, ended = queries.conditions_of(one, on=on)
    page = {
        "course": one, "version": queries.current_of(one, on=on), "as_of": on, "crumbs": crumbs(),
        "versions": [(each, *STATES[each.state]) for each in versions],
        "begun": next((each for each in versions if each.state in ("draft", "submitted")), None),
        "conditions": [(each, condition_words.condition(each)) for each in now],
        "ended": [(each, condition_words.condition(each)) for each in ended],
        "given": queries.given_at(one, on=on), "cohorts": queries.cohorts_to_come(one, on=on),
        "may_draft": user.can(P.DRAFT_CURRICULA, on=on), "may_approve": user.can(P.APPROVE_CURRICULA, on=on),
    }  # fmt: skip
    return render(request, "training/course.html", {**page, **shown(page["version"])})


def shown(version: Any) -> dict[str, Any]:
    """What the contents of a version are drawn from."""
    if version is None:
        return {}
    units, names = list(version.units.all()), queries.part_names()
    return {
        "units": [
            (each, lengths.in_words(each.minutes), names.get((each.programme_id or 0, each.part_code), each.part_code))
            for each in units
        ],
        "hours": lengths.in_words(sum(each.minutes for each in units)),
        "carried": sum(1 for each in units if each.part_code),
        "gives": [condition_words.given(each) for each in version.gives.all()],
    }


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Puts a course into the catalogue."""
    return form_page(
        request, forms.NewCourseForm(request.POST or None),
        lambda sent: actions.add_course(**sent.cleaned_data, by=request.user, at=request.now),
        title=_("A course for the catalogue"), submit=_("Add it"), back=reverse("training:courses"),
        said=_("The course stands in the catalogue. Draft its first version."),
        follow=lambda made: reverse("training:course", args=[made.code]),
    )  # fmt: skip


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def change(request: Any, course: str) -> HttpResponse:
    """Changes what the catalogue says of a course."""
    one = queries.access_course(course)
    initial = {name: getattr(one, name) for name in actions.FACTS}
    return form_page(
        request, forms.CourseForm(request.POST or None, initial=initial),
        lambda sent: actions.change_course(course=one, **sent.cleaned_data, by=request.user, at=request.now),
        title=str(one), submit=_("Keep it"), back=reverse("training:course", args=[course]),
        said=_("The catalogue was changed."),
    )  # fmt: skip


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def add_condition(request: Any, course: str) -> HttpResponse:
    """Puts a condition of entry in force."""
    one = queries.access_course(course)
    return form_page(
        request, forms.ConditionForm(request.POST or None),
        lambda sent: actions.add_condition(course=one, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("Who may enter"), caption=str(one), submit=_("Put it in force"),
        back=reverse("training:course", args=[course]), said=_("The condition is in force from that day."),
        lead=_("Names put forward from that day on are checked against it, each with this basis."),
    )  # fmt: skip


@opens_to(P.DRAFT_CURRICULA, P.APPROVE_CURRICULA)
@require_http_methods(["GET", "POST"])
def condition(request: Any, ref: str, deed: str) -> HttpResponse:
    """Ends a condition of entry, or says that its paper has been seen."""
    one = queries.access_condition(ref)
    words, by = condition_words.condition(one), {"by": request.user, "at": request.now}
    common = {"caption": str(one.course), "back": reverse("training:course", args=[one.course.code])}
    if deed == "end":
        return form_page(
            request, EndForm(request.POST or None),
            lambda sent: actions.end_condition(condition=one, **sent.cleaned_data, **by),
            title=words, submit=_("End it"), tone="bad", said=_("The condition ends on that day."), **common,
        )  # fmt: skip
    if deed == "confirm":
        return form_page(
            request, Form(sent_to(request)), lambda _sent: actions.confirm_condition(condition=one, **by),
            title=words, submit=_("The paper has been seen"), said=_("The condition counts as confirmed."),
            lead=_("It rests on: %(basis)s") % {"basis": one.legal_basis}, **common,
        )  # fmt: skip
    raise NotFound(f"{ref}/{deed}")
