"""What a reader may ask of the list of units."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from organisation.models import ClassScheme, Line, UnitType
from organisation.queries import units as queries


class UnitFilter(Form):
    """Search, filters and the day of the list of units."""

    q = forms.CharField(label=_("Name or code"), required=False, help_text=_("Former names count too."))
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All types")), *UnitType.choices])
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[("", _("All lines")), *Line.choices])
    county = forms.ChoiceField(label=_("County (place)"), required=False)
    unit_class = forms.ChoiceField(label=_("Class"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Open")), (queries.CLOSED, _("Closed")), (queries.ALL, _("Open and closed"))],
    )
    gazette = forms.ChoiceField(
        label=_("Gazette"), required=False, choices=[("", _("All")), ("none", _("Without a gazette notice"))]
    )
    below = forms.ChoiceField(
        label=_("Depth"), required=False, choices=[("", _("Directly under")), ("all", _("All below"))]
    )
    on = DayField(label=_("As of"), required=False)
    under = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = [(each.code, each.name) for each in queries.counties()]
        self.fields["county"].choices = [("", _("All counties")), *counties]  # type: ignore[attr-defined]
        by_scheme = {scheme: [] for scheme in ClassScheme.values}  # type: ignore[var-annotated]
        for each in queries.unit_classes():
            by_scheme[each.scheme].append((each.code, str(each)))
        grouped = [(ClassScheme(scheme).label, choices) for scheme, choices in by_scheme.items()]
        self.fields["unit_class"].choices = [("", _("All classes")), *grouped]  # type: ignore[attr-defined]

    def asked(self) -> queries.UnitsAsked:
        """What the list is to hold; a filter that makes no sense is left out and said beside it."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return queries.UnitsAsked(
            words=given.get("q", ""),
            types=[given["type"]] if given.get("type") else [],
            lines=[given["line"]] if given.get("line") else [],
            county=given.get("county", ""),
            unit_class=given.get("unit_class", ""),
            without_gazette=given.get("gazette") == "none",
            state=given.get("state") or queries.OPEN,
            all_below=given.get("below") == "all",
        )

    def day(self, today: date) -> date:
        """The day asked for; today where none is."""
        self.is_valid()
        return self.cleaned_data.get("on") or today


class DayForm(Form):
    """The day as of which a page is shown."""

    on = DayField(label=_("As of"), required=False)

    def day(self, today: date) -> date:
        """The day asked for; today where none is, or none that exists."""
        self.is_valid()
        return self.cleaned_data.get("on") or today
