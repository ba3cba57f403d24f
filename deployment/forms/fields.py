"""Fields that turn a service number or a unit's code into the record, within what the reader may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from deployment.queries import lookups


class OfficerField(forms.CharField):
    """A service number, as it stands on the certificate of appointment; zeros count."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Service number"), "max_length": 20, "strip": True, **kwargs})
        self.reader: Any = None
        self.on: date | None = None

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        officer = lookups.officer_within_reach(self.reader, number, on=self.on)
        if officer is None:
            raise ValidationError(_("Nobody with this number is in your area. Check the number; zeros in front count."))
        return officer


class UnitField(forms.CharField):
    """A unit's code, or its name when only one unit has it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Code or full name, for example PS-0001"))
        super().__init__(**{"label": _("Unit"), "max_length": 120, "strip": True, **kwargs})
        self.on: date | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = lookups.units_called(text, on=self.on)
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(each.code for each in found)
            raise ValidationError(_("Several units have this name; give the code: %(codes)s"), params={"codes": codes})
        raise ValidationError(_("No open unit has this code or name."))


def tell(form: forms.Form, *, reader: Any, on: date) -> None:
    """Gives the form's own fields the reader and the day."""
    for field in form.fields.values():
        if isinstance(field, OfficerField):
            field.reader = reader
        if isinstance(field, OfficerField | UnitField):
            field.on = on
