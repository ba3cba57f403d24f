"""What a unit's page joins from above the organisation: who commands it, and how many officers a change touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from accounts.models import Appointment, AppointmentState
from deployment.models import Posting, PostingKind
from hcims.access.roles import ROLES
from hcims.periods import in_force
from organisation.models import Unit
from organisation.queries import below

SHOWN = 3  # names of one office on the unit's page; the others are behind their number


@dataclass(frozen=True)
class Holder:
    """One who holds an office; the name only for readers who see officers there."""

    since: date
    name: str


@dataclass(frozen=True)
class Office:
    """One office at a unit: those who have held it longest, and how many hold it in all."""

    role: str
    name: str
    holders: list[Holder]
    number: int

    @property
    def others(self) -> int:
        """How many hold it besides those named."""
        return self.number - len(self.holders)


def holders_of(unit: Unit, *, on: date, role: str = "") -> QuerySet[Appointment]:
    """Appointments in force at the unit on the day, or those to one role: commands first, then as roles are listed."""
    rows = Appointment.objects.filter(in_force(on), unit=unit, state=AppointmentState.APPROVED).exclude(role="officer")
    place = Case(*(When(role=code, then=Value(at)) for at, code in enumerate(ROLES)), default=Value(len(ROLES)))
    if role:
        rows = rows.filter(role=role)
    return rows.annotate(place=place).order_by("-by_virtue_of_post", "place", "role", "starts_on", "pk")


def offices_at(unit: Unit, *, on: date, named: bool) -> list[Office]:
    """The offices at a unit on the day with their first holders; one statement, whatever the number of holders."""
    rows = holders_of(unit, on=on).annotate(
        number=Window(Count("pk"), partition_by="role"),
        nth=Window(RowNumber(), partition_by="role", order_by=("starts_on", "pk")),
    )
    found: dict[str, Office] = {}
    for each in rows.filter(nth__lte=SHOWN).select_related("user"):
        office = found.setdefault(each.role, Office(each.role, each.role_name, [], each.number))
        office.holders.append(Holder(each.starts_on, each.user.full_name if named else ""))
    return list(found.values())


def civilians_under(unit: Unit, *, on: date) -> int:
    """Civilian members with a posting in force at the unit or below it on the day; they fill no police post.

    Theirs are the postings without a rank of the post, which an index holds; asking each officer would read all postings.
    """
    postings = Posting.objects.filter(
        in_force(on), kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, post_rank__isnull=True
    )
    return postings.filter(unit__in=below([unit.pk], on)).count()


def officers_under(unit: Unit, *, on: date) -> int:
    """Officers with a substantive posting in force at the unit or below it on the day."""
    postings = Posting.objects.filter(in_force(on), kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
    return postings.filter(unit__in=below([unit.pk], on)).count()
