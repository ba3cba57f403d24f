"""First days, results, and what is corrected about a trainee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import Form
from training import reasons
from training.actions.results import Line


class CallForm(Form):
    """Calling trainees: a reason where the letters go out after their day, and nothing otherwise."""

    late_reason = forms.CharField(
        label=_l("Why the letters go out late"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("In a sentence; it stays on record with the cohort."),
    )

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"]


class RefusalForm(Form):
    """A reason of the closed list and a sentence; the officer reads both."""

    code = forms.ChoiceField(label=_l("Reason, from the list"))
    words = forms.CharField(
        label=_l("In your own words"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("The officer reads them, with where to turn."),
    )

    def __init__(self, *args: Any, among: list[reasons.Reason], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "–"), *((each.code, each.text(language)) for each in among)]  # type: ignore[attr-defined]


class ResultsForm(Form):
    """Mark or result of every trainee who joined, in one table; an empty line is left for later."""

    paper = forms.CharField(
        label=_l("Result list it is entered from"),
        max_length=120,
        required=False,
        help_text=_l("Kind, number and day of the paper, where there is one"),
    )

    def __init__(self, *args: Any, trainees: list[Any], has_mark: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trainees, self.has_mark = trainees, has_mark
        for each in trainees:
            label = str(each.officer)
            self.fields[f"mark-{each.ref}"] = (
                forms.IntegerField(
                    label=_("Mark of %(officer)s") % {"officer": label}, min_value=0, max_value=100, required=False
                )
                if has_mark
                else forms.ChoiceField(
                    label=_("Result of %(officer)s") % {"officer": label},
                    required=False,
                    choices=[("", "–"), ("yes", _("passed")), ("no", _("not passed"))],
                )
            )
            self.fields[f"note-{each.ref}"] = forms.CharField(
                label=_("Note on %(officer)s") % {"officer": label}, max_length=200, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The trainee with the two boxes."""
        return [(each, self[f"mark-{each.ref}"], self[f"note-{each.ref}"]) for each in self.trainees]

    @property
    def lines(self) -> list[Line]:
        """What was filled in."""
        found = []
        for each in self.trainees:
            value, note = self.cleaned_data.get(f"mark-{each.ref}"), self.cleaned_data.get(f"note-{each.ref}", "")
            if value in (None, ""):
                continue
            found.append(
                Line(each, mark=value, note=note) if self.has_mark else Line(each, passed=value == "yes", note=note)
            )
        return found


class CorrectionForm(Form):
    """Another result in place of a wrong one."""

    mark = forms.IntegerField(label=_l("Mark"), min_value=0, max_value=100, required=False)
    passed = forms.ChoiceField(
        label=_l("Result"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", _l("passed")), ("no", _l("not passed"))],
    )
    paper = forms.CharField(label=_l("Paper"), max_length=120, help_text=_l("Its kind, number and day"))
    note = forms.CharField(
        label=_l("Why the result was wrong"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("The officer reads it."),
    )

    def __init__(self, *args: Any, has_mark: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passed" if has_mark else "mark"]

    @property
    def result(self) -> dict[str, Any]:
        """Mark or result, as the action takes it."""
        if "mark" in self.fields:
            return {"mark": self.cleaned_data["mark"]}
        said = self.cleaned_data["passed"]
        return {"passed": None if not said else said == "yes"}
