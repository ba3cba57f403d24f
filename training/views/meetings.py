"""Meetings of a cohort, and the roll of one of them on the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hcims.access.guards import opens_to_signed_in
from hcims.errors import RuleBroken
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import status_of
from training.actions import meetings as actions
from training.actions.roll import Mark, take_roll
from training.forms.meetings import CancelMeetingForm, MeetingForm, ProposeForm, RollForm
from training.meeting_days import DAILY, WEEKLY
from training.policies.roll import check_can_take, sentence
from training.queries import meetings as queries
from training.queries.roll import is_open, roll_of

USUAL_MINUTES = {WEEKLY: 120, DAILY: 360}


def _crumbs(cohort: Any, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    here = (cohort.title, reverse("training:cohort", args=[cohort.ref]))
    return [(_("Cohorts"), reverse("training:cohorts")), here, *more]


def _back(cohort: Any) -> str:
    return reverse("training:meetings", args=[cohort.ref])


@opens_to_signed_in
@require_safe
def meetings(request: Any, ref: str) -> HttpResponse:
    """The days on which a cohort meets, and how many were there."""
    found = queries.of_cohort(request.user, ref, on=request.today)
    context = {
        "cohort": found.cohort, "found": found, "crumbs": _crumbs(found.cohort), "print_title": _("Meetings"),
        "print_scope": found.cohort.title,
    }  # fmt: skip
    return render(request, "training/meetings.html", context)


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def propose(request: Any, ref: str) -> HttpResponse:
    """Enters all meetings at once, to be changed one by one afterwards."""
    found = queries.of_cohort(request.user, ref, on=request.today)
    check_can_take(request.user, found.cohort, on=request.today)
    how = WEEKLY if found.cohort.weeks else DAILY
    form = ProposeForm(request.POST or None, initial={"how": how, "minutes": USUAL_MINUTES[how]})

    def done(form: Any) -> Any:
        return actions.propose_meetings(
            found.cohort, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        )

    lead = _(
        "From the first day to the last, with the parts of the curriculum in their order. Every one can be changed."
    )
    return form_page(
        request, form, done, title=_("Propose meetings"), submit=_("Enter them"), back=_back(found.cohort),
        caption=found.cohort.title, lead=lead,
    )  # fmt: skip


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def add(request: Any, ref: str) -> HttpResponse:
    """Adds a meeting."""
    found = queries.of_cohort(request.user, ref, on=request.today)
    check_can_take(request.user, found.cohort, on=request.today)
    parts = queries.parts_of(found.cohort, on=found.cohort.first_on)
    how = WEEKLY if found.cohort.weeks else DAILY
    form = MeetingForm(request.POST or None, parts=parts, initial={"minutes": USUAL_MINUTES[how]})

    def done(form: Any) -> Any:
        return actions.add_meeting(found.cohort, **form.values, by=request.user, on=request.today, at=request.now)

    return form_page(
        request, form, done, title=_("Add a meeting"), submit=_("Add it"), back=_back(found.cohort),
        caption=found.cohort.title, lead=_("A day after the last one makes the cohort longer."),
    )  # fmt: skip


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def change(request: Any, ref: str) -> HttpResponse:
    """Changes a meeting: its day while no roll was taken."""
    found = queries.access_meeting(request.user, ref, on=request.today)
    check_can_take(request.user, found.cohort, on=request.today)
    parts = queries.parts_of(found.cohort, on=found.cohort.first_on)
    initial = {
        "day": found.on.isoformat(), "minutes": found.minutes, "title": found.title,
        "part": found.part.code if found.part else "",
    }  # fmt: skip
    form = MeetingForm(request.POST or None, parts=parts, initial=initial)

    def done(form: Any) -> Any:
        return actions.change_meeting(found, **form.values, by=request.user, on=request.today, at=request.now)

    title = _("Change meeting %(number)s") % {"number": found.number}
    return form_page(
        request, form, done, title=title, submit=_("Keep it"), back=_back(found.cohort), caption=found.cohort.title
    )


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: Any, ref: str) -> HttpResponse:
    """Cancels a meeting that is not held."""
    found = queries.access_meeting(request.user, ref, on=request.today)
    check_can_take(request.user, found.cohort, on=request.today)

    def done(form: Any) -> Any:
        return actions.cancel_meeting(
            found, reason=form.cleaned_data["reason"], by=request.user, on=request.today, at=request.now
        )

    words = {"number": found.number, "day": date_format(found.on, "j F Y")}
    return form_page(
        request, CancelMeetingForm(request.POST or None), done, submit=_("Cancel the meeting"), tone="bad",
        title=_("Cancel meeting %(number)s of %(day)s") % words, back=_back(found.cohort), caption=found.cohort.title,
    )  # fmt: skip


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def roll(request: Any, ref: str) -> HttpResponse:
    """The roll of a meeting on the desk: the same marks as on a phone, the later one standing."""
    found = queries.access_meeting(request.user, ref, on=request.today)
    check_can_take(request.user, found.cohort, on=request.today)
    book, trainees = roll_of(found)
    form = RollForm(request.POST or None, trainees=trainees, marks=book.marks)
    opens = is_open(found, on=request.today)
    if request.method == "POST" and form.is_valid():
        _take(request, found, form.changed)
        return redirect(_back(found.cohort))
    context = {
        "meeting": found, "cohort": found.cohort, "form": form, "book": book, "is_open": opens, "marks": book.marks,
        "crumbs": _crumbs(found.cohort, (_("Meetings"), _back(found.cohort))), "print_title": _("Roll"),
        "print_scope": f"{found.cohort.title}, {date_format(found.on, 'j F Y')}",
    }  # fmt: skip
    return render(request, "training/meeting_roll.html", context, status=status_of(form))


def _take(request: Any, found: Any, changed: dict[str, bool]) -> None:
    marks = [Mark(found.ref, trainee, present, request.now) for trainee, present in changed.items()]
    answers = take_roll(marks, by=request.user, at=request.now, source="page")
    refused = {each.said for each in answers} - {"kept", "same", "older"}
    if refused:
        raise RuleBroken(" ".join(sentence(each) for each in sorted(refused)))
    number = len(marks)
    notices.done(request, ngettext("%(number)s mark kept.", "%(number)s marks kept.", number) % {"number": number})
