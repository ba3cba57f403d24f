"""Forms about offices, about what commanders provide, and about critical incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from counselling.models import IncidentKind, Language, Practice, Rhythm, Room, Service
from hcims.access.permissions import Permission
from hcims.ui.forms import DayField, Form
from organisation.forms.fields import UnitField


class OfficeForm(Form):
    """What the directory says of an office."""

    name = forms.CharField(label=_("Name"), max_length=120)
    place_en = forms.CharField(label=_("How to find it"), max_length=200, required=False)
    place_sw = forms.CharField(label=_("How to find it, in Kiswahili"), max_length=200, required=False)
    latitude = forms.DecimalField(
        label=_("Latitude"), min_value=-6, max_value=6, decimal_places=5, max_digits=8, required=False,
        help_text=_("Where the office lies, if not where its unit lies; such as -3.63000."),
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Longitude"), min_value=33, max_value=43, decimal_places=5, max_digits=8, required=False
    )
    hours_en = forms.CharField(label=_("Hours"), max_length=120, required=False)
    hours_sw = forms.CharField(label=_("Hours, in Kiswahili"), max_length=120, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    rooms = forms.IntegerField(label=_("Private rooms"), min_value=0, max_value=200, required=False)
    counsellors = forms.IntegerField(
        label=_("Counsellors"), min_value=0, max_value=500, required=False, help_text=_("Leave empty if not known.")
    )
    social_workers = forms.IntegerField(label=_("Social workers"), min_value=0, max_value=500, required=False)
    chaplains = forms.IntegerField(label=_("Chaplains"), min_value=0, max_value=500, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    services = forms.MultipleChoiceField(
        label=_("Services"), choices=Service.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Where this is from (paper, date)"), max_length=200)


class OpenOfficeForm(OfficeForm):
    """A new office, at a unit, from a day on."""

    unit = UnitField(label=_("Unit"), help_text=_("Code or name of the command or institution it is at."))
    starts_on = DayField(label=_("In service from"))
    field_order = ("name", "unit", "starts_on")

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].for_reader(user, on=on, permission=Permission.LEAD_WELLBEING)  # type: ignore[attr-defined]


class CloseOfficeForm(Form):
    ends_on = DayField(label=_("Out of service from"))
    source = forms.CharField(label=_("Where this is from (paper, date)"), max_length=200)


class ProvisionForm(Form):
    """Room and protected hours. No reason is asked for, and nobody's name."""

    starts_on = DayField(label=_("Since when"))
    room = forms.ChoiceField(label=_("Room for undisturbed talks"), choices=Room.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Where the room is"), max_length=120, required=False)
    hours_a_week = forms.IntegerField(
        label=_("Protected hours a week"),
        min_value=0,
        max_value=40,
        help_text=_("Hours in which anybody may be away for wellbeing without giving a reason."),
    )
    hours = forms.CharField(
        label=_("Which hours"), max_length=120, required=False, help_text=_("Such as: Wednesday 14:00 to 16:00.")
    )


def months_back(on: date, number: int = 13) -> list[tuple[str, str]]:
    """The first days of the last months, the latest first, with their names."""
    counted = [on.year * 12 + on.month - 1 - back for back in range(number)]
    days = [date(each // 12, each % 12 + 1, 1) for each in counted]
    return [(day.isoformat(), date_format(day, "F Y")) for day in days]


class MonthForm(Form):
    """Something of a month."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months_back(on)  # type: ignore[attr-defined]


class PracticeForm(MonthForm):
    practice = forms.ChoiceField(label=_("What was held"), choices=Practice.choices, widget=forms.RadioSelect)
    times = forms.IntegerField(label=_("How often"), min_value=1, max_value=31, help_text=_("Who came is not asked."))
    field_order = ("practice", "month", "times")


class GroupForm(Form):
    starts_on = DayField(label=_("Meets since"))
    rhythm = forms.ChoiceField(label=_("Meets"), choices=Rhythm.choices, widget=forms.RadioSelect)


class GroupMonthForm(MonthForm):
    meetings = forms.IntegerField(label=_("Meetings in the month"), min_value=0, max_value=31)
    people = forms.IntegerField(
        label=_("People in the group"),
        min_value=0,
        max_value=200,
        help_text=_("As a number only. It is shown in sums for many groups, never for this one."),
    )


class CloseGroupForm(Form):
    ends_on = DayField(label=_("Meets no more from"))


class DecisionForm(Form):
    """The coordinator's answer."""

    answer = forms.ChoiceField(
        label=_("Is it so?"),
        choices=[("yes", _("Yes, I have seen it")), ("no", _("No: send it back"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("What you found instead"), max_length=200, required=False)


class IncidentForm(Form):
    """An event, a unit, a day. No name, no circumstances."""

    kind = forms.ChoiceField(label=_("What happened"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    unit = UnitField(label=_("Station, company or office"), help_text=_("Code or name, within your command."))
    happened_on = DayField(label=_("Day"))

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].for_reader(user, on=on, permission=Permission.RECORD_WELFARE)  # type: ignore[attr-defined]


class WithdrawForm(Form):
    reason = forms.CharField(label=_("Why it is taken back"), max_length=200)


class UnitChoiceForm(Form):
    """One unit of the reader's area."""

    unit = UnitField(label=_("Unit"), help_text=_("Code or name."))

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commands = user.can(Permission.RECORD_WELFARE, on=on)
        permission = Permission.RECORD_WELFARE if commands else Permission.LEAD_WELLBEING
        self.fields["unit"].for_reader(user, on=on, permission=permission)  # type: ignore[attr-defined]
