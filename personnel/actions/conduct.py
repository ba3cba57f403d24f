"""Commendations and discipline."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from personnel import policies
from personnel.models import Commendation, DisciplineRecord, DisciplineState, Officer, keep


@action
def record_commendation(
    *, officer: Officer, title: str, awarded_on: date, awarded_by: str, paper: str, by: Any, at: datetime
) -> Commendation:
    """This function will enter a commendation. Errors: NotAllowed, RuleBroken."""
    policies.check_can_edit_conduct(by, officer, paper=paper, on=timezone.localdate(at))
    award = Commendation(officer=officer, title=title, awarded_on=awarded_on, awarded_by=awarded_by, source=paper[:200])
    keep(award, by=by, paper=paper, at=at)
    trail.record(Event.COMMENDATION_RECORDED, target=officer, by=by, at=at, source=paper, details={"entry": award.ref})
    return award


@action
def open_discipline(
    *, officer: Officer, charge: str, opened_on: date, paper: str, by: Any, at: datetime
) -> DisciplineRecord:
    """This function will enter a discipline case as opened. Errors: NotAllowed, RuleBroken."""
    on = timezone.localdate(at)
    policies.check_can_edit_conduct(by, officer, paper=paper, on=on)
    if opened_on > on:
        raise RuleBroken(_("The case is dated in the future."), source="order of days")
    case = DisciplineRecord(officer=officer, charge=charge, opened_on=opened_on, source=paper[:200], entered_by=by)
    keep(case, by=by, paper=paper, at=at)
    trail.record(Event.DISCIPLINE_RECORDED, target=officer, by=by, at=at, source=paper, details={"case": case.ref})
    return case


@action
def close_discipline(
    *, case: DisciplineRecord, outcome: str, closed_on: date, punishment: str = "", spent_on: date | None = None,
    paper: str, by: Any, at: datetime,
) -> DisciplineRecord:  # fmt: skip
    """This function will enter how a case ended, or that an appeal set it aside. Errors: NotAllowed, RuleBroken."""
    policies.check_can_edit_conduct(by, case.officer, paper=paper, on=timezone.localdate(at))
    if closed_on < case.opened_on:
        raise RuleBroken(_("The case would close before it was opened."), source="order of days")
    if outcome == DisciplineState.PROVED and not punishment.strip():
        raise RuleBroken(
            _("A case that was proved has a punishment, if only a warning."), source="Discipline Regulations 2015"
        )
    fields: dict[str, Any] = {"closed_on": closed_on}
    if outcome == DisciplineState.PROVED:
        fields |= {"punishment": punishment[:200], "spent_on": spent_on}
    workflow.move(case, outcome, by=by, at=at, note=paper, **fields)
    details = {"case": case.ref, "outcome": outcome}
    trail.record(Event.DISCIPLINE_RECORDED, target=case.officer, by=by, at=at, source=paper, details=details)
    return case
