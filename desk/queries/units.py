"""What a unit's page joins from above the organisation: who commands it, and how many officers a change touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Appointment, AppointmentState
from deployment.models import Posting, PostingKind
from hcims.access.roles import ROLES
from hcims.periods import in_force
from organisation.models import Unit
from organisation.queries import below


@dataclass(frozen=True)
class Holder:
    """One office at a unit and who holds it; the name only for readers who see officers there."""

    role: str
    since: date
    name: str
    by_virtue_of_post: bool


def offices_at(unit: Unit, *, on: date, named: bool) -> list[Holder]:
    """The appointments in force at the unit on the day, commands first; `named` for readers who see officers there."""
    rows = Appointment.objects.filter(in_force(on), unit=unit, state=AppointmentState.APPROVED).exclude(role="officer")
    order = list(ROLES)
    holders = [
        Holder(each.role_name, each.starts_on, each.user.full_name if named else "", each.by_virtue_of_post)
        for each in sorted(
            rows.select_related("user"), key=lambda each: order.index(each.role) if each.role in order else len(order)
        )
    ]
    return sorted(holders, key=lambda holder: not holder.by_virtue_of_post)


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
