"""Single entries in a record: a rank, a skill, a qualification, a course, a commendation, a case, an exit, a photograph."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import DayField
from organisation.models import Qualification, Rank, Skill
from personnel.files import MAX_PHOTO, photograph
from personnel.forms.base import PaperForm, RecordForm, check_past
from personnel.forms.facts import translated
from personnel.models import DisciplineState, ExitReason


class SkillChoice(forms.ModelChoiceField):
    """Skills in use, under their categories."""

    def __init__(self, **kwargs: Any) -> None:
        skills = Skill.objects.filter(in_use=True).select_related("category")
        super().__init__(skills, **kwargs)

    def grouped(self) -> list[tuple[str, Any]]:
        groups: dict[str, list[tuple[int, str]]] = {}
        for skill in self.queryset or ():
            groups.setdefault(str(skill.category), []).append((skill.pk, str(skill)))
        return [("", _("Choose a skill")), *groups.items()]


class EntryForm(PaperForm):
    """An entry with its present values, when one is being mended."""

    def prepare(self) -> None:
        for name, field in self.fields.items():
            if self.entry is not None and name != "paper":
                field.initial = getattr(self.entry, name)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "paper"}


class RankForm(PaperForm):
    rank = forms.ModelChoiceField(Rank.objects.all(), label=_l("Rank"), empty_label=_l("Choose a rank"))
    since = DayField(label=_l("Held from"))

    def clean_since(self) -> date | None:
        return check_past(self.cleaned_data["since"], self.on)


class MendRankForm(RankForm):
    """A step of the rank history with what stands there now."""

    def prepare(self) -> None:
        self.fields["rank"].initial, self.fields["since"].initial = self.entry.rank_id, self.entry.starts_on


class ReasonForm(PaperForm):
    reason = forms.CharField(label=_l("What was wrong"), max_length=200)


class SkillForm(PaperForm):
    skill = SkillChoice(label=_l("Skill"))
    level = forms.IntegerField(
        label=_l("Level"), initial=1, min_value=1, max_value=9, help_text=_l("1 where a skill has none.")
    )
    acquired_on = DayField(label=_l("Acquired on"), required=False)
    expires_on = DayField(
        label=_l("Lapses on"), required=False, help_text=_l("Empty: as the catalogue says for this skill.")
    )

    def prepare(self) -> None:
        if self.entry is not None:  # the skill itself stays: another one is another entry
            del self.fields["skill"]
            for name in ("level", "acquired_on", "expires_on"):
                self.fields[name].initial = getattr(self.entry, name)
            return
        self.fields["skill"].choices = self.fields["skill"].grouped()  # type: ignore[attr-defined]


class QualificationForm(EntryForm):
    qualification = forms.ModelChoiceField(Qualification.objects.all(), label=_l("Qualification"), empty_label="–")
    subject = forms.CharField(label=_l("Subject"), max_length=120, required=False)
    institution = forms.CharField(label=_l("Institution"), max_length=120, required=False)
    year = forms.IntegerField(label=_l("Year"), required=False)


class CourseForm(EntryForm):
    title = forms.CharField(label=_l("Course"), max_length=160)
    institution = forms.CharField(label=_l("Institution"), max_length=120, required=False)
    starts_on = DayField(label=_l("First day"), required=False)
    ends_on = DayField(label=_l("Last day"), required=False)
    result = forms.CharField(label=_l("Result"), max_length=60, required=False)


class CommendationForm(EntryForm):
    title = forms.CharField(label=_l("Commendation"), max_length=160)
    awarded_on = DayField(label=_l("Awarded on"))
    awarded_by = forms.CharField(label=_l("Awarded by"), max_length=120)

    def clean_awarded_on(self) -> date | None:
        return check_past(self.cleaned_data["awarded_on"], self.on)


class CaseForm(EntryForm):
    charge = forms.CharField(label=_l("Charge"), max_length=200)
    opened_on = DayField(label=_l("Opened on"))


class CloseCaseForm(PaperForm):
    outcome = forms.ChoiceField(label=_l("Outcome"), widget=forms.RadioSelect)
    closed_on = DayField(label=_l("Closed on"))
    punishment = forms.CharField(label=_l("Punishment"), max_length=200, required=False)
    spent_on = DayField(
        label=_l("Stops counting on"), required=False, help_text=_l("From this day the case weighs in no decision.")
    )

    def prepare(self) -> None:
        nexts = self.entry.TRANSITIONS[self.entry.state]
        labels = dict(translated(DisciplineState))
        self.fields["outcome"].choices = [(state, labels[state]) for state in DisciplineState if state in nexts]  # type: ignore[attr-defined]
        if len(nexts) == 1:
            self.fields["outcome"].initial = next(iter(nexts))


class ExitForm(PaperForm):
    exited_on = DayField(label=_l("Left on"))
    reason = forms.ChoiceField(
        label=_l("Reason"),
        choices=[each for each in translated(ExitReason) if each[0] != ExitReason.ENTERED_IN_ERROR],
        widget=forms.RadioSelect,
    )


class PhotoForm(RecordForm):
    picture = forms.FileField(
        label=_l("Photograph"),
        widget=forms.ClearableFileInput(attrs={"data-accept-words": _l("JPEG or PNG, up to 5 MB.")}),
    )
    paper = forms.CharField(
        label=_l("Where it was taken"), max_length=300, help_text=_l("For example: Kilifi HR office, 3 May 2026.")
    )

    def clean_picture(self) -> Any:
        given = self.cleaned_data["picture"]
        if given.size > MAX_PHOTO:
            raise ValidationError(_("The picture is larger than 5 MB."))
        return photograph(given)


class CheckForm(RecordForm):
    """The answer to a claim, read by the officer."""

    outcome = forms.ChoiceField(
        label=_l("Does the evidence hold?"),
        choices=[("verified", _l("Yes, it is checked")), ("refused", _l("No"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_l("Note to the officer"), max_length=200, required=False, help_text=_l("Needed when the answer is no.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "refused" and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say why: the officer reads it."))
        return cleaned
