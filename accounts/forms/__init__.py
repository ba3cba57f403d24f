"""Forms of sign-in, accounts and appointments. The names here are those that settings give to django-allauth."""

from accounts.forms.sign_in import (
    ActivateForm,
    AddPasskeyForm,
    AgainForm,
    CodeAgainForm,
    CodeForm,
    SetUpAppForm,
    SignInForm,
)

__all__ = ["ActivateForm", "AddPasskeyForm", "AgainForm", "CodeAgainForm", "CodeForm", "SetUpAppForm", "SignInForm"]
