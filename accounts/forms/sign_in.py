"""Signing in, activating, and showing or setting up a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import lockout, logins, passwords
from hcims.ui.forms import Form, HouseMarkup


class PasswordInput(forms.PasswordInput):
    """Typed blind, or in sight at the press of a button; pasting and password managers are welcome (ASVS 5.0, 6.2.6, 6.2.7)."""

    def __init__(self, autocomplete: str) -> None:
        attrs = {"autocomplete": autocomplete, "data-sight": "", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(attrs=attrs)


class NameInput(forms.TextInput):
    """A staff number or an e-mail address; no correction by the keyboard."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})


class CodeInput(forms.TextInput):
    """Figures of a one-time code; telephones offer the code that just came in."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"})


class SignInForm(HouseMarkup, LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Staff number or e-mail"),
            max_length=lockout.LONGEST_NAME,
            widget=NameInput(),
            error_messages={
                "required": _("Enter your staff number, or your e-mail address if you are not a member of the service.")
            },
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            max_length=passwords.LONGEST,
            widget=PasswordInput("current-password"),
            error_messages={"required": _("Enter your password.")},
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        return logins.normalise(self.cleaned_data["login"])


class AgainForm(HouseMarkup, ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            max_length=passwords.LONGEST,
            widget=PasswordInput("current-password"),
            error_messages={"required": _("Enter your password.")},
        )


class LockedCode(HouseMarkup):
    """A one-time code: counted by axes like a password, by name and address together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(  # type: ignore[attr-defined]
            label=_("Code"),
            max_length=40,
            widget=CodeInput(),
            error_messages={"required": _("Enter the code.")},
        )

    def clean_code(self) -> str:
        request, user = context.request, self.user  # type: ignore[attr-defined]
        if lockout.is_locked(request, user.login):
            lockout.lock(request)
            raise ValidationError(_("Too many wrong codes. Wait a while, then try again."))
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            lockout.note_failure(request, user.login)
            raise
        return code


class CodeForm(LockedCode, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(LockedCode, SecondFactorAgainForm):
    """A code once more, before something that matters."""


class SetUpAppForm(HouseMarkup, ActivateTOTPForm):
    """The first code of an authenticator app: proof that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code that the app shows"),
            max_length=12,
            widget=CodeInput(),
            error_messages={"required": _("Enter the six figures that the app shows now.")},
        )


class AddPasskeyForm(HouseMarkup, AddWebAuthnForm):
    """A name for a passkey; the rest is between browser and device. A passkey here is always good for signing in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(
            label=_("Name of this passkey"), max_length=60, required=False, initial=self.initial.get("name")
        )


class ActivateForm(Form):
    """Name and code from the letter, and the new password."""

    login = forms.CharField(
        label=_("Staff number or e-mail"),
        max_length=lockout.LONGEST_NAME,
        widget=NameInput(),
        error_messages={"required": _("Enter the sign-in name that stands in your letter.")},
    )
    code = forms.CharField(
        label=_("Code from your letter"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code that stands in your letter.")},
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=10_000,  # a longer one than allowed is told so, not cut off
        widget=PasswordInput("new-password"),
        error_messages={"required": _("Choose a password.")},
    )

    def clean_login(self) -> str:
        return logins.normalise(self.cleaned_data["login"])
