"""Family facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import DayField
from organisation.models import County
from personnel.forms.base import PaperForm, check_past
from personnel.forms.facts import translated
from personnel.models import DependantKind, Officer, Sex


class FamilyForm(PaperForm):
    """A fact with its present values, when one is being changed."""

    def prepare(self) -> None:
        for name, field in self.fields.items():
            if self.entry is not None and name != "paper":
                field.initial = getattr(self.entry, name)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "paper"}


class NextOfKinForm(FamilyForm):
    name = forms.CharField(label=_l("Name"), max_length=120)
    relationship = forms.CharField(label=_l("Relationship"), max_length=40)
    phone = forms.CharField(label=_l("Telephone"), max_length=20, required=False)


def _shares_a_name(officer: Officer, name: str) -> bool:
    """Whether one word of the name stands in the record: names change with a marriage, seldom all of them."""
    return bool({*officer.full_name.casefold().split()} & {*name.casefold().split()})


class SpouseForm(FamilyForm):
    name = forms.CharField(label=_l("Name"), max_length=120)
    in_service = forms.CharField(label=_l("Service number, if in the service"), max_length=20, required=False)
    workplace = forms.CharField(label=_l("Workplace"), max_length=120, required=False)
    county = forms.ModelChoiceField(County.objects.all(), label=_l("County"), required=False, empty_label="–")

    def prepare(self) -> None:
        super().prepare()
        if self.entry is not None and self.entry.in_service:
            self.fields["in_service"].initial = self.entry.in_service.service_number

    def clean_in_service(self) -> Officer | None:
        """The spouse's record, wherever it is kept; whoever does not know the name learns nothing from the number."""
        number = self.cleaned_data["in_service"].strip()
        found = Officer.objects.filter(service_number=number).first() if number else None
        if number and (found is None or not _shares_a_name(found, self.cleaned_data.get("name", ""))):
            raise ValidationError(
                _(
                    "No record has this service number under this name. Check both; one of the names must be as in the record."
                )
            )
        return found


class DependantForm(FamilyForm):
    kind = forms.ChoiceField(label=_l("Who"), choices=translated(DependantKind), widget=forms.RadioSelect)
    name = forms.CharField(label=_l("Name"), max_length=120)
    sex = forms.ChoiceField(label=_l("Sex"), choices=translated(Sex, empty=True), required=False)
    born_on = DayField(label=_l("Born on"), required=False)
    school = forms.CharField(label=_l("School"), max_length=120, required=False)
    school_county = forms.ModelChoiceField(
        County.objects.all(), label=_l("County of the school"), required=False, empty_label="–"
    )
    has_disability = forms.BooleanField(label=_l("Has a disability"), required=False)

    def clean_born_on(self) -> date | None:
        return check_past(self.cleaned_data["born_on"], self.on)


class EndForm(PaperForm):
    ended_on = DayField(label=_l("No longer true from"))
