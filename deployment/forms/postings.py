"""Recording, ending and voiding postings, duties, and what overlaps a posting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deployment import policies
from deployment.forms.fields import OfficerField, UnitField, tell
from deployment.models import PostingKind
from deployment.queries import lookups
from hcims.ui.forms import DayField, Form, rules_on


class PostForm(Form):
    """What every posting and order says about the post."""

    officer = OfficerField()
    unit = UnitField(label=_("Posted to"))
    duty = forms.ModelChoiceField(lookups.duties(), label=_("Duty"))
    post_rank = forms.ModelChoiceField(
        lookups.ranks(), label=_("Rank of the post"), required=False, help_text=_("Empty for a civilian member.")
    )
    post_skill = forms.ModelChoiceField(lookups.skills(), label=_("Skill the post asks for"), required=False)

    def __init__(self, *args: Any, reader: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell(self, reader=reader, on=on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("officer") and "post_rank" in data:
            with rules_on(self, "post_rank"):
                policies.check_fills(
                    data["officer"], rank=data["post_rank"], skill=data.get("post_skill"),
                    authority=data.get("overstrength_authority") or "",
                )  # fmt: skip
        return data


class PostingForm(PostForm):
    """A posting that has happened: the officer has arrived."""

    starts_on = DayField(label=_("Day of arrival"))
    order_reference = forms.CharField(label=_("Number of the order"), max_length=80)
    source = forms.CharField(label=_("Paper it rests on"), max_length=200, required=False)
    overstrength_authority = forms.CharField(
        label=_("Authority for over-strength"),
        max_length=200,
        required=False,
        help_text=_("Only where the unit has no free post of this rank and skill: the paper that allows it."),
    )


class AbsenceForm(Form):
    """Acting, attached, seconded, on course, suspended or on long leave: beside the posting, not instead of it."""

    officer = OfficerField()
    kind = forms.ChoiceField(
        label=_("What"), choices=[each for each in PostingKind.choices if each[0] != PostingKind.SUBSTANTIVE]
    )
    unit = UnitField(label=_("At"), help_text=_("For leave and suspension: the officer's own unit."))
    duty = forms.ModelChoiceField(
        lookups.duties(),
        label=_("Duty there"),
        required=False,
        empty_label=_("The same as now"),
        help_text=_("For acting, attachment and secondment: what the officer does there."),
    )
    post_rank = forms.ModelChoiceField(
        lookups.ranks(),
        label=_("Rank of the post there"),
        required=False,
        empty_label=_("The same as now"),
        help_text=_("For acting: the rank of the post acted in."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Back on duty on"), required=False, help_text=_("Leave empty if nobody knows yet."))
    order_reference = forms.CharField(label=_("Number of the order"), max_length=80)

    def __init__(self, *args: Any, reader: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell(self, reader=reader, on=on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("This day is before the first day."))
        return data


class DutyForm(Form):
    duty = forms.ModelChoiceField(lookups.duties(), label=_("New duty"))
    since = DayField(
        label=_("From"),
        required=False,
        help_text=_(
            "Empty for today. What was done before that day stays on record. "
            "The first day of the posting puts a wrong entry right."
        ),
    )
    paper = forms.CharField(label=_("Paper it rests on"), max_length=200)


class EndForm(Form):
    ends_on = DayField(label=_("First day it no longer holds"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class VoidForm(Form):
    reason = forms.CharField(label=_("What was entered in error"), max_length=200)
