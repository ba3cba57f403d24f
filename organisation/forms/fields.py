"""A unit typed by code or name, and a ward typed by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from organisation.models import County, Unit, Ward
from organisation.queries import units_visible_to


class UnitField(forms.CharField):
    """A unit by its code, or by its name where only one is called so. Tell it the reader: `field.for_reader(…)`."""

    user: Any = None
    on: date
    permission = Permission.SEE_UNITS

    def for_reader(self, user: Any, *, on: date, permission: Permission = Permission.SEE_UNITS) -> UnitField:
        """This function will let the field find the units at which the user holds the permission today."""
        self.user, self.on, self.permission = user, on, permission
        return self

    def to_python(self, value: Any) -> Any:
        """The unit typed. Errors: ValidationError that names the units it could be."""
        if isinstance(value, Unit):
            return value
        words = str(value or "").strip()
        if not words:
            return None
        reach = units_visible_to(self.user, on=self.on, permission=self.permission)
        by_code = reach.filter(code__iexact=words).first()
        if by_code is not None:
            return by_code
        found = list(reach.open_on(self.on).filter(name__icontains=words).order_by("code")[:6])  # type: ignore[attr-defined]
        exact = [unit for unit in found if unit.name.casefold() == words.casefold()]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise ValidationError(
                _("No unit within your reach has the code or name “%(words)s”.") % {"words": words}, "unknown"
            )
        names = "; ".join(f"{unit.name} = {unit.code}" for unit in found[:5])
        more = " …" if len(found) > 5 else ""
        raise ValidationError(
            _("Several units are called so. Type the code of one: %(names)s%(more)s") % {"names": names, "more": more},
            "several",
        )

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Unit) else value


def ward_called(words: str, county: County | None) -> Ward | None:
    """The ward of that code or name in the county. Errors: ValidationError that names those it could be."""
    words = words.strip()
    if not words:
        return None
    wards = Ward.objects.filter(county=county) if county else Ward.objects.all()
    found = (
        list(wards.filter(code=words))
        or list(wards.filter(name__iexact=words))
        or list(wards.filter(name__icontains=words)[:6])
    )
    if len(found) == 1:
        return found[0]
    if not found:
        place = county or _("Kenya")
        raise ValidationError(_("No ward of %(place)s is called “%(words)s”.") % {"place": place, "words": words})
    names = "; ".join(f"{ward.name} ({ward.constituency}) = {ward.code}" for ward in found[:5])
    raise ValidationError(_("Several wards are called so. Type the code of one: %(names)s") % {"names": names})
