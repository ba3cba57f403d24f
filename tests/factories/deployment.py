"""Invented postings."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from deployment.models import Duty, Posting
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory


class PostingFactory(DjangoModelFactory[Posting]):
    """A substantive posting in force; the officer's record points at its unit."""

    class Meta:
        model = Posting
        skip_postgeneration_save = True

    officer = factory.SubFactory(OfficerFactory)
    unit = factory.SubFactory(UnitFactory)
    duty = factory.LazyFunction(lambda: Duty.objects.order_by("order").first())
    post_rank = factory.SelfAttribute("officer.rank")
    starts_on = LONG_AGO

    @factory.post_generation
    def _pointer(posting: Any, create: bool, value: None, **kwargs: Any) -> None:
        if posting.kind == "substantive" and posting.ends_on is None:
            posting.officer.unit = posting.unit
            Officer.objects.filter(pk=posting.officer_id).update(unit=posting.unit)
