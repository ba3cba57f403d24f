"""Proposing an appointment, deciding on it, ending it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from accounts import logins
from accounts.queries import appointments as queries
from hcims.access.roles import ROLES
from hcims.ui.forms import DayField, Form


class Suggesting(forms.TextInput):
    """A box that offers what fits while one types: a datalist filled from an address of ours."""

    def __init__(self, list_id: str, url: str) -> None:
        super().__init__(
            attrs={
                "list": list_id, "autocomplete": "off", "spellcheck": "false", "hx-get": url, "hx-target": f"#{list_id}",
                "hx-trigger": "input changed delay:250ms", "hx-swap": "innerHTML",
            }
        )  # fmt: skip


class ProposeForm(Form):
    """Who, which role, where, from when to when, on what paper."""

    person = forms.CharField(
        label=_("Staff number or e-mail of the person"),
        max_length=120,
        widget=Suggesting("people", "/appointments/people/"),
        error_messages={"required": _("Enter the staff number, or the e-mail of somebody from outside.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", "")],
        error_messages={"required": _("Choose a role.")},
    )
    unit = forms.CharField(
        label=_("Code of the unit"),
        max_length=20,
        widget=Suggesting("units", "/appointments/units/"),
        error_messages={"required": _("Enter the code of the unit, such as NPS for the whole service.")},
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Leave empty when it has no end yet."))
    authority = forms.CharField(
        label=_("Authority"),
        max_length=200,
        help_text=_("The paper it rests on: office, number, date."),
        error_messages={"required": _("Enter the paper it rests on.")},
    )

    def __init__(self, *args: Any, by: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.on = by, on
        roles = [(code, __(role.name)) for code, role in ROLES.items() if code != "officer"]
        self.fields["role"].choices = [("", ""), *roles]  # type: ignore[attr-defined]

    def clean_person(self) -> Any:
        person = queries.person_by_login(logins.normalise(self.cleaned_data["person"]))
        if person is None:
            raise forms.ValidationError(
                __("Nobody with an open account has this number or e-mail. Open the account first, then propose.")
            )
        return person

    def clean_unit(self) -> Any:
        code = self.cleaned_data["unit"].strip()
        unit = queries.units_to_propose_at(self.by, on=self.on).filter(code__iexact=code).first()
        if unit is None:
            raise forms.ValidationError(__("There is no such unit among those for which you propose."))
        return unit


class ReasonForm(Form):
    """A reason in a sentence, for those who read it later."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why in a sentence; it is kept with the decision.")},
    )


class ApproveForm(Form):
    """A note is welcome, not needed."""

    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class EndForm(Form):
    """The last day, and why."""

    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, error_messages={"required": _("Say why in a few words.")}
    )
