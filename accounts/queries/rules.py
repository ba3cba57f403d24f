"""The dated numbers that sign-in rests on."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import SignInRule, SignInRuleCode
from hcims.errors import RuleBroken
from hcims.periods import in_force


def rule(code: SignInRuleCode, *, on: date) -> SignInRule:
    """The rule as it stands on a day. Errors: RuleBroken when nobody has entered a value for that day."""
    found = SignInRule.objects.filter(in_force(on), code=code).first()
    if found is None:
        raise RuleBroken(
            f"No value is in force for: {code.label}. Enter one in the administration.", "accounts.SignInRule"
        )
    return found


def number(code: SignInRuleCode, *, on: date) -> int:
    """The value of a rule on a day."""
    return rule(code, on=on).value


def numbers(*, on: date) -> dict[str, SignInRule]:
    """Every rule in force on a day, by its code."""
    return {each.code: each for each in SignInRule.objects.filter(in_force(on))}


def letter_days(purpose: str, *, on: date) -> timedelta:
    """For how long a letter of this purpose can be used."""
    code = SignInRuleCode.RESET_DAYS if purpose == "reset" else SignInRuleCode.ACTIVATION_DAYS
    return timedelta(days=number(code, on=on))


def password_minimum(*, on: date) -> int:
    """How many characters a password needs."""
    return number(SignInRuleCode.PASSWORD_MINIMUM, on=on)
