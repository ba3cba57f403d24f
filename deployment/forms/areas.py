"""The choice above a page of figures: area, day, baseline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from organisation.models import Baseline


@dataclass(frozen=True)
class Choice:
    """What was chosen; a day that cannot be read is today."""

    unit: str
    on: date
    baseline: str
    today: date

    def query(self) -> str:
        """The query string that keeps the choice; nothing for the usual one."""
        parameters = {}
        if self.unit:
            parameters["unit"] = self.unit
        if self.on != self.today:
            parameters["on"] = self.on.isoformat()
        if self.baseline != Baseline.WORKING:
            parameters["baseline"] = self.baseline
        return f"?{urlencode(parameters)}" if parameters else ""


class AreaForm(Form):
    """A unit's code, a day and a baseline."""

    unit = forms.CharField(label=_("Area (code of a unit)"), required=False, max_length=20)
    on = DayField(label=_("On the day"), required=False)
    baseline = forms.ChoiceField(label=_("Measured against"), choices=Baseline.choices, required=False)

    def __init__(self, given: QueryDict, *, today: date) -> None:
        """Shows what is looked at, the usual baseline too where the address names none."""
        asked = given.copy()
        asked.setdefault("baseline", Baseline.WORKING)
        super().__init__(asked)
        self.today = today

    def choice(self) -> Choice:
        """The choice, with the reader's own area, today and the working strength where nothing was said."""
        self.is_valid()
        given = self.cleaned_data
        return Choice(
            unit=(given.get("unit") or "").strip(),
            on=given.get("on") or self.today,
            baseline=given.get("baseline") or Baseline.WORKING,
            today=self.today,
        )
