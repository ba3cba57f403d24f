"""What officers send in: corrections they ask for, skills they claim, what they say of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import DayField, Form
from personnel import files
from personnel.forms.base import RecordForm
from personnel.forms.entries import SkillChoice

SECTIONS = [
    ("names", _l("Names, number, sex or birth")),
    ("service", _l("Enlistment, rank or rank history")),
    ("posting", _l("Unit, duty or postings")),
    ("skills", _l("Skills, qualifications or courses")),
    ("family", _l("Family")),
    ("identity", _l("Identity, contact or bank")),
    ("conduct", _l("Commendations or discipline")),
    ("other", _l("Something else")),
]
EVIDENCE = {"data-accept-words": _l("A photograph (JPEG, PNG) or a PDF, up to 5 MB.")}


def section_label(code: str) -> Any:
    """A section in words; an unknown code as it is."""
    return dict(SECTIONS).get(code, code)


def clean_evidence(given: Any) -> Any:
    """The file as it is kept, or nothing. Errors: ValidationError."""
    return files.evidence(given) if given else None


class CorrectionForm(RecordForm):
    section = forms.ChoiceField(label=_l("What is it about?"), choices=SECTIONS, widget=forms.RadioSelect)
    what_is_wrong = forms.CharField(
        label=_l("What is wrong on the record?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    should_be = forms.CharField(
        label=_l("What should it be?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.FileField(
        label=_l("Photograph of the paper"), required=False, widget=forms.ClearableFileInput(attrs=EVIDENCE)
    )

    def clean_evidence(self) -> Any:
        return clean_evidence(self.cleaned_data["evidence"])


class ClaimForm(RecordForm):
    skill = SkillChoice(label=_l("Skill"))
    level = forms.IntegerField(
        label=_l("Level"), initial=1, min_value=1, max_value=9, help_text=_l("1 where a skill has none.")
    )
    acquired_on = DayField(label=_l("Date on the certificate"), required=False)
    source = forms.CharField(
        label=_l("Which certificate is it?"), max_length=200, required=False,
        help_text=_l("Kind, number and date. Needed when you send no photograph."),
    )  # fmt: skip
    evidence = forms.FileField(
        label=_l("Photograph of the certificate"), required=False, widget=forms.ClearableFileInput(attrs=EVIDENCE)
    )

    def prepare(self) -> None:
        self.fields["skill"].choices = self.fields["skill"].grouped()  # type: ignore[attr-defined]

    def clean_evidence(self) -> Any:
        return clean_evidence(self.cleaned_data["evidence"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("evidence") and len(cleaned.get("source", "").strip()) < 3:
            raise ValidationError(_("Send a photograph of the certificate, or say which certificate it is."))
        return cleaned


class AnswerForm(Form):
    outcome = forms.ChoiceField(
        label=_l("Answer"),
        choices=[("made", _l("The record is corrected")), ("refused", _l("The record stands"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_l("In words, for the officer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_l("What was corrected and on what paper, or why the record stands."),
    )  # fmt: skip


class BackgroundForm(Form):
    """Asked in the officer's own words; nothing here is compulsory."""

    ethnicity = forms.CharField(label=_l("Ethnic community, as you call it"), max_length=60, required=False)
    has_disability = forms.TypedChoiceField(
        label=_l("Do you have a disability?"),
        choices=[("", _l("I would rather not say")), ("yes", _l("Yes")), ("no", _l("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    consents = forms.BooleanField(
        label=_l("I agree that this is kept, and counted without my name in Parliament's yearly report"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = cleaned.get("ethnicity", "").strip() or cleaned.get("has_disability") is not None
        if said and not cleaned.get("consents"):
            self.add_error("consents", _("Without your consent nothing is kept. Tick it, or leave the answers empty."))
        return cleaned
