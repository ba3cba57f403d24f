"""Institutions: the list, one with all it has, and the small forms that keep it true."""

from __future__ import annotations

from collections.abc import Callable
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
from hcims.ui.parts import badges_of
from hcims.ui.tables import listed
from training.actions import institutions as actions
from training.actions import instructors as instructor_actions
from training.calendar_drawing import Span, drawing
from training.forms import institutions as forms
from training.queries import institutions as queries
from training.queries import instructors as people
from training.tables.institutions import InstitutionTable, InstructorTable

READERS = opens_to(*queries.READERS)


@READERS
@require_safe
def institutions(request: Any) -> HttpResponse:
    """Every institution with what it has."""
    on = request.today
    form = forms.InstitutionFilters(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.filtered(queries.counted(queries.institutions(on=on), on=on), asked, on=on).order_by("name")
    if request.GET.get("format"):
        columns = [
            _("Code"), _("Institution"), _("Kind"), _("County"), _("Trainees at one time"), _("Beds"), _("Courses"),
            _("Rooms"), _("Instructors"), _("Lapsed certificates"), _("Trainees now"), _("Next intake"),
        ]  # fmt: skip
        return export_response(
            request, "training-institutions", columns, queries.file_rows(found), format=request.GET["format"],
            by=request.user, at=request.now, permission=None, scope="; ".join(each.text for each in badges_of(form, request.GET)),
        )  # fmt: skip
    reached = queries.people_reached(request.user, queries.institutions(on=on), on=on)
    page = {"table": listed(request, InstitutionTable(found, reached=reached)), "form": form, "as_of": on}
    return render(request, "training/institutions.html", page)


@READERS
@require_safe
def institution(request: Any, code: str) -> HttpResponse:
    """One institution: what it gives, where, by whom, and its year drawn."""
    on, user = request.today, request.user
    unit = queries.access_unit(user, code, on=on)
    has = queries.described(unit)
    page = {
        "unit": unit, "has": has, "as_of": on, "may_run": user.can(P.RUN_TRAINING, at=unit, on=on),
        "crumbs": [(_("Training"), reverse("training:home")), (_("Institutions"), reverse("training:institutions"))],
    }  # fmt: skip
    if has:
        page |= {"offers": list(queries.offers_of(has, on=on)), "rooms": list(has.rooms.all())}
        page |= _year(request, unit, has)
        if user.can(P.SEE_TRAINING, at=unit, on=on):
            page |= _instructors(request, code)
    return render(request, "training/institution.html", page)


def _year(request: Any, unit: Any, has: Any) -> dict[str, Any]:
    """The calendar of the year asked for, with the cohorts that stand in it."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else request.today.year
    days, cohorts = list(queries.calendar_of(has, year)), list(queries.cohorts_at(unit, year))
    terms = [Span(each.title, each.first_on, each.last_on, each.kind) for each in days]
    taught = [
        Span(f"{each.version.course}: {each.title}", each.first_on, each.last_on, "cohort") for each in cohorts
    ]  # fmt: skip
    return {
        "year": year, "days": days, "cohorts": cohorts,
        "drawn": drawing(year, [each for each in terms if each.kind in ("term", "break")],
                         [each for each in terms if each.kind not in ("term", "break")], taught, today=request.today),
        "trainees": sum(each.trainees for each in cohorts if each.state == "running"),
        "seats_open": sum(each.seats for each in cohorts if each.state == "open"),
    }  # fmt: skip


def _instructors(request: Any, code: str) -> dict[str, Any]:
    on, due = request.today, people.due_until(request.today)
    rows = list(
        people.instructors_visible_to(request.user, on=on).filter(institution__unit__code=code).order_by("next_end")
    )
    open_files = people.files_open_to(request.user, [each.officer_id for each in rows], on=on)
    lapsed = sum(1 for each in rows if any(one.expires_on and one.expires_on <= on for one in each.counting))
    lapsing = sum(1 for each in rows if any(one.expires_on and on < one.expires_on <= due for one in each.counting))
    table = InstructorTable(rows, on=on, due_until=due, open_files=open_files, is_of_one=True, orderable=False)
    return {"instructors": rows, "table": table, "lapsed": lapsed, "lapsing": lapsing, "sees_people": True}


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def change(request: Any, code: str) -> HttpResponse:
    """What the institution has to teach with: kind, size, beds."""
    unit = queries.access_unit_run(request.user, code, on=request.today)
    has = queries.described(unit)
    initial = {name: getattr(has, name) for name in actions.FACTS} if has else {}
    form = forms.InstitutionForm(request.POST or None, initial=initial)
    return _form(
        request, unit, form,
        lambda sent: actions.describe(unit=unit, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("Size of the institution"), said=_("The institution's facts are kept."),
    )  # fmt: skip


def _form(
    request: Any, unit: Any, form: Any, done: Callable[[Any], Any], *, title: str, said: str, **more: Any
) -> HttpResponse:
    return form_page(
        request, form, done, title=title, caption=unit.name, said=said,
        back=reverse("training:institution", args=[unit.code]), **{"submit": _("Keep it"), **more},
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def add(request: Any, code: str, what: str) -> HttpResponse:
    """Puts a room, a course, days of the calendar or an instructor on the institution's list."""
    unit = queries.access_unit_run(request.user, code, on=request.today)
    has = queries.described(unit)
    if has is None or what not in ADDED:
        raise NotFound(f"{code}/{what}")
    return ADDED[what](request, unit, has)


def _add_room(request: Any, unit: Any, has: Any) -> HttpResponse:
    form = forms.RoomForm(request.POST or None)
    return _form(
        request, unit, form,
        lambda sent: actions.add_room(institution=has, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("A room to teach in"), said=_("The room is on the list."),
    )  # fmt: skip


def _add_course(request: Any, unit: Any, has: Any) -> HttpResponse:
    courses = queries.courses_not_given(has, on=request.today)
    form = forms.OfferForm(request.POST or None, courses=courses)
    return _form(
        request, unit, form,
        lambda sent: actions.offer(institution=has, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("A course given here"), said=_("The course stands among those given here."),
        lead=_("From that day it is a row of the matrix: what Muamko Mpya asks of every course, it asks of this one here."),
    )  # fmt: skip


def _add_days(request: Any, unit: Any, has: Any) -> HttpResponse:
    form = forms.DaysForm(request.POST or None)
    return _form(
        request, unit, form,
        lambda sent: actions.add_days(institution=has, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("Days of the calendar"), said=_("The days stand in the calendar."),
        lead=_("Terms, breaks, examinations, passing out. Cohorts stand in the calendar by themselves."),
    )  # fmt: skip


def _add_instructor(request: Any, unit: Any, has: Any) -> HttpResponse:
    form = forms.InstructorForm(request.POST or None)
    return _form(
        request, unit, form,
        lambda sent: instructor_actions.appoint_instructor(
            institution=has, **sent.cleaned_data, by=request.user, at=request.now
        ),
        title=_("An instructor"), said=_("The instructor is on the list."),
        lead=_("An officer posted here. Skills come from his or her record; certificates are entered afterwards."),
        follow=lambda made: reverse("training:instructor", args=[made.ref]),
    )  # fmt: skip


ADDED = {"room": _add_room, "course": _add_course, "days": _add_days, "instructor": _add_instructor}


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def change_room(request: Any, ref: str) -> HttpResponse:
    """Changes a room, or takes it out of use."""
    room = queries.access_room(request.user, ref, on=request.today)
    initial = {name: getattr(room, name) for name in actions.ROOM}
    return _form(
        request, room.institution.unit, forms.ChangeRoomForm(request.POST or None, initial=initial),
        lambda sent: actions.change_room(room=room, **sent.cleaned_data, by=request.user, at=request.now),
        title=room.name, said=_("The room was changed."),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def end_course(request: Any, ref: str) -> HttpResponse:
    """The institution gives a course no more."""
    offered = queries.access_offer(request.user, ref, on=request.today)
    return _form(
        request, offered.institution.unit, forms.EndForm(request.POST or None),
        lambda sent: actions.stop_offering(offered=offered, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("%(course)s is given no more") % {"course": offered.course}, said=_("The course ends here on that day."),
        submit=_("End it"), tone="bad", lead=_("Cohorts that are planned or running stay as they are."),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def change_days(request: Any, ref: str) -> HttpResponse:
    """Changes days of the calendar, or takes them out of it."""
    entry = queries.access_days(request.user, ref, on=request.today)
    initial = {name: getattr(entry, name) for name in actions.DAYS}
    form = forms.ChangeDaysForm(request.POST or None, initial=initial)

    def keep(sent: Any) -> None:
        facts = dict(sent.cleaned_data)
        gone = request.today if facts.pop("is_withdrawn") else None
        actions.change_days(entry=entry, **facts, withdrawn_on=gone, by=request.user, at=request.now)

    return _form(request, entry.institution.unit, form, keep, title=entry.title, said=_("The calendar was changed."))
