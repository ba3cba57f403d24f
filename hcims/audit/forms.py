"""Searching the trail, and holding a disclosure back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.audit.events import Event, in_words
from hcims.ui.forms import DayField, Form


class SearchForm(Form):
    """What to look for in the trail."""

    event = forms.ChoiceField(
        label=_("Deed"), required=False, choices=[("", _("all")), *((each.value, in_words(each)) for each in Event)]
    )
    person = forms.CharField(label=_("Done by (name or number)"), required=False, max_length=80)
    office = forms.CharField(label=_("Office"), required=False, max_length=80)
    target = forms.CharField(
        label=_("About (number or reference)"), required=False, max_length=80,
        help_text=_("A service number finds all that was done about its owner."),
    )  # fmt: skip
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)


class NameReaderForm(Form):
    """Why the name is looked up."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Who asks, and on what paper. It is kept in the trail with your name."),
        error_messages={"required": _("Say who asks and why; it is kept in the trail.")},
    )


class DelayForm(Form):
    """On whose order, on what law, until when."""

    authority = forms.CharField(
        label=_("Authority"),
        max_length=200,
        help_text=_("The office that ordered it, number and date of the order."),
        error_messages={"required": _("Enter the office that ordered it, with number and date.")},
    )
    source = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        error_messages={"required": _("Enter the law or court order it rests on.")},
    )
    until_on = DayField(
        label=_("Told to the officer on"), help_text=_("On this day the officer reads it at the latest.")
    )


class NoteForm(Form):
    """Why a delay is refused or ended."""

    note = forms.CharField(label=_("Reason"), max_length=300, error_messages={"required": _("Say why in a sentence.")})
