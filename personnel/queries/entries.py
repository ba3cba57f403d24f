"""Single entries of a record whose access has been checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from hcims.errors import NotFound
from personnel.models import (
    Commendation,
    CourseAttended,
    Dependant,
    DisciplineRecord,
    EvidenceState,
    NextOfKin,
    Officer,
    QualificationHeld,
    RankHolding,
    SkillHeld,
    Spouse,
)
from personnel.models.conduct import Voidable

FAMILY: dict[str, Any] = {"next-of-kin": NextOfKin, "spouse": Spouse, "dependant": Dependant}
ENTRIES: dict[str, Any] = {
    "qualification": QualificationHeld,
    "course": CourseAttended,
    "skill": SkillHeld,
    "commendation": Commendation,
    "case": DisciplineRecord,
}


def access_case(officer: Officer, ref: str) -> DisciplineRecord:
    """A discipline case of this officer. Errors: NotFound."""
    case = cases_of(officer).filter(ref=ref).first()
    if case is None:
        raise NotFound(ref)
    return case


def commendations_of(officer: Officer) -> QuerySet[Commendation]:
    """What the officer was commended for; entries made in error are in the changes, not here."""
    return officer.commendations.filter(voided_at__isnull=True)


def cases_of(officer: Officer) -> QuerySet[DisciplineRecord]:
    """The officer's discipline cases; entries made in error are in the changes, not here."""
    return officer.discipline.filter(voided_at__isnull=True)


def access_entry(kind: str) -> Callable[[Officer, str], Any]:
    """A finder of one entry of that kind, of an officer, that still counts. Errors of the finder: NotFound."""
    model = ENTRIES[kind]

    def find(officer: Officer, ref: str) -> Any:
        rows = model.objects.filter(officer=officer, ref=ref).select_related("officer")
        if issubclass(model, Voidable):
            entry = rows.filter(voided_at__isnull=True).first()
        else:
            entry = rows.exclude(state=EvidenceState.REFUSED).first()
        if entry is None:
            raise NotFound(ref)
        return entry

    return find


def access_family_fact(kind: str) -> Callable[[Officer, str], Any]:
    """A finder of one family fact of that kind, still in force, of an officer. Errors of the finder: NotFound."""

    def find(officer: Officer, ref: str) -> Any:
        fact = FAMILY[kind].objects.filter(officer=officer, ref=ref, ended_on__isnull=True).first()
        if fact is None:
            raise NotFound(ref)
        return fact

    return find


def access_rank(officer: Officer, ref: str = "") -> RankHolding:
    """A step of the rank history by the day it was taken on, or the one in force. Errors: NotFound."""
    steps = officer.rank_holdings.filter(voided_at__isnull=True).select_related("rank", "officer")
    for step in steps:
        if step.starts_on.isoformat() == ref if ref else step.ends_on is None:
            return step
    raise NotFound(ref or officer.service_number)
