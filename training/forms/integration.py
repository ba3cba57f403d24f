"""Forms of the integration matrix: how to look at it, marking, confirming, evidence, reasons for arrears."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from training.evidence_files import checked
from training.models import CourseKind, EvidenceKind, Need, TeachingState
from training.queries.integration import OPEN

EARLIEST = date(2020, 3, 10)  # the direction at the launch


class LookForm(Form):
    """How the matrix is looked at. All optional: a bare address is today, everything."""

    institution = forms.ChoiceField(label=_("Institution"), required=False)
    kind = forms.ChoiceField(label=_("Kind of course"), required=False)
    state = forms.ChoiceField(label=_("With a part that is"), required=False)
    arrears = forms.BooleanField(label=_("Only what is in arrears"), required=False)
    on = DayField(label=_("As of"), required=False)

    def __init__(self, asked: Any, *, today: date, institutions: list[Any]) -> None:
        super().__init__(asked)
        self.today, self.institutions = today, institutions
        names = [(each.unit.code, each.unit.name) for each in institutions]
        choices = {
            "institution": [("", _("All")), *names],
            "kind": [("", _("All")), *[each for each in CourseKind.choices if each[0] not in ("leaders", "peers")]],
            "state": [("", _("Any")), *TeachingState.choices, (OPEN, _("Taught, not confirmed"))],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not EARLIEST <= day <= self.today:
            raise forms.ValidationError(_("Choose a day from 10 March 2020, when the direction was given, to today."))
        return day

    def chosen(self) -> dict[str, Any]:
        """What was chosen and can be read."""
        self.is_valid()
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        return {**kept, "on": kept.get("on") or self.today}


class MarkForm(Form):
    """What is taught of one part."""

    state = forms.ChoiceField(label=_("This part is"), choices=TeachingState.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("Minutes in one running of the course"), min_value=0, max_value=60_000, required=False,
        help_text=_("Asked for once it is taught."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        found["minutes"] = found.get("minutes") or 0
        if found.get("state") in (TeachingState.TAUGHT, TeachingState.ASSESSED) and not found["minutes"]:
            self.add_error("minutes", _("Enter how many minutes it is given in one running of the course."))
        return found


class MarkAllForm(MarkForm):
    """The same for several parts at once."""

    parts = forms.MultipleChoiceField(label=_("Parts"), widget=forms.CheckboxSelectMultiple)
    field_order = ("parts", "state", "minutes")

    def __init__(self, *given: Any, parts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]


class EvidenceForm(Form):
    """A paper that shows that a part is planned or taught."""

    part_code = forms.ChoiceField(label=_("Part"), required=False)
    kind = forms.ChoiceField(label=_("Kind of paper"), choices=EvidenceKind.choices)
    title = forms.CharField(
        label=_("What it is"), max_length=120, help_text=_("Such as: timetable of term 3, weeks 1 to 6.")
    )
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG or PNG picture, Word (docx) or Excel (xlsx), at most 5 MB. No names of trainees.")
    )  # fmt: skip

    def __init__(self, *given: Any, parts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["part_code"].choices = [("", _("The course as a whole")), *parts]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        return checked(self.cleaned_data["file"])


class ReasonForm(Form):
    """Why a course is behind, and what would help."""

    reason = forms.CharField(label=_("Why it is behind"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    need = forms.ChoiceField(label=_("What is needed"), choices=Need.choices, widget=forms.RadioSelect)
    need_words = forms.CharField(
        label=_("In words"),
        max_length=200,
        required=False,
        help_text=_("Such as: two certified instructors for term 1."),
    )
    expected_on = DayField(label=_("Will be carried out by"))
