"""Invented units, people and postings. Ask for what the test is about; the rest fills itself in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Appointment, User
from deployment.models import Duty, Posting
from hcims.access.roles import ROLES
from organisation.models import EstablishmentLine, EstablishmentVersion, Rank, Unit, UnitClosure, UnitParent
from personnel.models import Officer, RankHolding

LONG_AGO = date(2018, 9, 13)  # the day the territorial line became one
MOMENT = datetime(2018, 9, 13, 6, 0, tzinfo=UTC)
SURNAMES = ["Achieng", "Barasa", "Chebet", "Dahir", "Ekai", "Fondo", "Gitau", "Halake", "Iminza", "Jepkemoi"]


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


class UserFactory(DjangoModelFactory[User]):
    """An activated account; `tests.signing_in` signs it in without a password."""

    class Meta:
        model = User

    login = factory.Sequence(lambda n: f"{900000 + n}")
    kind = "officer"
    full_name = factory.Sequence(lambda n: f"Test {SURNAMES[n % len(SURNAMES)]}")
    password = "!"  # unusable
    opened_at = activated_at = MOMENT


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """An approved appointment in force: `AppointmentFactory(user=…, role="hr-officer", unit=…)`."""

    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    role = "officer"
    unit = factory.SubFactory(UnitFactory)
    by_virtue_of_post = factory.LazyAttribute(lambda each: ROLES[each.role].by_virtue_of_post)
    authority = "Test order 1 of 2018"
    state = "approved"
    starts_on = LONG_AGO
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = decided_at = MOMENT
    decided_by = factory.SubFactory(UserFactory)


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
            PostingFactory(officer=officer, unit=unit, post_rank=officer.rank, **kwargs)


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
