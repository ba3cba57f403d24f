"""What every list of this module shares: who may import it for which area, and above how many changes two people must."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from deployment.models import DeploymentRule, RuleCode
from hcims.access.permissions import Permission
from hcims.imports.models import ImportBatch
from organisation.models import Unit
from organisation.queries import below, units_visible_to


class ForAnArea:
    """Areas are branches of the command tree; the limit is a dated rule."""

    permission = Permission.IMPORT_ROLL
    root = "/imports/"

    def areas_of(self, user: Any, *, on: date) -> set[str] | None:
        """Codes of the units over which the user may import; None for the whole service."""
        if user.scope(self.permission, on=on).everywhere:
            return None
        return set(units_visible_to(user, on=on, permission=self.permission).values_list("code", flat=True))

    def area_choices(self, user: Any, *, on: date) -> list[tuple[str, str]]:
        """The areas whose list the user may upload: the units of the appointments."""
        scope = user.scope(self.permission, on=on)
        if scope.everywhere:
            return [("", str(_("The whole service")))]
        return list(Unit.objects.filter(pk__in=scope.trees | scope.units).order_by("name").values_list("code", "name"))

    def second_person_above(self, on: date) -> int:
        """Changes above which a second person confirms. Source: the dated rule of that name."""
        rule = DeploymentRule.objects.in_force(on).filter(code=RuleCode.IMPORT_SECOND_PERSON).first()
        return rule.value if rule else 0


def units_of(batch: ImportBatch, on: date) -> set[int] | None:
    """Keys of the units in the batch's area; None for the whole service."""
    if not batch.area:
        return None
    root = Unit.objects.get(code=batch.area).pk
    return set(below([root], on).values_list("descendant", flat=True))
