"""What the forms of a record have in common: the paper that the entry rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import Form
from personnel.models import Officer


class RecordForm(Form):
    """A form about one officer's record; `on` is the day of the request."""

    def __init__(self, *args: Any, officer: Officer, on: date, entry: Any = None, **kwargs: Any) -> None:
        self.officer, self.on, self.entry = officer, on, entry
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and first values, for forms that need some."""


class PaperForm(RecordForm):
    """The paper is asked for last, when the person knows what it has to cover."""

    paper = forms.CharField(
        label=_l("Paper it rests on"),
        help_text=_l("Kind, number and date. For example: letter NPS/HR/12 of 20 May 2026."),
        max_length=300,
    )
    field_order: list[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "paper"])


def check_past(day: date | None, on: date) -> date | None:
    """Errors: ValidationError for a day to come."""
    if day is not None and day > on:
        raise ValidationError(_("This day lies ahead. Enter a day up to today."))
    return day
