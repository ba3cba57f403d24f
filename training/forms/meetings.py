"""Meetings: proposed, added, changed, cancelled; and the roll of one on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from training.meeting_days import DAILY, WEEKLY


class ProposeForm(Form):
    """How often, and how long each time."""

    how = forms.ChoiceField(
        label=_("The cohort meets"), choices=[(WEEKLY, _("Once a week")), (DAILY, _("Each working day"))]
    )
    minutes = forms.IntegerField(label=_("Minutes of a meeting"), min_value=5, max_value=1440)


class MeetingForm(Form):
    """One meeting."""

    day = DayField(label=_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=1440)
    part = forms.ChoiceField(label=_("Part of the curriculum"), required=False)
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        required=False,
        help_text=_("What it is called; nothing of what is said there"),
    )

    def __init__(self, *args: Any, parts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {each.code: each for each in parts}
        self.fields["part"].choices = [("", _("None")), *((code, str(each)) for code, each in self.parts.items())]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        part = self.parts.get(data["part"])
        return {"day": data["day"], "minutes": data["minutes"], "title": data["title"], "part": part}


class CancelMeetingForm(Form):
    """Why it is not held."""

    reason = forms.CharField(label=_("Why it is not held"), min_length=3, max_length=200)


class RollForm(Form):
    """A line for each trainee: present, absent, or not marked."""

    CHOICES = [("yes", _("present")), ("no", _("absent")), ("", _("not marked"))]

    def __init__(self, *args: Any, trainees: Sequence[Any], marks: dict[int, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trainees = list(trainees)
        self.before: dict[str, str] = {}
        for each in self.trainees:
            mark = marks.get(each.pk)
            self.before[each.ref] = "" if mark is None else "yes" if mark.present else "no"
            self.fields[each.ref] = forms.ChoiceField(
                choices=self.CHOICES, required=False, widget=forms.RadioSelect, initial=self.before[each.ref]
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Trainees with their fields."""
        return [(each, self[each.ref]) for each in self.trainees]

    @property
    def changed(self) -> dict[str, bool]:
        """What was marked anew: present or not, by the trainee's reference. A mark is changed, never wiped out."""
        data = self.cleaned_data
        return {ref: data[ref] == "yes" for ref, was in self.before.items() if data.get(ref) and data[ref] != was}
