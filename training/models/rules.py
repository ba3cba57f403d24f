"""Numbers that training rests on, as dated data with their basis."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hcims.database_rules import NoOverlap
from hcims.dated_rules import DatedRule, one_in_force


class TrainingRuleCode(models.TextChoices):
    """What is counted or limited."""

    ANSWERS_LEAST = "answers-least", _("Answers of a cohort below which nothing of them is shown")
    ATTENDANCE_SHARE = "attendance-share", _("Attendance needed to pass, of 100, where a course says nothing else")
    GROUP_WEEKS = "group-weeks", _("Weeks of a group series, as proposed")
    GROUP_STAFF = "group-staff", _("Facilitators of a group, as proposed")
    REFRESHER_MONTHS = "refresher-months", _("Months before a certificate lapses in which it counts as due")
    REPORT_DAYS = "report-days", _("Days before the first day by which a joining letter goes out")
    ROLL_DAYS_LATE = "roll-days-late", _("Days after a meeting in which its roll may be taken or changed")
    ATTEMPTS = "attempts", _("Attempts at one course")
    REASON_DAYS = "reason-days", _("Days after which a reason for arrears is asked for again")


def codes() -> list[tuple[str, Any]]:
    """The choices of the column: asked for at run time, so that another rule needs no migration."""
    return TrainingRuleCode.choices


class TrainingRule(DatedRule):
    """The value of one rule while it is in force."""

    code = models.CharField(max_length=40, choices=codes)

    class Meta(DatedRule.Meta):
        constraints = [*DatedRule.Meta.constraints, one_in_force("training_one_rule_in_force")]

    OVERLAP_RULES = [NoOverlap("training_no_two_rule_values", ("code",))]
    DATABASE_RULES = {"training_no_two_rule_values": _("This rule already has a value in these days.")}
