"""Forms for help lines and for the words said at the start of a talk."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from counselling.models.help import LineKind, Purpose, WordsState
from hcims.ui.forms import DayField, Form


class LineForm(Form):
    """A number that helps."""

    kind = forms.ChoiceField(label=_("What it is for"), choices=LineKind.choices)
    name_en = forms.CharField(label=_("Name"), max_length=120)
    name_sw = forms.CharField(label=_("Name in Kiswahili"), max_length=120)
    number = forms.CharField(label=_("Number"), max_length=40)
    is_24h = forms.BooleanField(
        label=_("Whoever runs it has confirmed that it is answered day and night"), required=False
    )
    hours_en = forms.CharField(label=_("Hours"), max_length=120)
    hours_sw = forms.CharField(label=_("Hours, in Kiswahili"), max_length=120)
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999, initial=50)
    source = forms.CharField(
        label=_("Where this is from"), max_length=200, help_text=_("Paper or person, and the date.")
    )

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if not re.fullmatch(r"\+?[0-9][0-9 ]{2,}", number):
            raise ValidationError(__("Write the number in figures and spaces, as it is dialled."))
        return number

    def clean(self) -> None:
        if self.cleaned_data.get("kind") == LineKind.CRISIS and not self.cleaned_data.get("is_24h"):
            self.add_error("is_24h", __("A line for danger to life must be confirmed as answered day and night."))


class TriedForm(Form):
    """That somebody called, and what came of it."""

    tried_on = DayField(label=_("Called on"))
    was_answered = forms.TypedChoiceField(
        label=_("Did somebody answer?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether somebody answered.")},
    )


class WordsForm(Form):
    """A new version of the words. One paragraph a line."""

    purpose = forms.ChoiceField(label=_("Said at the start of"), choices=Purpose.choices)
    body_en = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 12}), max_length=6000)
    body_sw = forms.CharField(label=_("Words in Kiswahili"), widget=forms.Textarea(attrs={"rows": 12}), max_length=6000)
    state = forms.ChoiceField(label=_("State"), choices=WordsState.choices)
    source = forms.CharField(
        label=_("Where this is from"),
        max_length=200,
        help_text=_("For confirmed words: counsel's opinion, number and date."),
    )
