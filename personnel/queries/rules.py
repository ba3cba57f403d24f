"""Retirement, from the dated rules."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from personnel import retirement
from personnel.models import Member, Officer, RetirementRule


def retirement_rules() -> list[retirement.Rule]:
    """Every retirement rule, as the pure functions take them. One query: read once a page."""
    return [
        retirement.Rule(
            each.member, each.rank_id, each.age, each.starts_on, each.ends_on, each.legal_basis, each.is_confirmed
        )
        for each in RetirementRule.objects.all()
    ]


def retirement_of(officer: Officer, rules: list[retirement.Rule]) -> retirement.Retirement | None:
    """When the officer retires, and by which rule."""
    return retirement.retires(officer.born_on, officer.member, officer.rank_id, rules)


def retiring_until(until: date, rules: list[retirement.Rule]) -> Q:
    """A filter on Officer for those who retire on or before `until` by the rules."""
    found = Q(pk__in=[])
    for member in Member.values:
        own_ranks = {rule.rank for rule in rules if rule.member == member and rule.rank is not None}
        for rank in own_ranks:
            found |= _born_by(until, member, rank, rules, Q(rank=rank))
        found |= _born_by(
            until, member, None, rules, ~Q(rank__in=own_ranks) | Q(rank__isnull=True) if own_ranks else Q()
        )
    return found


def _born_by(until: date, member: str, rank: int | None, rules: list[retirement.Rule], who: Q) -> Q:
    born = retirement.born_by(until, member, rank, rules)
    return who & Q(member=member, born_on__lte=born) if born else Q(pk__in=[])
