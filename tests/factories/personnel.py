"""Invented officers."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisation.models import Unit
from personnel.models import Officer, RankHolding
from tests.factories.organisation import rank

SURNAMES = ["Achieng", "Barasa", "Chebet", "Dahir", "Ekai", "Fondo", "Gitau", "Halake", "Iminza", "Jepkemoi"]


class OfficerFactory(DjangoModelFactory[Officer]):
    """A police constable with a rank holding; `OfficerFactory(posted_to=station)` is posted there too."""

    class Meta:
        model = Officer
        skip_postgeneration_save = True

    service_number = factory.Sequence(lambda n: f"{n:06}")
    surname = factory.Sequence(lambda n: SURNAMES[n % len(SURNAMES)])
    other_names = "Test"
    sex = factory.Sequence(lambda n: "MF"[n % 2])
    born_on = date(1985, 4, 12)
    service = "KPS"
    enlisted_on = date(2008, 3, 1)
    rank = factory.LazyFunction(rank)

    @factory.post_generation
    def posted_to(officer: Any, create: bool, unit: Unit | None, **kwargs: Any) -> None:
        RankHolding.objects.create(officer=officer, rank=officer.rank, starts_on=officer.enlisted_on)
        if unit:
            from tests.factories.deployment import PostingFactory

            PostingFactory(officer=officer, unit=unit, post_rank=officer.rank, **kwargs)
