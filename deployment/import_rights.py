"""What every list of this module shares: who may import it for which area, and above how many changes two people must."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries.people import holders
from deployment.models import DeploymentRule, RuleCode
from hcims.access.permissions import Permission
from hcims.access.roles import roles_with
from hcims.imports.models import ImportBatch
from organisation.models import Unit, UnitType
from organisation.queries import below, units_visible_to

ROWS_KEPT_WITHOUT_RULE = 90


class ForAnArea:
    """Areas are branches of the command tree; the limit is a dated rule."""

    permission = Permission.IMPORT_ROLL
    root = "/imports/"

    def place_names(self, codes: set[str]) -> dict[str, str]:
        """The names of the units with these codes."""
        return dict(Unit.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}

    def address_of(self, key: str) -> str:
        """The file of the officer with that number."""
        return reverse("desk:officer", args=[key])

    def areas_of(self, user: Any, *, on: date, permission: Permission | None = None) -> set[str] | None:
        """Codes of the units over which the user holds the kind's permission, or another; None for the whole service."""
        asked = permission or self.permission
        if user.scope(asked, on=on).everywhere:
            return None
        return set(units_visible_to(user, on=on, permission=asked).values_list("code", flat=True))

    def second_people(self, batch: ImportBatch, *, on: date) -> list[Any]:
        """Who may be the second person of this import, whoever confirmed it first left out."""
        place = {"code": batch.area} if batch.area else {"type": UnitType.SERVICE}
        area = Unit.objects.filter(**place).first()
        found = holders(roles_with(Permission.CONFIRM_LARGE_IMPORT), on=on, at=area)
        return [each for each in found if each.pk != batch.confirmed_by_id]

    def area_choices(self, user: Any, *, on: date) -> list[tuple[str, str]]:
        """The areas whose list the user may upload: the units of the appointments."""
        scope = user.scope(self.permission, on=on)
        if scope.everywhere:
            return [("", str(_("The whole service")))]
        return list(Unit.objects.filter(pk__in=scope.trees | scope.units).order_by("name").values_list("code", "name"))

    def second_person_above(self, on: date) -> int:
        """Changes above which a second person confirms. Source: the dated rule of that name."""
        return _rule(RuleCode.IMPORT_SECOND_PERSON, on, 0)

    def rows_kept_days(self, on: date) -> int:
        """Days for which the rows of an import are kept. Source: the dated rule of that name."""
        return _rule(RuleCode.IMPORT_ROWS_KEPT, on, ROWS_KEPT_WITHOUT_RULE)


def _rule(code: RuleCode, on: date, otherwise: int) -> int:
    rule = DeploymentRule.objects.in_force(on).filter(code=code).first()
    return rule.value if rule else otherwise


def units_of(batch: ImportBatch, on: date) -> set[int] | None:
    """Keys of the units in the batch's area; None for the whole service."""
    if not batch.area:
        return None
    root = Unit.objects.get(code=batch.area).pk
    return set(below([root], on).values_list("descendant", flat=True))
