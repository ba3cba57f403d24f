"""Searching the log of cases."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.models import CaseDeed
from hcims.ui.forms import DayField, Form


class ReadingsForm(Form):
    """What to look for in the log."""

    event = forms.ChoiceField(label=_("Deed"), required=False, choices=[("", _("all")), *CaseDeed.choices])
    case = forms.CharField(label=_("Case (reference)"), required=False, max_length=12)
    person = forms.CharField(label=_("Done by (name)"), required=False, max_length=80)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
