"""Single entries of a record whose access has been checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hcims.errors import NotFound
from personnel.models import Dependant, DisciplineRecord, NextOfKin, Officer, RankHolding, Spouse

FAMILY: dict[str, Any] = {"next-of-kin": NextOfKin, "spouse": Spouse, "dependant": Dependant}


def access_case(officer: Officer, ref: str) -> DisciplineRecord:
    """A discipline case of this officer. Errors: NotFound."""
    case = DisciplineRecord.objects.filter(officer=officer, ref=ref).first()
    if case is None:
        raise NotFound(ref)
    return case


def access_family_fact(kind: str) -> Callable[[Officer, str], Any]:
    """A finder of one family fact of that kind, still in force, of an officer. Errors of the finder: NotFound."""

    def find(officer: Officer, ref: str) -> Any:
        fact = FAMILY[kind].objects.filter(officer=officer, ref=ref, ended_on__isnull=True).first()
        if fact is None:
            raise NotFound(ref)
        return fact

    return find


def current_rank(officer: Officer, ref: str = "") -> RankHolding:
    """The step of the rank history in force. Errors: NotFound for civilian members."""
    step = RankHolding.objects.filter(officer=officer, ends_on__isnull=True, voided_at__isnull=True).first()
    if step is None:
        raise NotFound(officer.service_number)
    return step
