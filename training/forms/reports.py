"""What a report of training is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import DayField, Form
from training.queries.reports import GROUPS, STATES, WOMEN, Asked


class ReportForm(Form):
    """Read from the address; a link keeps it."""

    first = DayField(label=_l("Cohorts that began from"), required=False)
    last = DayField(label=_l("to"), required=False)
    group = forms.ChoiceField(
        label=_l("One line for each"), choices=[(code, words[0]) for code, words in GROUPS.items()], required=False
    )

    def __init__(self, data: Any, *, today: date) -> None:
        self.bounds = date(today.year, 1, 1), today
        given = {"first": self.bounds[0].isoformat(), "last": self.bounds[1].isoformat(), "group": "course"}
        super().__init__({**given, **{name: value for name, value in data.items() if value}})
        self.data_given = data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first."))
        return cleaned

    @property
    def asked(self) -> Asked:
        """What is asked for; what is in error counts as not said, and the page shows the error."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        first, last = cleaned.get("first") or self.bounds[0], cleaned.get("last") or self.bounds[1]
        first, last = (first, last) if first <= last else self.bounds
        state = self.data_given.get("state", "called")
        return Asked(
            first, last, cleaned.get("group") or "course", state if state in (*STATES, WOMEN) else "called",
            self.data_given.get("line", "")[:60],
        )  # fmt: skip
