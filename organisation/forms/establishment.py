"""Forms of establishment: what to show, a version's facts, which part of the grid, and a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.access.permissions import Permission
from hcims.ui.forms import DayField, Form
from organisation.forms.fields import UnitField
from organisation.models import Baseline, EstablishmentVersion, VersionState
from organisation.queries import grid
from organisation.queries.catalogue import ranks, skills_in_use

BOTH = "both"


class EstablishmentFilter(Form):
    """Which command, which baseline, which day, which versions."""

    area = UnitField(label=_("Command"), required=False, help_text=_("Its code, or its name."))
    baseline = forms.ChoiceField(
        label=_("Baseline"), required=False, choices=[("", _("Both side by side")), *Baseline.choices]
    )
    state = forms.ChoiceField(
        label=_("Versions"), required=False, choices=[("", _("All versions")), *VersionState.choices]
    )
    on = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].for_reader(user, on=today)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What was asked; a filter that makes no sense is left out and said beside it."""
        self.is_valid()
        return self.cleaned_data


class VersionForm(Form):
    """What a version is about, and by what authority."""

    unit = UnitField(
        label=_("For which command?"),
        help_text=_("The version may change this unit and all below it. Its code, or its name."),
    )
    baseline = forms.ChoiceField(label=_("Baseline"), choices=Baseline.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("For example: New stations, Kilifi, 2026."))
    authority = forms.CharField(
        label=_("By what authority?"), max_length=200, help_text=_("The paper, its number and its date.")
    )
    effective_on = DayField(label=_("In force from"))

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].for_reader(  # type: ignore[attr-defined]
            user, on=today, permission=Permission.PROPOSE_ESTABLISHMENT
        )


class ReviseForm(VersionForm):
    """Title, paper and day of a draft; its command and baseline stay."""

    unit = None  # type: ignore[assignment]
    baseline = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        Form.__init__(self, *args, **kwargs)


class GridForm(Form):
    """Which units stand in the grid, and which ranks and skills."""

    rows = forms.ChoiceField(label=_("Units"), required=False)
    columns = forms.MultipleChoiceField(label=_("Ranks"), required=False, widget=forms.CheckboxSelectMultiple)
    skill_rank = forms.ChoiceField(label=_("Add posts of a skill: rank"), required=False)
    skill = forms.ChoiceField(label=_("Skill"), required=False)

    def __init__(self, *args: Any, version: EstablishmentVersion, shown: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [(each.code, f"{each.code} – {each}") for each in ranks()]
        with_skill = [(key, key.replace("/", " · ")) for key in shown if "/" in key]
        skills = [(each.code, f"{each.category}: {each}") for each in skills_in_use()]
        self.fields["rows"].choices = grid.row_choices(version)  # type: ignore[attr-defined]
        self.fields["columns"].choices = [*codes, *with_skill]  # type: ignore[attr-defined]
        self.fields["skill_rank"].choices = [("", "–"), *codes]  # type: ignore[attr-defined]
        self.fields["skill"].choices = [("", "–"), *skills]  # type: ignore[attr-defined]


class DecisionForm(Form):
    """A word with a decision; sending back and withdrawing need one."""

    note = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you send the version back or withdraw it; the drafter reads it."),
    )  # fmt: skip


class TableForm(Form):
    """A whole table, copied with its headings."""

    block = forms.CharField(
        label=_("The table, with its headings"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off", "class": "tabular"}),
        help_text=_(
            "Units down the first column (code or name), ranks across the first row (PC, CPL, SGT …; PC/driving-b for a rank "
            "with a skill). Copy it in Excel and paste it here. A blank cell changes nothing; 0 takes the posts away."
        ),
    )
