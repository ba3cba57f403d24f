"""What an institution has to teach with: its size, its rooms, its calendar, the courses it gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Unit
from training.models import CalendarEntry, Course, CourseOffered, Institution, TrainingRoom
from training.policies import institutions as policies

FACTS = ("kind", "capacity", "beds")
ROOM = ("name", "seats", "in_use")
DAYS = ("kind", "title", "first_on", "last_on")


def changed(thing: Any, facts: dict[str, Any], names: tuple[str, ...]) -> dict[str, list[Any]]:
    """What `facts` would change of a thing, as [was, is]; the thing has the new values afterwards."""
    found = {name: [getattr(thing, name), facts[name]] for name in names if getattr(thing, name) != facts[name]}
    for name, (_was, now) in found.items():
        setattr(thing, name, now)
    return found


@action
def describe(*, unit: Unit, paper: str, by: Any, at: datetime, **facts: Any) -> Institution:
    """This function will say what a training unit has to teach with, for the first time or anew. Shape: FACTS."""
    policies.check_can_run(by, unit, on=timezone.localdate(at))
    policies.check_paper(paper)
    found = Institution.objects.select_for_update(of=("self",)).filter(unit=unit).first()
    if found is None:
        policies.check_is_institution(unit)
        found = Institution.objects.create(unit=unit, **facts)
        differences = {name: [None, value] for name, value in facts.items()}
    else:
        differences = changed(found, facts, FACTS)
        found.save(update_fields=FACTS)
    _record(found, "facts", by=by, at=at, source=paper, changed=differences)
    return found


@action
def add_room(*, institution: Institution, name: str, seats: int, by: Any, at: datetime) -> TrainingRoom:
    """This function will put a room on the institution's list."""
    policies.check_can_run(by, institution.unit, on=timezone.localdate(at))
    room = TrainingRoom.objects.create(institution=institution, name=name, seats=seats)
    _record(institution, "room", by=by, at=at, ref=room.ref, name=name, seats=seats)
    return room


@action
def change_room(*, room: TrainingRoom, by: Any, at: datetime, **facts: Any) -> TrainingRoom:
    """This function will change a room, or take it out of use. Shape: ROOM."""
    policies.check_can_run(by, room.institution.unit, on=timezone.localdate(at))
    differences = changed(room, facts, ROOM)
    room.save(update_fields=ROOM)
    _record(room.institution, "room", by=by, at=at, ref=room.ref, changed=differences)
    return room


@action
def offer(
    *, institution: Institution, course: Course, starts_on: date, authority: str, by: Any, at: datetime
) -> CourseOffered:
    """This function will say that the institution gives a course from a day on."""
    policies.check_can_run(by, institution.unit, on=timezone.localdate(at))
    policies.check_paper(authority)
    if not course.in_use:
        raise RuleBroken(_("%(course)s is no longer given anywhere.") % {"course": course})
    offered = CourseOffered.objects.create(
        institution=institution, course=course, starts_on=starts_on, authority=authority
    )
    _record(institution, "course", by=by, at=at, source=authority, ref=offered.ref, course=course.code, on=starts_on)
    return offered


@action
def stop_offering(*, offered: CourseOffered, ends_on: date, paper: str, by: Any, at: datetime) -> CourseOffered:
    """This function will say that the institution gives a course no more, from a day on."""
    policies.check_can_run(by, offered.institution.unit, on=timezone.localdate(at))
    policies.check_paper(paper)
    offered = (
        CourseOffered.objects.select_for_update(of=("self",)).select_related("institution__unit").get(pk=offered.pk)
    )
    policies.check_in_force(offered, on=timezone.localdate(at))
    policies.check_ends_after(offered.starts_on, ends_on)
    offered.ends_on = ends_on
    offered.save(update_fields=["ends_on"])
    _record(offered.institution, "course-ended", by=by, at=at, source=paper, ref=offered.ref, on=ends_on)
    return offered


@action
def add_days(*, institution: Institution, by: Any, at: datetime, **facts: Any) -> CalendarEntry:
    """This function will put days into the institution's calendar. Shape: DAYS."""
    policies.check_can_run(by, institution.unit, on=timezone.localdate(at))
    entry = CalendarEntry.objects.create(institution=institution, **facts)
    _record(institution, "calendar", by=by, at=at, ref=entry.ref, **facts)
    return entry


@action
def change_days(*, entry: CalendarEntry, by: Any, at: datetime, **facts: Any) -> CalendarEntry:
    """This function will change days of the calendar, or take them out of it (`withdrawn_on`)."""
    policies.check_can_run(by, entry.institution.unit, on=timezone.localdate(at))
    differences = changed(entry, facts, (*DAYS, "withdrawn_on"))
    entry.save(update_fields=[*DAYS, "withdrawn_on"])
    _record(entry.institution, "calendar", by=by, at=at, ref=entry.ref, changed=differences)
    return entry


def _record(institution: Institution, what: str, *, by: Any, at: datetime, source: str = "", **details: Any) -> None:
    trail.record(
        Event.INSTITUTION_CHANGED, target=institution.unit, by=by, at=at, source=source,
        details={"what": what, **details},
    )  # fmt: skip
