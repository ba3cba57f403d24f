"""The log of cases for the wellbeing lead: who read, opened or was granted which case. References of cases, no clients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from counselling.models import CaseEvent, CounsellingOffice
from hcims.access.permissions import Permission

PEOPLE_LIMIT = 200


@dataclass(frozen=True)
class Search:
    """What the lead asks for; everything empty means the whole log."""

    event: str = ""
    case: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """One line with the names of those who work here."""

    event: CaseEvent
    by: str
    to: str
    office: str


def visible_to(user: Any, *, on: date) -> QuerySet[CaseEvent]:
    """The log, for the lead of the whole service; it has no units, so a part of it cannot be given."""
    if user.scope(Permission.LEAD_WELLBEING, on=on).everywhere:
        return CaseEvent.objects.all()
    return CaseEvent.objects.none()


def found_by(events: QuerySet[CaseEvent], search: Search) -> QuerySet[CaseEvent]:
    """The lines that a search asks for, the newest first."""
    if search.event:
        events = events.filter(event=search.event)
    if search.case:
        events = events.filter(case_ref=search.case.strip().lower())
    if search.person:
        people = User.objects.filter(full_name__icontains=search.person.strip())
        events = events.filter(by_ref__in=list(people.values_list("ref", flat=True)[:PEOPLE_LIMIT]))
    if search.first:
        events = events.filter(at__gte=_midnight(search.first))
    if search.last:
        events = events.filter(at__lt=_midnight(search.last + timedelta(days=1)))
    return events.order_by("-sequence")


def lines(events: Iterable[CaseEvent]) -> list[Line]:
    """The lines with names of people and offices, in two statements."""
    rows = list(events)
    names = names_of(ref for each in rows for ref in (each.by_ref, each.to_ref))
    refs = {each.office_ref for each in rows if each.office_ref}
    offices = dict(CounsellingOffice.objects.filter(ref__in=refs).values_list("ref", "name"))
    return [
        Line(each, names.get(each.by_ref, ""), names.get(each.to_ref, ""), offices.get(each.office_ref, ""))
        for each in rows
    ]


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Names of people who work here, by reference."""
    return dict(User.objects.filter(ref__in={ref for ref in refs if ref}).values_list("ref", "full_name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
