"""The dated rules of transfers as they stand on a day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from hcims.errors import RuleBroken
from transfers.models import RuleCode, SchoolTerm, TransferRule


def rule(code: RuleCode, on: date) -> TransferRule:
    """The rule in force on the day, with its legal basis. Errors: RuleBroken when none is."""
    found = TransferRule.objects.in_force(on).filter(code=code).first()
    if found is None:
        raise RuleBroken(
            _("No value is in force for “%(rule)s”. Enter one under Reference data, Transfer rules.")
            % {"rule": code.label}
        )
    return found


def value(code: RuleCode, on: date) -> int:
    """The number of a rule on the day. Errors: RuleBroken when none is in force."""
    return rule(code, on).value


def values(on: date) -> dict[str, TransferRule]:
    """Every rule in force on the day, by its code. One query."""
    return {each.code: each for each in TransferRule.objects.in_force(on)}


def term_on(on: date) -> SchoolTerm | None:
    """The school term that the day lies in; None in the holidays."""
    return SchoolTerm.objects.in_force(on).first()
