"""Mending entries that were made wrongly: changed on a paper, or marked as never true. What stood before stays in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from personnel import policies
from personnel.models import Commendation, CourseAttended, DisciplineRecord, QualificationHeld, keep

Conduct = Commendation | DisciplineRecord
Entry = Conduct | QualificationHeld | CourseAttended
CONDUCT = (Commendation, DisciplineRecord)
# What of an entry can be mended; the outcome of a case moves by its states alone.
MENDABLE: dict[type[Any], tuple[str, ...]] = {
    QualificationHeld: ("qualification", "subject", "institution", "year"),
    CourseAttended: ("title", "institution", "starts_on", "ends_on", "result"),
    Commendation: ("title", "awarded_on", "awarded_by"),
    DisciplineRecord: ("charge", "opened_on"),
}


def _check(entry: Entry, paper: str, by: Any, at: datetime) -> None:
    check = policies.check_can_edit_conduct if isinstance(entry, CONDUCT) else policies.check_can_edit
    check(by, entry.officer, paper=paper, on=timezone.localdate(at))
    if isinstance(entry, CONDUCT) and entry.voided_at is not None:
        raise RuleBroken(_("This entry is marked as an error already."), source="entered in error")


def _event(entry: Entry) -> Event:
    if isinstance(entry, DisciplineRecord):
        return Event.DISCIPLINE_RECORDED
    return Event.COMMENDATION_RECORDED if isinstance(entry, Commendation) else Event.SKILL_RECORDED


@action
def mend_entry(*, entry: Entry, facts: dict[str, Any], paper: str, by: Any, at: datetime) -> Entry:
    """This function will change what an entry says, on a paper. Errors: NotAllowed, RuleBroken (nothing changed)."""
    _check(entry, paper, by, at)
    changed = [name for name in MENDABLE[type(entry)] if name in facts and facts[name] != getattr(entry, name)]
    if not changed:
        raise RuleBroken(_("Nothing is changed: every value is as it was."), source=policies.ON_PAPER)
    for name in changed:
        setattr(entry, name, facts[name])
    if isinstance(entry, CourseAttended):
        policies.check_course_days(entry.starts_on, entry.ends_on, timezone.localdate(at))
    entry.source = paper[:200]
    keep(entry, by=by, paper=paper, at=at)
    details = {"entry": entry.ref, "changed": changed}
    trail.record(_event(entry), target=entry.officer, by=by, at=at, source=paper, details=details)
    return entry


@action
def void_conduct(*, entry: Conduct, reason: str, paper: str, by: Any, at: datetime) -> Conduct:
    """This function will mark a commendation or a case as entered in error. Errors: NotAllowed, RuleBroken."""
    _check(entry, paper, by, at)
    entry.voided_at, entry.void_reason = at, reason[:200]
    keep(entry, by=by, paper=paper, at=at)
    details = {"entry": entry.ref, "voided": True}
    trail.record(_event(entry), target=entry.officer, by=by, at=at, source=paper, reason=reason, details=details)
    return entry
