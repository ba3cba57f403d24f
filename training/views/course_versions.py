"""Versions of courses: one, its editor, two compared, and the word of a second person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from training import comparing, condition_words
from training.actions import courses as actions
from training.forms import courses as forms
from training.policies.versions import check_is_draft
from training.queries import courses as queries
from training.queries import curricula
from training.queries.institutions import READERS
from training.version_words import STATES
from training.views.courses import crumbs, shown
from training.views.versions import again, decide, moved_rows, open_deeds

FACTS = {
    "starts_on": _l("Taught from"), "days": _l("Days from first to last"), "assessment": _l("Assessment"),
    "pass_mark": _l("Pass mark, of 100"), "attendance_share": _l("Attendance needed, of 100"),
}  # fmt: skip


def _name(version: Any) -> str:
    return _("%(course)s, version %(number)s") % {"course": version.course, "number": version.number}


def _back(version: Any) -> list[tuple[str, str]]:
    return crumbs((str(version.course), reverse("training:course", args=[version.course.code])))


@opens_to(*READERS)
@require_safe
def version(request: Any, ref: str) -> HttpResponse:
    """One version of a course, and what the reader may do with it."""
    on = request.today
    one = queries.access_version(request.user, ref, on=on)
    others = [each for each in queries.versions_of(one.course, request.user, on=on) if each.pk != one.pk]
    state, tone = STATES[one.state]
    page = {
        "version": one, "name": _name(one), "state": state, "tone": tone, "others": others, "as_of": on,
        "deeds": open_deeds(one, request.user, on=on), "crumbs": _back(one), **shown(one),
    }  # fmt: skip
    return render(request, "training/course_version.html", page)


@opens_to(P.DRAFT_CURRICULA)
@require_POST
def draft(request: Any, course: str) -> HttpResponse:
    """Begins the next version as a copy of the one approved last."""
    one = queries.access_course(course)
    try:
        made = actions.draft_version(course=one, by=request.user, at=request.now)
    except Refusal as refusal:
        notices.refuse(request, refusal.message)
        return redirect("training:course", course=course)
    return redirect("training:edit_course_version", ref=made.ref)


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def edit(request: Any, ref: str) -> HttpResponse:
    """The editor of a draft: facts, units with hours, what passing gives."""
    one = queries.access_version(request.user, ref, on=request.today)
    check_is_draft(one)
    initial = {name: getattr(one, name) for name in actions.VERSION_FACTS}
    form = forms.VersionForm(request.POST or None, initial=initial)
    units = forms.unit_rows(request.POST or None, one, curricula.parts_to_carry(request.today))
    gives = forms.given_rows(request.POST or None, one)
    if request.method == "POST" and all([each.is_valid() for each in (form, units, gives)]):
        order, stands = moved_rows(request, units, "title")
        with rules_on(form):
            actions.change_version(
                version=one, **form.cleaned_data, by=request.user, at=request.now, units=[row.facts() for row in order],
                gives=[row.facts() for row in gives if row.cleaned_data.get("what")],
            )  # fmt: skip
            if "more" in request.POST or stands is not None:
                return again(request, "training:edit_course_version", ref, stands, len(order))
            notices.done(request, _("The draft is kept. Submit it when it is complete."))
            return redirect("training:course_version", ref=ref)
    page = {
        "form": form, "rows": units, "more_rows": gives,
        "tables": [(_("Units"), units, "title"), (_("What passing gives"), gives, "")], "title": _name(one),
        "focus": request.GET.get("moved", ""),
        "back": reverse("training:course_version", args=[ref]), "crumbs": _back(one),
    }  # fmt: skip
    return render(request, "training/version_edit.html", page, status=status_of(form, units, gives))


@opens_to(*READERS)
@require_safe
def compare(request: Any, ref: str) -> HttpResponse:
    """What one version says otherwise than another."""
    on = request.today
    one = queries.access_version(request.user, ref, on=on)
    versions = queries.versions_of(one.course, request.user, on=on)
    others, chosen = comparing.other_of(one, versions, request.GET.get("with", ""))
    other = queries.access_version(request.user, chosen.ref, on=on)
    before, after = sorted((one, other), key=lambda each: each.number)
    page = {
        "before": before, "after": after, "one": one, "other": other, "others": others, "name": str(one.course),
        "facts": comparing.facts(before, after, FACTS),
        "lines": comparing.lines(before.units.all(), after.units.all(), condition_words.unit),
        "gone": sorted({condition_words.given(each) for each in before.gives.all()}
                       - {condition_words.given(each) for each in after.gives.all()}),
        "come": sorted({condition_words.given(each) for each in after.gives.all()}
                       - {condition_words.given(each) for each in before.gives.all()}),
        "crumbs": [*_back(one), (_name(one), reverse("training:course_version", args=[ref]))],
    }  # fmt: skip
    return render(request, "training/version_compare.html", page)


@opens_to(P.DRAFT_CURRICULA, P.APPROVE_CURRICULA)
@require_http_methods(["GET", "POST"])
def deed(request: Any, ref: str, deed: str) -> HttpResponse:
    """Submits, approves, returns or gives up a version."""
    one = queries.access_version(request.user, ref, on=request.today)
    return decide(request, one, deed, name=_name(one), back=reverse("training:course_version", args=[ref]))
