"""What people change about their own sign-in."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import passwords
from accounts.forms.sign_in import PasswordInput
from hcims.ui.forms import Form


class LanguageForm(Form):
    """The language of pages, letters and messages."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class PasswordForm(Form):
    """The present password and the next one. The next is typed once, in sight if one likes."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=passwords.LONGEST,
        widget=PasswordInput("current-password"),
        error_messages={"required": _("Enter your present password.")},
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=10_000,
        widget=PasswordInput("new-password"),
        error_messages={"required": _("Choose a password.")},
    )


class PhoneForm(Form):
    """The number that messages go to."""

    phone = forms.CharField(
        label=_("New telephone number"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Enter a telephone number, such as 0712 345 678.")},
    )
