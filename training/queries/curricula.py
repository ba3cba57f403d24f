"""Programmes, versions of their curricula, and the orders that bind institutions to teach them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit, UnitType
from organisation.queries import below
from training.models import Course, CurriculumVersion, IntegrationOrder, Part, PartSession, Programme, ProgrammeKind
from training.queries.institutions import counted, institutions
from training.queries.versions import seen_by


def programmes(user: Any, *, on: date) -> list[Programme]:
    """Every programme with the versions that the user may read, the latest first. Three statements."""
    versions = CurriculumVersion.objects.filter(seen_by(user, on=on)).prefetch_related("parts").order_by("-number")
    return list(
        Programme.objects.prefetch_related(
            Prefetch("versions", versions, to_attr="read"), Prefetch("courses", Course.objects.filter(in_use=True))
        )
    )


def access_programme(code: str) -> Programme:
    """The programme of that code. Errors: NotFound."""
    found = Programme.objects.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def access_version(user: Any, ref: str, *, on: date) -> CurriculumVersion:
    """The version of that reference with its parts and sessions, if the user may read it. Errors: NotFound."""
    parts = Part.objects.prefetch_related(Prefetch("sessions", PartSession.objects.order_by("order", "pk")))
    rows = CurriculumVersion.objects.filter(seen_by(user, on=on)).select_related(
        "programme", "drafted_by", "decided_by"
    )
    found = rows.prefetch_related(Prefetch("parts", parts)).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def versions_of(programme: Programme, user: Any, *, on: date) -> list[CurriculumVersion]:
    """The versions that the user may read, the latest first."""
    return list(programme.versions.filter(seen_by(user, on=on)).prefetch_related("parts__sessions"))


def parts_to_carry(on: date) -> list[tuple[Programme, list[Part]]]:
    """The parts that a unit of a course may carry: of each integrated programme, those of the version in force or drafted."""
    found = []
    for programme in Programme.objects.filter(kind=ProgrammeKind.INTEGRATED).prefetch_related("versions__parts"):
        rows = list(programme.versions.all())
        now = next((each for each in rows if each.state == "approved" and each.is_in_force(on)), None)
        best = now or next(iter(rows), None)
        if best is not None:
            found.append((programme, list(best.parts.all())))
    return found


def orders(*, on: date, ended: bool = False) -> QuerySet[IntegrationOrder]:
    """The orders in force or to come; with `ended`, the past ones instead."""
    rows = IntegrationOrder.objects.select_related("programme", "unit", "entered_by")
    return rows.filter(ends_on__lte=on) if ended else rows.exclude(ends_on__lte=on)


def access_order(ref: str) -> IntegrationOrder:
    """The order of that reference. Errors: NotFound."""
    found = IntegrationOrder.objects.select_related("programme", "unit", "entered_by").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def bound_by(order: IntegrationOrder, *, on: date) -> QuerySet[Any]:
    """The institutions that an order binds, with how many courses each gives on the day."""
    return counted(institutions(on=on).filter(pk__in=below([order.unit_id], on)), on=on).order_by("name")


def may_bind() -> QuerySet[Unit]:
    """Units to which an order may be given: commands above institutions, and institutions."""
    kinds = [UnitType.SERVICE, UnitType.HEADQUARTERS, UnitType.FORMATION, UnitType.TRAINING]
    return Unit.objects.filter(type__in=kinds, closed_on=None).order_by("type", "name")


def order_in_force(programme: Programme, *, on: date) -> QuerySet[IntegrationOrder]:
    """The orders for a programme that hold on the day."""
    return IntegrationOrder.objects.filter(in_force(on), programme=programme).select_related("unit")
