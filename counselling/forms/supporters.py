"""Forms of the register of supporters, and of what a supporter decides about the own entry."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from accounts import logins
from accounts.queries.appointments import person_by_login
from counselling.models.offices import Language
from counselling.models.supporters import Availability, Sex, SupervisionKind
from counselling.queries import supporters as queries
from hcims.ui.forms import DayField, Form
from organisation.models import County, Unit

EMPTY = [("", "")]
TELEPHONE = re.compile(r"^(\+254|0)[17]\d{8}$")


class RegisterFilters(Form):
    """Read from the address; a link keeps them."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=60)
    county = forms.ChoiceField(label=_("County"), required=False)
    unit = forms.CharField(label=_("Unit and all below"), required=False, max_length=20)
    tab = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [("", __("Every county")), *_counties()]  # type: ignore[attr-defined]


class AreaForm(Form):
    """Where a supporter serves, and to which command he or she belongs."""

    county = forms.ChoiceField(label=_("County"), error_messages={"required": _("Choose the county.")})
    unit = forms.CharField(
        label=_("Area: code or name of the unit"),
        max_length=120,
        help_text=_("The ward where there is one, or the station, county or formation the supporter is for."),
        error_messages={"required": _("Enter the code of the unit.")},
    )
    command = forms.ChoiceField(
        label=_("Command the supporter belongs to"),
        help_text=_("So that officers can choose somebody outside their own command."),
        error_messages={"required": _("Choose the command.")},
    )

    def __init__(self, *args: Any, by: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.on = by, on
        self.fields["county"].choices = [*EMPTY, *_counties()]  # type: ignore[attr-defined]
        commands = [(each.code, each.name) for each in queries.commands(on=on)]
        self.fields["command"].choices = [*EMPTY, *commands]  # type: ignore[attr-defined]

    def clean_county(self) -> County:
        return next(each for each in queries.counties() if each.code == self.cleaned_data["county"])

    def clean_command(self) -> Unit:
        return next(each for each in queries.commands(on=self.on) if each.code == self.cleaned_data["command"])

    def clean_unit(self) -> Unit:
        text = self.cleaned_data["unit"].strip()
        led = queries.units_for(self.by, on=self.on)
        found = list(led.filter(code__iexact=text)[:1]) or list(led.filter(name__iexact=text)[:2])
        if len(found) != 1:
            raise ValidationError(__("No unit of this code or name in the area you lead; a code always finds it."))
        return found[0]


class SupporterForm(AreaForm):
    """Who becomes a supporter, where, from when and on what paper."""

    person = forms.CharField(
        label=_("Staff number of the person"),
        max_length=120,
        error_messages={"required": _("Enter the staff number.")},
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[*EMPTY, *Sex.choices], error_messages={"required": _("Choose one.")},
        help_text=_("As the person says; shown in the directory, so that officers can choose."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )  # fmt: skip
    starts_on = DayField(label=_("First day"))
    paper = forms.CharField(
        label=_("Accreditation"), max_length=200, help_text=_("The paper it rests on: office, number, date."),
        error_messages={"required": _("Enter the paper it rests on.")},
    )  # fmt: skip
    field_order = ["person", "county", "unit", "command", "sex", "languages", "starts_on", "paper"]

    def clean_person(self) -> Any:
        person = person_by_login(logins.normalise(self.cleaned_data["person"]))
        if person is None:
            raise ValidationError(__("Nobody with an open account has this number."))
        return person


class TrainingForm(Form):
    """A course passed, and until when it counts."""

    course = forms.CharField(label=_("Course"), max_length=120)
    provider = forms.CharField(label=_("Held by"), max_length=120)
    trained_on = DayField(label=_("Passed on"))
    expires_on = DayField(label=_("Counts until"), help_text=_("From this day on it does not count any more."))
    paper = forms.CharField(label=_("Certificate"), max_length=120, help_text=_("Number and date."))


class SupervisionForm(Form):
    """That supervision was held. What was said is asked for nowhere."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SupervisionKind.choices, widget=forms.RadioSelect)
    held_on = DayField(label=_("Held on"))
    next_on = DayField(label=_("Next one"), required=False)
    supervisor = forms.CharField(label=_("Supervisor"), max_length=120, help_text=_("Name and office."))


class EndForm(Form):
    """The last day, and why."""

    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("In a few words: transferred, asked to stop.")
    )


class ProfileForm(forms.Form):
    """What the supporter wants to have published. Drawn by the phone page itself."""

    is_listed = forms.BooleanField(label=_("Show me in the directory"), required=False)
    shown_name = forms.CharField(
        label=_("Name to be shown"), max_length=40, required=False, help_text=_("A first name is enough.")
    )
    telephone = forms.CharField(
        label=_("Telephone to be shown"), max_length=20, required=False,
        help_text=_("Leave empty if you would rather call back. Everybody can read it."),
    )  # fmt: skip
    shows_command = forms.BooleanField(label=_("Show my command, so that others can choose outside it"), required=False)
    availability = forms.ChoiceField(label=_("When I can be reached"), choices=Availability.choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )  # fmt: skip

    def clean_telephone(self) -> str:
        number = re.sub(r"[\s()-]", "", self.cleaned_data["telephone"])
        if number and not TELEPHONE.match(number):
            raise ValidationError(__("This is not a Kenyan mobile number. Write it like 0712 345 678."))
        return number


def _counties() -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in queries.counties()]
