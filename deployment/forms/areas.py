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
    alone: bool = False
    place: str = ""

    def query(self) -> str:
        """The query string that keeps the choice; nothing for the usual one."""
        parameters = {}
        if self.unit:
            parameters["unit"] = self.unit
        if self.on != self.today:
            parameters["on"] = self.on.isoformat()
        if self.baseline != Baseline.WORKING:
            parameters["baseline"] = self.baseline
        if self.place:
            parameters["place"] = self.place
        if self.alone:
            parameters["alone"] = "yes"
        return f"?{urlencode(parameters)}" if parameters else ""


class AreaForm(Form):
    """A unit's name or code, a day and a baseline."""

    unit = forms.CharField(label=_("Area (name or code of a unit)"), required=False, max_length=120)
    on = DayField(label=_("On the day"), required=False)
    # The usual baseline is the empty choice: no badge says that it filters, because it does not.
    baseline = forms.ChoiceField(
        label=_("Measured against"),
        choices=[("", Baseline.WORKING.label), (Baseline.AUTHORISED, Baseline.AUTHORISED.label)],
        required=False,
    )
    # Not chosen here: the bird's-eye page asks them when a number of it is opened.
    place = forms.CharField(label=_("County, by its code"), required=False, max_length=10, widget=forms.HiddenInput)
    alone = forms.ChoiceField(
        label=_("The unit alone"), required=False, choices=[("", ""), ("yes", _("yes"))], widget=forms.HiddenInput
    )

    def __init__(self, given: QueryDict, *, today: date) -> None:
        """Takes the query string of an address; one that names the usual baseline asks for nothing special."""
        asked = given.copy()
        if asked.get("baseline") == Baseline.WORKING:
            del asked["baseline"]
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
            alone=given.get("alone") == "yes",
            place=given.get("place") or "",
        )
