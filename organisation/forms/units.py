"""Forms that open and change units. Each change has its day and the paper it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.access.permissions import Permission
from hcims.ui.forms import DayField, Form
from organisation.forms.fields import UnitField, ward_called
from organisation.models import ClassScheme, Line, Service, Unit, UnitClass, UnitType
from organisation.queries.units import counties, unit_classes

OPENABLE = [choice for choice in UnitType.choices if choice[0] != UnitType.SERVICE]


class OnPaper(Form):
    """What every change of a unit needs: from which day, and on what paper."""

    on = DayField(label=_("From which day?"), help_text=_("The day the change takes effect, for example 1 7 2026."))
    source = forms.CharField(
        label=_("On which paper does it rest?"),
        max_length=200,
        help_text=_("Signal, gazette notice or letter, with number and date."),
    )
    field_order: Any = None

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in ("on", "source")), "on", "source"])
        for each in self.fields.values():
            if isinstance(each, UnitField):
                each.for_reader(user, on=today, permission=Permission.EDIT_UNITS)

    def facts(self) -> dict[str, Any]:
        """What the action is told."""
        return dict(self.cleaned_data)


class MoveForm(OnPaper):
    parent = UnitField(label=_("Under which command?"), help_text=_("Its code, or its name."))


class RenameForm(OnPaper):
    name = forms.CharField(label=_("Name"), max_length=120)
    type = forms.ChoiceField(
        label=_("Type"), choices=OPENABLE, help_text=_("A post that was made a station changes its type here.")
    )


class ClassForm(OnPaper):
    """A class of one of the schemes, or none any more."""

    choice = forms.ChoiceField(label=_("Class"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes: dict[str, UnitClass] = {each.code: each for each in unit_classes()}
        choices = [(each.code, f"{ClassScheme(each.scheme).label}: {each}") for each in self.classes.values()]
        none = [(f"none-{scheme}", _("%(scheme)s: none any more") % {"scheme": label})
                for scheme, label in ClassScheme.choices]  # fmt: skip
        self.fields["choice"].choices = [*choices, *none]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        choice = given.pop("choice")
        unit_class = self.classes.get(choice)
        scheme = unit_class.scheme if unit_class else choice.removeprefix("none-")
        return given | {"scheme": scheme, "unit_class": unit_class}


class CloseForm(OnPaper):
    """The day and the paper are all there is to say."""


class ReopenForm(OnPaper):
    on = None  # type: ignore[assignment]  # a closing is taken back as if it had never been


class FactsForm(OnPaper):
    """What a unit is besides name, type, command and class."""

    on = None  # type: ignore[assignment]  # these facts have no dates of their own; before and after are kept
    line = forms.ChoiceField(label=_("Line of command"), choices=Line.choices)
    service = forms.ChoiceField(
        label=_("Service"), choices=[("", _("Mixed or none")), *Service.choices], required=False,
        help_text=_("Only where the unit belongs to one service alone."),
    )  # fmt: skip
    county = forms.ChoiceField(label=_("County (place)"), required=False)
    ward = forms.CharField(label=_("Ward"), required=False, help_text=_("Its name or its four figures."))
    latitude = forms.DecimalField(label=_("Latitude"), required=False, max_digits=8, decimal_places=5,
                                  help_text=_("Degrees; south is negative, for example -3.21750."))  # fmt: skip
    longitude = forms.DecimalField(label=_("Longitude"), required=False, max_digits=8, decimal_places=5,
                                   help_text=_("Degrees, for example 40.11667."))  # fmt: skip
    gazette_notice = forms.CharField(label=_("Gazette notice"), required=False, max_length=60)
    gazetted_on = DayField(label=_("Gazetted on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = {each.code: each for each in counties()}
        choices = [(code, each.name) for code, each in self.counties.items()]
        self.fields["county"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn the codes typed into rows."""
        given = super().clean() or self.cleaned_data
        given["county"] = self.counties.get(given.get("county", ""))
        try:
            given["ward"] = ward_called(given.get("ward", ""), given["county"])
        except forms.ValidationError as error:
            self.add_error("ward", error)
        return given


class OpenForm(FactsForm):
    """A new unit."""

    parent = UnitField(label=_("Under which command?"), help_text=_("Its code, or its name."))
    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Capital letters, digits and hyphens; it is never used again.")
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    type = forms.ChoiceField(label=_("Type"), choices=OPENABLE)
    opened_on = DayField(label=_("Opened on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["parent", "code", "name", "type", "opened_on"])

    def clean_code(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["code"]).strip().upper()


def facts_of(unit: Unit) -> dict[str, Any]:
    """The present facts of a unit, as its form shows them first."""
    return {
        "line": unit.line,
        "service": unit.service,
        "county": unit.county.code if unit.county else "",
        "ward": unit.ward.code if unit.ward else "",
        "latitude": unit.latitude,
        "longitude": unit.longitude,
        "gazette_notice": unit.gazette_notice,
        "gazetted_on": unit.gazetted_on,
    }
