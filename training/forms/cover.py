"""The choices of the cover page, read from its address. What cannot be read is said, and the usual taken in its place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from training.queries.trained import ROLLED_OUT

EARLIEST = date(2019, 1, 1)  # the programme began that year


class CoverForm(Form):
    """All optional; the address of the usual view is empty."""

    on = DayField(label=_("As of"), required=False)
    programme = forms.ChoiceField(label=_("Training"), required=False)

    def __init__(self, asked: Any, *, today: date) -> None:
        super().__init__({"on": today.isoformat(), **{name: value for name, value in asked.items() if value}})
        self.today = today
        choices = [("", _("Leaders or peer-to-peer supporters")), *((each.value, each.label) for each in ROLLED_OUT)]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("Who will be serving then is not known. Choose today or an earlier day."))
        if day < EARLIEST:
            raise forms.ValidationError(_("The programme began in 2019. Choose a later day."))
        return day

    @property
    def day(self) -> date:
        """The day asked for; today where none was, or none that can be read."""
        self.is_valid()
        return self.cleaned_data.get("on") or self.today

    @property
    def programme_code(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("programme") or "")

    @property
    def kept(self) -> dict[str, str]:
        """What a link to another page of this kind takes along."""
        found = {"on": self.day.isoformat()} if self.day != self.today else {}
        return {**found, **({"programme": self.programme_code} if self.programme_code else {})}
