"""Resolving a difference between the roll and the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form


class RollWrongForm(Form):
    note = forms.CharField(
        label=_("How you know"),
        max_length=300,
        help_text=_("Such as: the station confirms by signal that the officer serves there."),
    )


class OnPaperForm(Form):
    """A posting that began on an order given outside this system."""

    starts_on = DayField(label=_("Day of arrival"))
    paper = forms.CharField(label=_("Number of the order"), max_length=80)
    note = forms.CharField(label=_("Why no order is on record here"), max_length=300)
