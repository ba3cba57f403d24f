"""Invented officers."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from organisation.models import Skill, Unit
from personnel.models import BulkDeed, CorrectionRequest, NextOfKin, Officer, RankHolding, SkillHeld
from tests.factories.organisation import MOMENT, rank

SURNAMES = ["Achieng", "Barasa", "Chebet", "Dahir", "Ekai", "Fondo", "Gitau", "Halake", "Iminza", "Jepkemoi"]


class OfficerFactory(DjangoModelFactory[Officer]):
    """A police constable with a rank holding; `OfficerFactory(posted_to=station)` is posted there too."""

    class Meta:
        model = Officer
        skip_postgeneration_save = True

    service_number = factory.Sequence(lambda n: f"{n + 1:06}")  # 000000 is nobody
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


class SkillHeldFactory(DjangoModelFactory[SkillHeld]):
    """A claim of the officer's own with its certificate, waiting to be checked."""

    class Meta:
        model = SkillHeld

    officer = factory.SubFactory(OfficerFactory)
    skill = factory.LazyFunction(lambda: Skill.objects.order_by("pk").first())
    source = "Certificate 9 of 2 March 2020"
    submitted_at = MOMENT
    evidence = factory.django.FileField(filename="evidence.pdf", data=b"%PDF-1.7 a certificate")


class CorrectionFactory(DjangoModelFactory[CorrectionRequest]):
    """A request of the officer's own, with its paper, waiting for an answer."""

    class Meta:
        model = CorrectionRequest

    officer = factory.SubFactory(OfficerFactory)
    asked_by = factory.SelfAttribute("officer.user")
    section = "names"
    what_is_wrong = "The surname is misspelt."
    should_be = "As on the identity card."
    asked_at = MOMENT
    evidence = factory.django.FileField(filename="evidence.pdf", data=b"%PDF-1.7 a paper")


class NextOfKinFactory(DjangoModelFactory[NextOfKin]):
    """A relative, invented."""

    class Meta:
        model = NextOfKin

    officer = factory.SubFactory(OfficerFactory)
    name = "Rehema Test"
    relationship = "Sister"


class BulkDeedFactory(DjangoModelFactory[BulkDeed]):
    """A change of duty that concerned nobody and can no longer be taken back; needs `by`."""

    class Meta:
        model = BulkDeed

    kind = "duty"
    what = "Change the duty: Traffic"
    paper = "Letter 7 of 2 March 2020"
    done_at = undo_until = MOMENT


def photographed(officer: Officer) -> Officer:
    """This function will give the officer a photograph: a grey square."""
    out = io.BytesIO()
    Image.new("RGB", (48, 60), "grey").save(out, "JPEG")
    officer.photo.save(f"{officer.ref}.jpg", ContentFile(out.getvalue()))
    return officer
