"""What a desk or a commander types: a request from paper, a need of the service, what was found of a ground."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _l

from deployment.forms.fields import UnitField, tell
from deployment.queries import lookups
from hcims.access.permissions import Permission
from hcims.ui.forms import DayField, Form

NOBODY = _l("Nobody with this number is in your area. Check the number; zeros in front count.")


class PaperForm(Form):
    """Whose paper it is; places, reasons and the family follow on pages of their own."""

    number = forms.CharField(label=_l("Service number"), max_length=20)
    kind = forms.ChoiceField(
        label=_l("What is asked for"), widget=forms.RadioSelect, initial="request",
        choices=[("request", _l("A transfer")), ("compassionate", _l("A compassionate transfer")),
                 ("emergency", _l("An emergency transfer"))],
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.on = reader, on

    def clean_number(self) -> Any:
        number = self.cleaned_data["number"].strip()
        found = lookups.officer_within_reach(self.reader, number, on=self.on, permission=Permission.PROCESS_TRANSFERS)
        if found is None:
            raise ValidationError(NOBODY)
        return found


class ProposalForm(Form):
    """A move put forward for the service, with reasons that the officer and a court read."""

    number = forms.CharField(label=_l("Service number"), max_length=20)
    kind = forms.ChoiceField(
        label=_l("Why"), widget=forms.RadioSelect, initial="service-need",
        choices=[("service-need", _l("Need of the service")),
                 ("within-command", _l("Deployment within the command: the time at the station goes on")),
                 ("emergency", _l("Emergency: safety of the public or of members of the service; reviewed afterwards"))],
    )  # fmt: skip
    to_unit = UnitField(label=_l("Where to"))
    duty = forms.ModelChoiceField(lookups.duties(), label=_l("Duty there"), required=False)
    post_skill = forms.ModelChoiceField(lookups.skills(), label=_l("Skill the post asks for"), required=False)
    report_by = DayField(label=_l("Report by"), required=False)
    reasons = forms.CharField(
        label=_l("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_l("What the service needs, in facts. The officer reads them. A transfer is no punishment."),
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.on = reader, on
        tell(self, reader=reader, on=on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = (data.pop("number", "") or "").strip()
        if number:
            data["officer"] = lookups.officer_to_propose(self.reader, number, data.get("to_unit"), on=self.on)
            if data["officer"] is None:
                self.add_error("number", NOBODY)
        return data


class CheckForm(Form):
    """What the HR desk found of a ground."""

    outcome = forms.ChoiceField(
        label=_l("The ground"), widget=forms.RadioSelect,
        choices=[("verified", _l("is confirmed by the papers")), ("refused", _l("is not accepted"))],
    )  # fmt: skip
    note = forms.CharField(
        label=_l("Which paper was seen, or why it is not accepted"), max_length=200,
        help_text=_l("The officer reads it."),
    )  # fmt: skip
