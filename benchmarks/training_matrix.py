"""The integration matrix at 200 courses × 40 institutions: 8,000 cells of seven parts, all in force, a third of them behind.

No officers are invented: the matrix does not grow with them. Beside the page stands the one aggregate behind its cells.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks import _service
from benchmarks.measuring import Cost, Figure, best_of

DATABASES = ("postgresql", "sqlite")
SCALES = (0,)  # officers
INSTITUTIONS, COURSES = 40, 200
STATES = {"none": 1, "planned": 2, "taught": 4, "assessed": 3}
VIEWS = {
    "as it opens": "/training/muamko-mpya/",
    "only what is in arrears": "/training/muamko-mpya/?arrears=on",
    "a month ago": "/training/muamko-mpya/?on={before}",
    "one institution": "/training/muamko-mpya/TC-07/",
    "list of arrears": "/training/muamko-mpya/arrears/",
}


def run(scale: int) -> Iterator[Figure]:
    """Institutions and courses are invented first; that is not measured."""
    from hcims import clock

    _names_without_hash()
    on = clock.today()
    client = _service.browser_of(_make(on))
    bare = best_of(_service.TIMES, lambda: _cells(on))
    for name, address in VIEWS.items():
        cost, page = _service.read(client, address.format(before=on - timedelta(days=30)))
        yield Figure(f"CPU with the database's, {name}", _ms(cost), "ms", _ms(bare) if name == "as it opens" else None)
        yield Figure(f"statements, {name}", cost.statements, "statements", reach=15)
        yield Figure(f"page, {name}", len(gzip.compress(page)) / 1000, "kB gz", reach=100)
        if name == "as it opens" and (kilobytes := _service.first_visit(page)):
            yield Figure(f"first visit, {name}", kilobytes, "kB gz", reach=100)


def _ms(cost: Cost) -> float:
    return (cost.cpu + cost.database) * 1000


def _names_without_hash() -> None:
    from django.conf import settings

    stores: dict[str, Any] = settings.STORAGES
    stores["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def _cells(on: date) -> None:
    from training.models import Institution
    from training.queries import integration

    chosen = integration.curriculum(on)
    assert chosen is not None
    integration.packed(chosen, on, list(Institution.objects.values_list("pk", flat=True)))


def _make(on: date) -> Any:
    """This function will invent all of it and return the Inspector-General's user."""
    from accounts.models import Appointment, User
    from hcims import clock
    from training.models import IntegrationOrder

    at = clock.now()
    people = [
        User.objects.create(
            login=f"bench-{n}@bench.example", kind="outside", full_name=f"Bench {n}", opened_at=at, activated_at=at
        )
        for n in range(4)
    ]
    units = _units(on)
    Appointment.objects.create(
        user=people[0], role="inspector-general", unit=units[0], starts_on=date(on.year - 1, 1, 1), authority="Benchmark",
        state="approved", proposed_by=people[1], proposed_at=at, decided_by=people[2], decided_at=at,
    )  # fmt: skip
    programme, parts = _curriculum(people, on, at)
    IntegrationOrder.objects.create(
        programme=programme,
        unit=units[0],
        starts_on=date(2020, 3, 10),
        deadline=on - timedelta(days=100),
        authority="Benchmark",
    )
    _fill(units[1:], programme, parts, people, on, at)
    _settle()
    return people[0]


def _units(on: date) -> list[Any]:
    from organisation.models import Unit, UnitClosure, UnitNaming, UnitParent

    since = date(2018, 1, 1)
    wanted = [("NPS", "National Police Service", "service", "headquarters")]
    wanted += [(f"TC-{n:02}", f"Training College number {n}", "training", "training") for n in range(INSTITUTIONS)]
    units = [Unit.objects.create(code=c, name=n, type=t, line=line, opened_on=since) for c, n, t, line in wanted]
    UnitNaming.objects.bulk_create(
        UnitNaming(unit=each, name=each.name, type=each.type, starts_on=since) for each in units
    )
    UnitParent.objects.bulk_create(UnitParent(unit=each, parent=units[0], starts_on=since) for each in units[1:])
    UnitClosure.objects.bulk_create(
        [UnitClosure(ancestor=each, descendant=each, depth=0, starts_on=since) for each in units]
        + [UnitClosure(ancestor=units[0], descendant=each, depth=1, starts_on=since) for each in units[1:]]
    )
    return units


def _curriculum(people: list[Any], on: date, at: Any) -> tuple[Any, list[Any]]:
    from training.models import CurriculumVersion, Programme

    programme = Programme.objects.get(code="muamko-mpya")
    version = CurriculumVersion.objects.filter(programme=programme).order_by("number")[0]
    CurriculumVersion.objects.filter(pk=version.pk).update(
        state="approved",
        starts_on=date(2020, 3, 10),
        drafted_by=people[1],
        drafted_at=at,
        decided_by=people[2],
        decided_at=at,
    )
    return programme, list(version.parts.all())


def _fill(units: list[Any], programme: Any, parts: list[Any], people: list[Any], on: date, at: Any) -> None:
    """Every institution gives every course; every part has its cell, with what was said before; every third has a reason."""
    from training.models import ArrearsReason, Course, CourseOffered, Institution, PartTaught

    chance = random.Random(7)
    kinds = ("recruit", "corporal", "sergeant", "inspectorate", "senior", "technical", "refresher")
    Course.objects.filter(programme__isnull=True).update(in_use=True)
    known = Course.objects.filter(programme__isnull=True).count()
    Course.objects.bulk_create(
        Course(code=f"course-{n:03}", name_en=f"Course number {n}", kind=kinds[n % 7], order=500 + n)
        for n in range(COURSES - known)
    )
    courses = list(Course.objects.filter(programme__isnull=True))
    institutions = [Institution.objects.create(unit=each, kind="college", capacity=200, beds=200) for each in units]
    pairs = [{"institution": place, "course": course} for place in institutions for course in courses]
    CourseOffered.objects.bulk_create(
        [CourseOffered(**each, starts_on=date(2019, 1, 1)) for each in pairs], batch_size=5000
    )
    names, weights = list(STATES), list(STATES.values())
    rows = []
    for each in pairs:
        for part in parts:
            keys = {
                **each,
                "programme": programme,
                "part_code": part.code,
                "marked_by": people[1],
                "marked_at": at,
                "minutes": 60,
            }
            since = on - timedelta(days=chance.randint(20, 400))
            rows.append(PartTaught(**keys, state="planned", starts_on=since - timedelta(days=90), ends_on=since))
            rows.append(PartTaught(**keys, state=chance.choices(names, weights)[0], starts_on=since))
    PartTaught.objects.bulk_create(rows, batch_size=5000)
    ArrearsReason.objects.bulk_create(
        ArrearsReason(**each, programme=programme, reason="The handbooks have not reached us.", need="materials",
                      need_words="forty", expected_on=on + timedelta(days=60), given_by=people[2], given_at=at)
        for each in pairs[::3]
    )  # fmt: skip


def _settle() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
