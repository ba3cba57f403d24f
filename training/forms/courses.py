"""Forms about courses: the catalogue, drafts of versions, conditions of entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from organisation.models import Qualification, Rank, Skill
from training import lengths
from training.forms.institutions import PAPER
from training.models import ConditionKind, Course, CourseKind, EntryCondition, Programme
from training.queries.choices import skills_to_teach

SPARE = 4  # empty rows of an editor


class CourseFilters(Form):
    """What the catalogue is narrowed to."""

    q = forms.CharField(label=_("Name or code"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *CourseKind.choices], required=False)
    skill = forms.ModelChoiceField(
        Skill.objects.none(), label=_("Gives the skill"), empty_label=_("Any"), required=False
    )
    state = forms.ChoiceField(label=_("Only those"), required=False)

    def __init__(self, *args: Any, writes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills_to_teach()  # type: ignore[attr-defined]
        begun = [("submitted", _("with a version that waits")), ("draft", _("with a draft"))] if writes else []
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("In use")), ("no-version", _("without an approved version")), ("not-given", _("given nowhere")), *begun,
            ("ended", _("All, those given up too")),
        ]  # fmt: skip


class CourseForm(Form):
    """What the catalogue says of a course."""

    name_en = forms.CharField(label=_("Name"), max_length=120)
    name_sw = forms.CharField(label=_("Name in Kiswahili"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=CourseKind.choices)
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label=_("Programme that it is"), required=False, empty_label=_("None"),
        help_text=_("Only where the course itself is a programme, such as the training of peer-to-peer supporters."),
    )  # fmt: skip
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=9999, initial=500)
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)
    paper = forms.CharField(label=PAPER, max_length=200)


class NewCourseForm(CourseForm):
    code = forms.SlugField(
        label=_("Code"), max_length=30,
        help_text=_("Small letters and hyphens, such as crime-scene. It stands on certificates and never changes."),
    )  # fmt: skip
    field_order = ("code",)


class VersionForm(Form):
    """The facts of a course version."""

    starts_on = DayField(label=_("Taught from"), help_text=_("The version before ends on that day."))
    days = forms.IntegerField(label=_("Days from first to last"), min_value=1, max_value=1500)
    assessment = forms.CharField(label=_("Assessment"), max_length=300, required=False)
    pass_mark = forms.IntegerField(
        label=_("Pass mark, of 100"), min_value=0, max_value=100, required=False,
        help_text=_("Leave empty where trainees pass or do not, without a mark."),
    )  # fmt: skip
    attendance_share = forms.IntegerField(
        label=_("Attendance needed, of 100"), min_value=0, max_value=100, required=False,
        help_text=_("Leave empty for the service's own rule."),
    )  # fmt: skip
    authority = forms.CharField(label=PAPER, max_length=200)
    note = forms.CharField(label=_("What is new"), max_length=300, required=False)


class UnitRow(Form):
    """A unit of a draft. A row without a title is left out."""

    ref = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Unit"), max_length=160, required=False)
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_value=9999, decimal_places=2, required=False)
    assessment = forms.CharField(label=_("How it is assessed"), max_length=120, required=False)
    carries = forms.ChoiceField(label=_("Part it carries"), required=False)

    def __init__(self, *args: Any, parts: list[tuple[Programme, list[Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {each.code: each for each, _parts in parts}
        groups = [(str(each), [(f"{each.code}/{part.code}", str(part)) for part in rows]) for each, rows in parts]
        known = {key for _group, rows in groups for key, _name in rows}
        now = self.initial.get("carries", "")
        extra = [(now, now.split("/")[-1])] if now and now not in known else []  # a part that a later version dropped
        self.fields["carries"].choices = [("", "–"), *groups, *extra]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("title") and said.get("hours") is None and "hours" not in self.errors:
            self.add_error("hours", _("Say how many hours it takes."))
        if not said.get("title") and (said.get("hours") or said.get("carries")):
            self.add_error("title", _("Give the unit a title, or empty its row."))
        return said

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        programme, _slash, part = said["carries"].partition("/")
        return {
            "ref": said["ref"], "title": said["title"], "minutes": lengths.minutes(said["hours"]),
            "assessment": said["assessment"], "programme": self.programmes.get(programme), "part_code": part,
        }  # fmt: skip


class GivenRow(Form):
    """What passing gives: a skill, or a place before a board. An empty row is left out."""

    what = forms.ChoiceField(label=_("What"), required=False)
    level = forms.IntegerField(label=_("Level"), min_value=1, max_value=5, required=False)
    months = forms.IntegerField(
        label=_("Counts for, in months"), min_value=1, max_value=600, required=False,
        help_text=_("Empty: as the catalogue of skills says."),
    )  # fmt: skip

    def __init__(self, *args: Any, skills: list[Skill], ranks: list[Rank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things: dict[str, Any] = {f"skill/{each.pk}": each for each in skills}
        self.things |= {f"eligibility/{each.pk}": each for each in ranks}
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            (_("A skill"), [(f"skill/{each.pk}", str(each)) for each in skills]),
            (_("May be considered by a board for"), [(f"eligibility/{each.pk}", str(each)) for each in ranks]),
        ]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said, kind = self.cleaned_data, self.cleaned_data["what"].partition("/")[0]
        thing = self.things[said["what"]]
        if kind == "eligibility":
            return {"kind": kind, "rank": thing}
        return {"kind": kind, "skill": thing, "level": said["level"] or 1, "months": said["months"]}


def unit_rows(data: Any, version: Any, parts: Any) -> Any:
    """The units of a draft as rows to edit, with empty ones below."""
    initial = [
        {"ref": each.ref, "title": each.title, "hours": lengths.hours(each.minutes), "assessment": each.assessment,
         "carries": f"{each.programme.code}/{each.part_code}" if each.programme else ""}
        for each in version.units.all()
    ]  # fmt: skip
    made = forms.formset_factory(UnitRow, extra=SPARE, max_num=200)
    return made(data, prefix="units", initial=initial, form_kwargs={"parts": parts})


def given_rows(data: Any, version: Any) -> Any:
    """What passing gives as rows to edit."""
    skills, ranks = list(skills_to_teach()), list(Rank.objects.all())
    initial = [
        {"what": f"{each.kind}/{each.skill_id or each.rank_id}", "level": each.level, "months": each.months}
        for each in version.gives.all()
    ]
    made = forms.formset_factory(GivenRow, extra=2, max_num=20)
    return made(data, prefix="gives", initial=initial, form_kwargs={"skills": skills, "ranks": ranks})


class ConditionForm(Form):
    """A condition of entry: what is asked, from when, and on what it rests."""

    kind = forms.ChoiceField(label=_("Condition"), choices=ConditionKind.choices)
    value = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=600, required=False, help_text=_("Years, months, or how many papers.")
    )
    rank = forms.ModelChoiceField(
        Rank.objects.all(), label=_("Rank"), required=False, empty_label="–",
        help_text=_("With years in the rank: asked only of those who hold this one."),
    )  # fmt: skip
    skill = forms.ModelChoiceField(Skill.objects.none(), label=_("Skill"), required=False, empty_label="–")
    qualification = forms.ModelChoiceField(
        Qualification.objects.all(), label=_("Paper"), required=False, empty_label="–"
    )
    passed = forms.ModelChoiceField(
        Course.objects.filter(in_use=True), label=_("Course passed"), required=False, empty_label="–"
    )
    starts_on = DayField(label=_("In force from"))
    legal_basis = forms.CharField(label=_("Legal basis (law, order, circular, date)"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills_to_teach()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if kind := said.get("kind"):
            needed = EntryCondition.NEEDS[ConditionKind(kind)]
            if needed not in self.errors and said.get(needed) is None:
                self.add_error(needed, _("This condition needs it: say what is asked for."))
            if kind == ConditionKind.PAPER and said.get("value") is None:
                said["value"] = 1
        return said


class NoteForm(Form):
    """A word with a decision."""

    note = forms.CharField(
        label=_("What there is to say"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
