"""Units as a file in the admin: new rows are opened, changed rows renamed, moved or corrected, each by its own action."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, widgets
from import_export.widgets import ForeignKeyWidget

from hcims.errors import RuleBroken
from hcims.reference.resources import ReferenceResource
from organisation import actions
from organisation.actions.units import FACTS
from organisation.models import County, Unit, UnitParent, Ward


class UnitResource(ReferenceResource):
    """One row a unit. `parent` is the code of its command; `changed_on` the day of a new name, type or command (empty: today)."""

    county = fields.Field("county", "county", ForeignKeyWidget(County, "code"))
    ward = fields.Field("ward", "ward", ForeignKeyWidget(Ward, "code"))
    parent = fields.Field(column_name="parent", readonly=True)
    changed_on = fields.Field(column_name="changed_on", readonly=True)

    class Meta(ReferenceResource.Meta):
        model = Unit
        fields = (
            "code", "name", "type", "line", "parent", "service", "county", "ward", "latitude", "longitude",
            "gazette_notice", "gazetted_on", "opened_on", "changed_on",
        )  # fmt: skip
        export_order = fields

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read the present commands once."""
        self.parents = self._parents()

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        """Read the present commands once."""
        self.parents = self._parents()

    def _parents(self) -> dict[int, str]:
        links = UnitParent.objects.filter(ends_on__isnull=True)
        return dict(links.values_list("unit", "parent__code"))

    def dehydrate_parent(self, unit: Unit) -> str:
        """The code of the command that a unit stands under."""
        return getattr(self, "parents", {}).get(unit.pk, "")

    def dehydrate_changed_on(self, unit: Unit) -> str:
        """Nothing has changed in an export."""
        return ""

    def skip_row(self, instance: Unit, original: Unit, row: Any, import_validation_errors: Any = None) -> bool:
        """A row is unchanged when its facts are, and its command is the same or not said."""
        wanted = str(row.get("parent") or "").strip()
        if instance.pk and wanted and wanted != self.parents.get(instance.pk, ""):
            return False
        return bool(super().skip_row(instance, original, row, import_validation_errors))

    def before_save_instance(self, instance: Unit, row: Any, **kwargs: Any) -> None:
        """Keep the two columns that are no fact of the unit itself."""
        self.wanted_parent = str(row.get("parent") or "").strip()
        self.changed_on = widgets.DateWidget().clean(row.get("changed_on")) or self._today()

    def _today(self) -> date:
        assert self.at is not None  # noqa: S101 - an import has its moment
        return timezone.localdate(self.at)

    def do_instance_save(self, instance: Unit, is_create: bool) -> None:
        """Open the unit, or change what differs."""
        paper: dict[str, Any] = {"source": self.source, "by": self.by, "at": self.at}
        parent = self._parent()
        facts = {name: getattr(instance, name) for name in FACTS}
        if is_create:
            unit = actions.open_unit(
                code=instance.code, name=instance.name, type=instance.type, parent=parent, opened_on=instance.opened_on,
                **facts, **paper,
            )  # fmt: skip
            instance.pk = unit.pk
            return
        before = Unit.objects.get(pk=instance.pk)
        if before.opened_on != instance.opened_on:
            raise RuleBroken(_("The day a unit opened is not changed by a file."))
        actions.change_unit(unit=before, **facts, **paper)
        if (before.name, before.type) != (instance.name, instance.type):
            actions.rename_unit(unit=before, name=instance.name, type=instance.type, on=self.changed_on, **paper)
        if parent is not None and parent.code != self.parents.get(instance.pk):
            actions.move_unit(unit=before, parent=parent, on=self.changed_on, **paper)

    def _parent(self) -> Unit | None:
        if not self.wanted_parent:
            return None
        parent = Unit.objects.filter(code=self.wanted_parent).first()
        if parent is None:
            raise RuleBroken(_("There is no unit with the code %(code)s.") % {"code": self.wanted_parent})
        return parent
