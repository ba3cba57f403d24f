"""Institutions and those who teach there, for the walk of the URL map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO
from tests.factories.training import course, institution, offered
from tests.world import World
from training.models import CalendarEntry, Instructor, InstructorCertificate, Programme, TrainingRoom


def _of(make: Callable[[Unit, Officer], str]) -> dict[str, Any]:
    """Something of an institution at the world's station, and the same in the other county."""
    return {
        "here": lambda world: make(world.station, world.officer),
        "elsewhere": lambda world: make(world.other_station, world.other_officer),
    }


def _room(unit: Unit, _officer: Officer) -> str:
    return TrainingRoom.objects.create(institution=institution(unit), name="Room 1", seats=30).ref


def _days(unit: Unit, _officer: Officer) -> str:
    facts = {"kind": "term", "title": "Term 1", "first_on": date(2026, 1, 5), "last_on": date(2026, 4, 3)}
    return CalendarEntry.objects.create(institution=institution(unit), **facts).ref


def _instructor(unit: Unit, officer: Officer) -> Instructor:
    return Instructor.objects.get_or_create(institution=institution(unit), officer=officer, starts_on=LONG_AGO)[0]


def _certificate(unit: Unit, officer: Officer) -> str:
    one = {"programme": Programme.objects.get(code="muamko-mpya"), "number": "1", "issued_on": LONG_AGO}
    return InstructorCertificate.objects.create(instructor=_instructor(unit, officer), **one).ref


def _place(world: World) -> str:
    """The station, described as an institution."""
    return institution(world.station).unit.code


EXAMPLES: dict[str, dict[str, Any]] = {
    "institution code": {"here": _place},
    **{f"{route} code": _of(lambda unit, _: institution(unit).unit.code)
       for route in ("change_institution", "add_to_institution")},
    "add_to_institution what": {"here": lambda world: "room", "absent": "nothing"},
    "change_room ref": _of(_room),
    "end_offer ref": _of(lambda unit, _: offered(institution(unit), course()).ref),
    "change_days ref": _of(_days),
    **{f"{route} ref": _of(lambda unit, officer: _instructor(unit, officer).ref)
       for route in ("instructor", "certify_instructor", "end_instructor")},
    "withdraw_certificate_to_teach ref": _of(_certificate),
}  # fmt: skip
