"""Changing columns of a record: facts of service, and identity with contact and bank."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import DayField
from hcims.ui.parts import Change
from organisation.models import County
from organisation.models.catalogue import Service
from personnel.forms.base import PaperForm, check_past
from personnel.models import Member, Sex

NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z/-]{2,19}")
PIN = re.compile(r"[A-Z][0-9]{9}[A-Z]")


def translated(options: Any, empty: bool = False) -> list[tuple[str, Any]]:
    """The choices of a TextChoices in the reader's language."""
    found = [(value, _l(str(label))) for value, label in options.choices]
    return [("", "–"), *found] if empty else found


def clean_number(text: str) -> str:
    """A service number as it is kept: text, zeros and all. Errors: ValidationError."""
    text = text.strip()
    if not NUMBER.fullmatch(text):
        raise ValidationError(
            _("A service number has 3 to 20 figures or letters, as on the certificate of appointment.")
        )
    return text


def clean_national_id(text: str) -> str:
    """A national ID without spaces, or nothing. Errors: ValidationError."""
    text = re.sub(r"\s", "", text)
    if text and not re.fullmatch(r"[0-9]{6,9}", text):
        raise ValidationError(_("A national ID has six to nine figures."))
    return text


def clean_birth(born: date | None, on: date) -> date | None:
    """A day of birth that somebody in the service can have. Errors: ValidationError."""
    born = check_past(born, on)
    if born and not 16 <= (on.year - born.year) <= 100:
        raise ValidationError(_("Check the year of birth: the age would be outside 16 to 100 years."))
    return born


class FactsForm(PaperForm):
    """Columns of the record with their present values; `changes` are those that differ."""

    def prepare(self) -> None:
        for name, field in self.fields.items():
            if name != "paper":
                field.initial = getattr(self.officer, name)

    @property
    def changes(self) -> dict[str, Any]:
        """What the person changed, as the action takes it."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "paper" and value != getattr(self.officer, name)
        }

    @property
    def differences(self) -> list[Change]:
        """The same in words: what it was, what it becomes."""
        return [
            Change(
                self.fields[name].label or name,
                self._words(name, getattr(self.officer, name)),
                self._words(name, value),
            )
            for name, value in self.changes.items()
        ]

    def _words(self, name: str, value: Any) -> Any:
        if value in (None, ""):
            return None
        choices = getattr(self.fields[name], "choices", None)
        if choices and not hasattr(value, "pk"):
            return dict(choices).get(value, value)
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.changes:
            raise ValidationError(_("Nothing is changed: every value is as it was."))
        return cleaned


class ServiceForm(FactsForm):
    """Name, number, sex, birth, service, enlistment, home."""

    service_number = forms.CharField(label=_l("Service number"), max_length=20)
    surname = forms.CharField(label=_l("Surname"), max_length=60)
    other_names = forms.CharField(label=_l("Other names"), max_length=100)
    sex = forms.ChoiceField(label=_l("Sex"), choices=translated(Sex), widget=forms.RadioSelect)
    born_on = DayField(label=_l("Born on"), required=False)
    member = forms.ChoiceField(label=_l("Member"), choices=translated(Member), widget=forms.RadioSelect)
    service = forms.ChoiceField(label=_l("Service"), choices=translated(Service, empty=True), required=False)
    enlisted_on = DayField(label=_l("Enlisted on"), required=False)
    contract_ends_on = DayField(label=_l("Contract ends on"), required=False)
    home_county = forms.ModelChoiceField(County.objects.all(), label=_l("Home county"), required=False, empty_label="–")
    house_allowance_place = forms.CharField(label=_l("Place for house allowance"), max_length=60, required=False)

    def clean_service_number(self) -> str:
        return clean_number(self.cleaned_data["service_number"])

    def clean_born_on(self) -> date | None:
        return clean_birth(self.cleaned_data["born_on"], self.on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("member") == Member.OFFICER and not cleaned.get("service"):
            self.add_error("service", _("A police officer belongs to a service."))
        return cleaned


class IdentityForm(FactsForm):
    """National ID, PIN, contact and bank. Kept encrypted; before and after are encrypted too."""

    national_id = forms.CharField(label=_l("National ID"), max_length=12, required=False)
    kra_pin = forms.CharField(
        label=_l("KRA PIN"), max_length=12, required=False, help_text=_l("A letter, nine figures, a letter.")
    )
    phone = forms.CharField(label=_l("Telephone"), max_length=20, required=False)
    personal_email = forms.EmailField(label=_l("E-mail of his or her own"), required=False)
    bank_name = forms.CharField(label=_l("Bank"), max_length=60, required=False)
    bank_branch = forms.CharField(label=_l("Branch"), max_length=60, required=False)
    bank_account = forms.CharField(label=_l("Account number"), max_length=30, required=False)

    def clean_national_id(self) -> str:
        return clean_national_id(self.cleaned_data["national_id"])

    def clean_kra_pin(self) -> str:
        text = re.sub(r"\s", "", self.cleaned_data["kra_pin"]).upper()
        if text and not PIN.fullmatch(text):
            raise ValidationError(_("A KRA PIN is a letter, nine figures and a letter, such as A001234567Z."))
        return text
