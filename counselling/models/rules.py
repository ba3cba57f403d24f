"""Numbers that the work of peers and counsellors rests on, as dated data with their basis."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hcims.database_rules import NoOverlap
from hcims.dated_rules import DatedRule, one_in_force


class WellbeingRuleCode(models.TextChoices):
    """What is counted or limited."""

    CONTACT_MONTHS_LATE = "contact-months-late", _("Months after its own in which a contact is still taken")
    CONTACT_MONTHS_KEPT = "contact-months-kept", _("Months after its own in which a contact is kept")
    SMALL_CELL = "small-cell", _("Numbers of help given below this are hidden")
    HARM_CELL = "harm-cell", _("Numbers about harm to oneself or others below this are hidden")
    ROUNDING = "rounding-step", _("Shown numbers are rounded to a multiple of this")
    PIN_TRIES = "phone-pin-tries", _("Wrong PINs after which a phone forgets who it belongs to")
    IDLE_MINUTES = "case-idle-minutes", _("Minutes without a touch after which opened cases lock themselves")
    LONGEST_HOURS = "case-longest-hours", _("Hours after which opened cases lock themselves in any event")
    OPENING_HOURS = "opening-hours", _("Hours for which a case opened by custodians stays open to its reader")
    CASE_YEARS_KEPT = "case-years-kept", _("Years for which a closed case is kept")


def codes() -> list[tuple[str, Any]]:
    """The choices of the column: asked for at run time, so that another rule needs no migration."""
    return WellbeingRuleCode.choices


class WellbeingRule(DatedRule):
    """The value of one rule while it is in force."""

    code = models.CharField(max_length=40, choices=codes)

    class Meta(DatedRule.Meta):
        constraints = [*DatedRule.Meta.constraints, one_in_force("counselling_one_rule_in_force")]

    OVERLAP_RULES = [NoOverlap("counselling_no_two_rule_values", ("code",))]
    DATABASE_RULES = {"counselling_no_two_rule_values": _("This rule already has a value in these days.")}
