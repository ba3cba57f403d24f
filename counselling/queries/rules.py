"""The dated numbers that the work of peers and counsellors rests on."""

from __future__ import annotations

from datetime import date

from counselling.models import WellbeingRule, WellbeingRuleCode
from hcims.errors import RuleBroken
from hcims.periods import in_force


def number(code: WellbeingRuleCode, *, on: date) -> int:
    """The value of a rule on a day. Errors: RuleBroken when nobody has entered a value for that day."""
    found = WellbeingRule.objects.filter(in_force(on), code=code).first()
    if found is None:
        raise RuleBroken(
            f"No value is in force for: {code.label}. Enter one in the administration.", "counselling.WellbeingRule"
        )
    return found.value
