"""The dated rules of training as they stand on a day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from hcims.errors import RuleBroken
from training.models import TrainingRule, TrainingRuleCode


def rule(code: TrainingRuleCode, on: date) -> TrainingRule:
    """The rule in force on the day, with its legal basis. Errors: RuleBroken when none is."""
    found = TrainingRule.objects.in_force(on).filter(code=code).first()
    if found is None:
        raise RuleBroken(
            _("No value is in force for “%(rule)s”. Enter one under Reference data, Training rules.")
            % {"rule": code.label}
        )
    return found


def value(code: TrainingRuleCode, on: date) -> int:
    """The number of a rule on the day. Errors: RuleBroken when none is in force."""
    return rule(code, on).value


def values(on: date) -> dict[str, TrainingRule]:
    """Every rule in force on the day, by its code. One query."""
    return {each.code: each for each in TrainingRule.objects.in_force(on)}
