"""Entering a new member with the first posting; the letter that opens his or her account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.models import Duty
from desk.queries.finding import visible_unit
from hcims.access.permissions import Permission
from hcims.ui.forms import DayField, Form
from organisation.models import County, Rank
from organisation.models.catalogue import Service
from personnel.forms.base import check_past
from personnel.forms.facts import clean_birth, clean_national_id, clean_number, translated
from personnel.models import Member, Sex


class EnterOfficerForm(Form):
    """What the appointment letter says."""

    service_number = forms.CharField(label=_l("Service number"), max_length=20, help_text=_l("Zeros kept."))
    surname = forms.CharField(label=_l("Surname"), max_length=60)
    other_names = forms.CharField(label=_l("Other names"), max_length=100)
    sex = forms.ChoiceField(label=_l("Sex"), choices=translated(Sex), widget=forms.RadioSelect)
    born_on = DayField(label=_l("Born on"))
    member = forms.ChoiceField(
        label=_l("Member"), choices=translated(Member), widget=forms.RadioSelect, initial=Member.OFFICER,
        help_text=_l("A civilian member has no service and no rank, and fills no police post."),
    )  # fmt: skip
    service = forms.ChoiceField(
        label=_l("Service"),
        choices=translated(Service, empty=True),
        required=False,
        help_text=_l("Of a police officer."),
    )
    enlisted_on = DayField(label=_l("Enlisted on"))
    home_county = forms.ModelChoiceField(County.objects.all(), label=_l("Home county"), required=False, empty_label="–")
    national_id = forms.CharField(label=_l("National ID"), max_length=12, required=False)
    rank = forms.ModelChoiceField(
        Rank.objects.all(), label=_l("Rank"), required=False, empty_label="–", help_text=_l("Of a police officer.")
    )
    rank_since = DayField(label=_l("Rank held from"), required=False)
    unit = forms.CharField(label=_l("Posted to"), max_length=120, help_text=_l("Code or name of the unit."))
    duty = forms.ModelChoiceField(Duty.objects.all(), label=_l("Duty"), empty_label=_l("Choose a duty"))
    starts_on = DayField(label=_l("Arrived on"))
    overstrength_authority = forms.CharField(
        label=_l("Authority for over-strength"), max_length=200, required=False,
        help_text=_l("Only where the unit has no free post of this rank."),
    )  # fmt: skip
    paper = forms.CharField(
        label=_l("Paper it rests on"), max_length=300,
        help_text=_l("The letter of appointment and posting: kind, number and date."),
    )  # fmt: skip

    FACTS = (
        "member", "service_number", "surname", "other_names", "sex", "born_on", "service", "enlisted_on", "home_county",
        "national_id", "rank", "rank_since",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on

    def clean(self) -> dict[str, Any]:
        """An officer has service and rank, a civilian member has neither."""
        cleaned = super().clean() or self.cleaned_data
        words = {
            "service": _("A police officer belongs to a service."),
            "rank": _("A police officer holds a rank."),
            "rank_since": _("Enter the day from which the rank is held."),
        }
        is_civilian = cleaned.get("member") == Member.CIVILIAN
        for name, text in words.items():
            if name in cleaned and is_civilian and cleaned[name]:
                self.add_error(name, _("A civilian member has none: leave it empty."))
            elif name in cleaned and not is_civilian and not cleaned[name]:
                self.add_error(name, text)
        return cleaned

    def clean_service_number(self) -> str:
        return clean_number(self.cleaned_data["service_number"])

    def clean_born_on(self) -> date | None:
        return clean_birth(self.cleaned_data["born_on"], self.on)

    def clean_national_id(self) -> str:
        return clean_national_id(self.cleaned_data["national_id"])

    def clean_rank_since(self) -> date | None:
        return check_past(self.cleaned_data["rank_since"], self.on)

    def clean_starts_on(self) -> date | None:
        return check_past(self.cleaned_data["starts_on"], self.on)

    def clean_unit(self) -> Any:
        unit = visible_unit(
            self.user, self.cleaned_data["unit"].strip(), on=self.on, permission=Permission.EDIT_OFFICERS
        )
        if unit is None:
            raise ValidationError(_("No unit of this code or name in your area; a code always finds it."))
        return unit

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FACTS}

    @property
    def posting(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "unit": data["unit"], "duty": data["duty"], "post_rank": data["rank"], "starts_on": data["starts_on"],
            "overstrength_authority": data["overstrength_authority"],
        }  # fmt: skip
