"""Opening accounts, and the letters that go with them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityDocument, UserKind
from accounts.queries import accounts as queries
from hcims.ui.forms import Form


class AccountsFilter(Form):
    """What the list of accounts shows."""

    q = forms.CharField(label=_("Name or sign-in name"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("waiting", _("not activated")), ("open", _("open")), ("closed", _("closed"))],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *UserKind.choices])


class OpenAccountForm(Form):
    """Somebody from outside, or a civilian member without a record of service yet."""

    kind = forms.ChoiceField(
        label=_("Who is it?"),
        choices=[
            (UserKind.OUTSIDE, _("Somebody from outside the service: signs in by e-mail")),
            (UserKind.CIVILIAN, _("A civilian member: signs in by staff number")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Officers' accounts are opened from the officer's file."),
        error_messages={"required": _("Choose one of the two.")},
    )
    full_name = forms.CharField(
        label=_("Full name"), max_length=120, error_messages={"required": _("Enter the name as it stands on papers.")}
    )
    login = forms.CharField(
        label=_("E-mail or staff number"),
        max_length=120,
        error_messages={"required": _("Enter the e-mail address, or the staff number of a civilian member.")},
    )
    language = forms.ChoiceField(
        label=_("Language of letters and messages"), choices=[("en", "English"), ("sw", "Kiswahili")], initial="en"
    )


class IssueLetterForm(Form):
    """Where the person serves decides which office may issue the letter."""

    unit = forms.CharField(
        label=_("Code of the unit where the person serves"),
        max_length=20,
        required=False,
        help_text=_("Leave empty for somebody from outside the service."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_unit(self) -> Any:
        code = self.cleaned_data["unit"]
        if not code:
            return None
        unit = queries.unit_by_code(code, on=self.on)
        if unit is None:
            raise forms.ValidationError(__("There is no open unit with this code."))
        return unit


class HandOverForm(Form):
    """Which document was seen; its number is not kept."""

    identity_document = forms.ChoiceField(
        label=_("Identity document that you have seen"),
        choices=IdentityDocument.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which document you have seen.")},
    )


class ReasonForm(Form):
    """Why an account is closed or reopened, or a letter cancelled."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, error_messages={"required": _("Say why in a few words.")}
    )
