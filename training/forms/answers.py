"""Drawing slips and drafting surveys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from training.models import AskedWhen, Programme

MOST = 10  # questions: more are not answered on a phone


class DrawForm(Form):
    """What a cohort is asked, and until when."""

    asked = forms.ChoiceField(label=_("What is asked"), choices=AskedWhen.choices, widget=forms.RadioSelect)
    last_on = DayField(label=_("Last day on which answers are taken"))

    def __init__(self, *given: Any, left: list[str], **more: Any) -> None:
        super().__init__(*given, **more)
        field: Any = self.fields["asked"]
        field.choices = [each for each in AskedWhen.choices if each[0] in left]


class SurveyForm(Form):
    """A survey: statements that are answered from 1 (not at all) to 5 (very much)."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    title_en = forms.CharField(label=_("Title"), max_length=120)
    title_sw = forms.CharField(label=_("Title in Kiswahili"), max_length=120)
    source = forms.CharField(
        label=_("Source of the questions"), max_length=200, help_text=_("Who wrote them, and by what licence they may be used.")
    )  # fmt: skip

    def __init__(self, *given: Any, kept: list[tuple[str, str]] | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        field: Any = self.fields["programme"]
        field.queryset = Programme.objects.all()
        for number in range(1, MOST + 1):
            en, sw = kept[number - 1] if kept and number <= len(kept) else ("", "")
            words = {"number": number}
            self.fields[f"en_{number}"] = forms.CharField(
                label=_("Statement %(number)d") % words, max_length=200, required=False, initial=en
            )
            self.fields[f"sw_{number}"] = forms.CharField(
                label=_("Statement %(number)d in Kiswahili") % words, max_length=200, required=False, initial=sw
            )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        pairs = [(found.pop(f"en_{n}", ""), found.pop(f"sw_{n}", ""), n) for n in range(1, MOST + 1)]
        for en, sw, number in pairs:
            if bool(en) != bool(sw):
                missing = f"sw_{number}" if en else f"en_{number}"
                self.add_error(missing, _("A statement stands in both languages: trainees choose on the phone."))
        found["questions"] = [(en, sw) for en, sw, _n in pairs if en and sw]
        if not found["questions"]:
            self.add_error("en_1", _("Enter at least one statement."))
        return found
