"""The area a reader looks at: which unit, which of what stands below it may be seen, and what the counts are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from deployment.models import DeploymentRule, RuleCode
from deployment.perspective import NOWHERE, Perspective
from deployment.queries.catalogue import Catalogue
from deployment.strength import Question
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit
from organisation.queries import access_unit, highest_unit_of, open_to_reader, units_visible_to
from organisation.queries.unit_page import line_of_command
from personnel.validity import months_after


@dataclass(frozen=True)
class Area:
    """A unit on a day, for one reader."""

    unit: Unit
    name: str
    above: list[tuple[str, str]]  # codes and names of the commands above that the reader may open, the highest first
    existed: bool  # on the day of the page
    within: tuple[int, ...]  # the reader's own commands; empty for one who sees the whole service
    own_unit_only: bool  # the reader's right stops at the unit

    @property
    def is_whole_service(self) -> bool:
        return self.unit.type == "service"


def access_area(user: Any, code: str | None, *, on: date, today: date, permission: Permission) -> Area:
    """The area under the unit of that code, or under the reader's highest command. Errors: NotFound.

    Rights are those of today, whatever day the page speaks of.
    """
    if code is None:
        unit = highest_unit_of(user, on=today, permission=permission)
        if unit is None:
            raise NotFound("overview")
    else:
        unit = access_unit(user, code, permission, on=today)
    scope = user.scope(permission, on=today)
    path = line_of_command(unit, on=on)
    above = [each for each in path if each[0] != unit.code]
    return Area(
        unit=unit,
        name=path[-1][1] if path else unit.name,
        above=open_to_reader(user, above, on=today, permission=permission),
        existed=bool(path),
        within=() if scope.everywhere else tuple(sorted(scope.trees)),
        own_unit_only=not scope.everywhere and not scope.trees,
    )


def code_called(user: Any, text: str, *, on: date, permission: Permission) -> str | None:
    """The code of the one unit within the reader's area that has this code or whole name; what was typed where there is
    none, so that a unit elsewhere and none at all are told alike. None for nothing typed."""
    if not text:
        return None
    within = units_visible_to(user, on=on, permission=permission)
    found = within.filter(Q(code__iexact=text) | Q(name__iexact=text, closed_on__isnull=True))
    codes = list(found.values_list("code", flat=True)[:2])
    coded = [each for each in codes if each.casefold() == text.casefold()]
    return coded[0] if coded else codes[0] if len(codes) == 1 else text


@dataclass(frozen=True)
class Rules:
    """The values of the deployment rules in force on a day, by code, with the rows behind them."""

    rows: dict[str, DeploymentRule]

    def value(self, code: RuleCode, otherwise: int = 0) -> int:
        return self.rows[code].value if code in self.rows else otherwise

    def days_back(self, code: RuleCode, on: date) -> date:
        """The day so many months before; the first of all days where no rule is in force, so that nothing lies before it."""
        return months_after(on, -self.rows[code].value) if code in self.rows else date.min


def rules_on(on: date) -> Rules:
    """The rules in force on the day. One query."""
    return Rules({each.code: each for each in DeploymentRule.objects.in_force(on)})


def question_of(area: Area, look: Perspective, catalogue: Catalogue, rules: Rules) -> Question:
    """What the statements are asked: the codes of a perspective as keys, the rules as days."""
    skill, county = catalogue.skill_by(look.skill), catalogue.county_by(look.place)
    usual = rules.days_back(RuleCode.TENURE_MAXIMUM, look.on)
    operations = rules.days_back(RuleCode.TENURE_MAXIMUM_OPERATION, look.on)
    return Question(
        unit=area.unit.pk,
        on=look.on,
        baseline=look.baseline,
        ranks=catalogue.ranks_of(look.rank),
        skill=0 if look.skill == NOWHERE else skill.pk if skill else None,
        county=0 if look.place == NOWHERE else county.pk if county else None,
        alone=look.alone or area.own_unit_only,
        whole_service=area.is_whole_service and not area.within,
        within=area.within,
        today=look.today,
        service=look.service,
        sex=look.sex,
        tenure=look.tenure,
        overdue_before=usual,
        overdue_before_in_operations=max(usual, operations),
        non_core=catalogue.non_core,
    )
