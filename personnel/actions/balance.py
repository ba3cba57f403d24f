"""Making Parliament's balance report of a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, RuleBroken
from personnel.models import BalanceReport
from personnel.queries.balance import counted_tables, report_days


@action
def make_balance_report(*, on: date, threshold: int, by: Any, at: datetime) -> BalanceReport:
    """This function will count the members of the service on a report's day and keep the tables, small counts hidden.

    Errors: NotAllowed; RuleBroken for a day that has no report, or whose report is made already.
    """
    today = timezone.localdate(at)
    if not by.can(Permission.SEE_BALANCE, on=today):
        raise NotAllowed(_("Your appointment does not open the balance report."), source="see-balance")
    if on not in report_days(today):
        raise RuleBroken(_("There is no report for this day."), source="NPS Act, s.5")
    if BalanceReport.objects.filter(on=on).exists():
        raise RuleBroken(_("The report of this day is made already."), source="Data Protection Act 2019, s.25")
    tables = counted_tables(on, threshold=threshold)
    report = BalanceReport.objects.create(on=on, threshold=threshold, tables=tables, made_by=by, made_at=at)
    trail.record(Event.BALANCE_REPORT_MADE, target=report, by=by, at=at, details={"on": on, "threshold": threshold})
    return report
