"""Putting names forward, answering a request, asking, taking a name back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import Form
from training import reasons


class NominateForm(Form):
    """Officers ticked or typed, and why they."""

    numbers = forms.CharField(
        label=_l("Other service numbers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l(
            "One a line, for officers of your area who are not on the list. Each is checked by himself or herself."
        ),
    )
    reason = forms.CharField(
        label=_l("Why they"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_l("What the unit needs it for. The institution and the officers read it."),
    )


class OnPaperForm(NominateForm):
    """The same from a paper that a commander signed: who signed, and which paper."""

    signed_by = forms.CharField(
        label=_l("Commander who signed"),
        max_length=20,
        help_text=_l("Service number. The officers below are of his or her area."),
    )
    paper = forms.CharField(
        label=_l("Paper"),
        max_length=120,
        min_length=4,
        help_text=_l("Kind, number and day, such as signal 12 of 3 May 2026"),
    )
    field_order = ("signed_by", "paper", "numbers", "reason")


class AnswerForm(Form):
    """Forward an officer's request, or say no with a reason of the list and a sentence."""

    outcome = forms.ChoiceField(
        label=_l("Your answer"),
        widget=forms.RadioSelect,
        choices=[("forward", _l("Forward it to the institution")), ("refuse", _l("Refuse it"))],
    )
    code = forms.ChoiceField(label=_l("Reason, from the list"), required=False, help_text=_l("For a refusal"))
    words = forms.CharField(
        label=_l("In your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("A refusal needs a sentence; the officer reads it."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((each.code, each.text(language)) for each in reasons.BY_COMMANDER)]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "refuse":
            if not data.get("code"):
                self.add_error("code", _("Choose a reason from the list."))
            if len(data.get("words", "").strip()) < 10:
                self.add_error("words", _("Write the reason in a sentence: the officer reads it."))
        return data

    @property
    def forwards(self) -> bool:
        """Whether it goes on."""
        return bool(self.cleaned_data["outcome"] == "forward")


class AskForm(Form):
    """An officer's own request."""

    reason = forms.CharField(
        label=_l("Why you ask for it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("Your commander and the institution read it."),
    )


class WithdrawForm(Form):
    """Taking a name back."""

    reason = forms.CharField(
        label=_l("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("In a sentence. It stays on record; the seat goes to the next in the published order."),
    )
