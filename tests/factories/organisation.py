"""Invented units in the command tree, and their establishment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisation.models import EstablishmentLine, EstablishmentVersion, Rank, Unit, UnitClosure, UnitParent
from tests.factories.accounts import LONG_AGO, UserFactory

MOMENT = datetime(2020, 1, 1, 6, 0, tzinfo=UTC)


def rank(code: str = "PC") -> Rank:
    """The rank of that code, a reference row."""
    return Rank.objects.get(code=code)


class UnitFactory(DjangoModelFactory[Unit]):
    """`UnitFactory(under=county)` stands under that command since it opened."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"U{n:05}")
    name = factory.LazyAttribute(lambda unit: f"Unit {unit.code}")
    type = "station"
    line = "territorial"
    opened_on = LONG_AGO

    @factory.post_generation
    def under(unit: Any, create: bool, parent: Unit | None, **kwargs: Any) -> None:
        period = {"starts_on": unit.opened_on, "ends_on": unit.closed_on}
        reaches = [UnitClosure(ancestor=unit, descendant=unit, depth=0, **period)]
        if parent:
            UnitParent.objects.create(unit=unit, parent=parent, **period)
            above = UnitClosure.objects.filter(descendant=parent, ends_on__isnull=True)
            reaches += [
                UnitClosure(ancestor_id=each.ancestor_id, descendant=unit, depth=each.depth + 1, **period)
                for each in above
            ]
        UnitClosure.objects.bulk_create(reaches)


class EstablishmentVersionFactory(DjangoModelFactory[EstablishmentVersion]):
    """A version in force."""

    class Meta:
        model = EstablishmentVersion

    baseline = "authorised"
    title = "Establishment"
    authority = "Test paper 1 of 2018"
    unit = factory.SubFactory(UnitFactory)
    effective_on = LONG_AGO
    state = "in-force"
    drafted_by = factory.SubFactory(UserFactory)
    drafted_at = decided_at = MOMENT
    decided_by = factory.SubFactory(UserFactory)


class EstablishmentLineFactory(DjangoModelFactory[EstablishmentLine]):
    """Authorised posts in force: `EstablishmentLineFactory(unit=…, rank=…, posts=3)`."""

    class Meta:
        model = EstablishmentLine

    unit = factory.SubFactory(UnitFactory)
    version = factory.SubFactory(EstablishmentVersionFactory, unit=factory.SelfAttribute("..unit"))
    baseline = factory.SelfAttribute("version.baseline")
    rank = factory.LazyFunction(rank)
    posts = 1
    starts_on = LONG_AGO
