"""Who holds the training for leaders or for peer supporters on a day, and where he or she serves.

It comes from results and certificates of training alone. Who is on counselling's register of supporters plays no part.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from deployment.models import Posting, PostingKind
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure, UnitType
from training.cover import Trained
from training.models import Certificate, Enrolment, EnrolmentState, ProgrammeKind

ROLLED_OUT = (ProgrammeKind.LEADERS, ProgrammeKind.PEERS)


def trained_on(on: date, programme: str = "") -> QuerySet[Enrolment]:
    """Passed by the day, and no certificate withdrawn or lapsed since; of one kind of programme, or of both.

    A result corrected later counts as it stands now: whoever was passed by mistake never held the training.
    """
    issued = Certificate.objects.filter(enrolment=OuterRef("pk"), issued_on__lte=on)
    standing = issued.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)).filter(
        Q(expires_on__isnull=True) | Q(expires_on__gt=on)
    )
    passed = Enrolment.objects.filter(
        state=EnrolmentState.PASSED,
        result_on__lte=on,
        cohort__version__course__programme__kind__in=ROLLED_OUT,
    )
    if programme:
        passed = passed.filter(cohort__version__course__programme__kind=programme)
    return passed.filter(~Exists(issued) | Exists(standing))


def serving_posts(on: date) -> QuerySet[Posting]:
    """Where the police officers of the service are posted on the day; the strength of the bird's-eye page."""
    held = Posting.objects.in_force(on).filter(kind=PostingKind.SUBSTANTIVE, voided_at=None, post_rank__isnull=False)
    return held.order_by()


def trained_posts(on: date, programme: str = "") -> QuerySet[Posting]:
    """The postings in force of those who hold the training: who is trained and still serving."""
    return serving_posts(on).filter(officer__in=trained_on(on, programme).values("officer"))


def trained_where(on: date, programme: str = "") -> list[Trained]:
    """The same as plain rows with their wards; two statements."""
    rows = list(trained_posts(on, programme).values_list("officer", "unit", "post_rank", "unit__ward"))
    above = ward_commands(on, [unit for _officer, unit, _rank, ward in rows if ward is None])
    return [Trained(officer, unit, rank, ward or above.get(unit)) for officer, unit, rank, ward in rows]


def ward_commands(on: date, units: list[int] | None = None) -> dict[int, int]:
    """The ward under whose command a unit stands, for units whose own place says none. One statement."""
    links = UnitClosure.objects.filter(
        in_force(on), ancestor__type=UnitType.WARD, ancestor__ward__isnull=False, descendant__ward__isnull=True
    )
    if units is not None:
        links = links.filter(descendant__in=units)
    return dict(links.values_list("descendant", "ancestor__ward"))


def wards_by_unit(on: date) -> dict[int, int]:
    """The ward in which each unit lies, or under whose command it stands; two statements."""
    placed: Any = Unit.objects.filter(ward__isnull=False).values_list("pk", "ward")
    return {**ward_commands(on), **dict(placed)}
