"""How much of a cohort's meetings each trainee was at, against the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from training.models import Attendance, Cohort, TrainingRuleCode
from training.queries import rules


@dataclass(frozen=True)
class Share:
    """Meetings present, meetings whose roll names the trainee, and that as a share of 100."""

    present: int
    meetings: int

    @property
    def of_100(self) -> int | None:
        """None while no roll was taken."""
        return self.present * 100 // self.meetings if self.meetings else None


@dataclass(frozen=True)
class Needed:
    """The share that is needed to pass, and where that stands."""

    share: int
    basis: str


def shares_of(cohort: Cohort) -> dict[int, Share]:
    """By enrolment; a meeting without a roll counts for nobody. One statement."""
    rows = Attendance.objects.filter(meeting__cohort=cohort).values("enrolment")
    counted = rows.annotate(present_at=Count("pk", filter=Q(present=True)), of=Count("pk")).order_by()
    return {each["enrolment"]: Share(each["present_at"], each["of"]) for each in counted}


def needed_for(cohort: Cohort, *, on: date) -> Needed:
    """What the version asks for, or the dated rule of the service where it asks for nothing else."""
    own = cohort.version.attendance_share
    if own is not None:
        return Needed(own, _("Assessment of the course version"))
    rule = rules.rule(TrainingRuleCode.ATTENDANCE_SHARE, on)
    return Needed(rule.value, rule.legal_basis)
