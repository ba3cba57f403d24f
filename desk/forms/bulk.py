"""What a deed on many officers asks once for all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from deployment.queries import lookups
from hcims.ui.forms import DayField, Form
from personnel.forms.base import check_past
from personnel.forms.entries import SkillChoice


class DeedForm(Form):
    """The paper comes last, when the person knows what it has to cover."""

    paper = forms.CharField(
        label=_l("Paper it rests on"),
        help_text=_l("Kind, number and date. For example: letter NPS/HR/12 of 20 May 2026."),
        min_length=3,
        max_length=300,
    )

    prefix = "facts"

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.order_fields([name for name in self.fields if name != "paper"])
        if "skill" in self.fields:
            self.fields["skill"].choices = self.fields["skill"].grouped()  # type: ignore[attr-defined]

    def words(self) -> str:
        """What is recorded, in a word or two."""
        raise NotImplementedError

    @property
    def facts(self) -> dict[str, Any]:
        """What the deed is told, without the paper."""
        return {name: value for name, value in self.cleaned_data.items() if name != "paper"}


class SkillDeed(DeedForm):
    skill = SkillChoice(label=_l("Skill"))
    level = forms.IntegerField(
        label=_l("Level"), initial=1, min_value=1, max_value=9, help_text=_l("1 where a skill has none.")
    )
    acquired_on = DayField(label=_l("Acquired on"), required=False)
    expires_on = DayField(
        label=_l("Lapses on"), required=False, help_text=_l("Empty: as the catalogue says for this skill.")
    )

    def words(self) -> str:
        skill, level = self.cleaned_data["skill"], self.cleaned_data["level"]
        return str(skill) if skill.levels == 1 else f"{skill}, {level}"


class CheckDeed(DeedForm):
    skill = SkillChoice(label=_l("Skill that was claimed"))

    def words(self) -> str:
        return str(self.cleaned_data["skill"])


class CourseDeed(DeedForm):
    title = forms.CharField(label=_l("Course"), max_length=160)
    institution = forms.CharField(label=_l("Institution"), max_length=120, required=False)
    starts_on = DayField(label=_l("First day"), required=False)
    ends_on = DayField(label=_l("Last day"), required=False)
    result = forms.CharField(label=_l("Result"), max_length=60, required=False)

    def clean_ends_on(self) -> date | None:
        return check_past(self.cleaned_data["ends_on"], self.on)

    def words(self) -> str:
        return str(self.cleaned_data["title"])


class DutyDeed(DeedForm):
    duty = forms.ModelChoiceField(lookups.duties(), label=_l("Duty from now on"), empty_label=_l("Choose a duty"))

    def words(self) -> str:
        return str(self.cleaned_data["duty"])


class AllowanceDeed(DeedForm):
    place = forms.CharField(
        label=_l("Place of the house allowance"), max_length=60, help_text=_l("As the payroll writes it.")
    )

    def words(self) -> str:
        return str(self.cleaned_data["place"])
