"""What django-allauth is told to do our way."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import lockout, passwords, presence, sessions
from hcims import encryption
from hcims.errors import RuleBroken

RECENT = 10 * 60  # seconds after signing in during which nobody is asked again who he or she is
MISMATCH = gettext_lazy(
    "This name and password do not open an account. Check both. If the account was never activated, use the letter with "
    "your one-time code; if the password is lost, ask HR for a reset letter."
)


def displayed(user: Any) -> str:
    """How allauth shows a user."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by name and password: no sign-up, no mails, one sentence for whatever does not fit."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "account_inactive": MISMATCH,
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("Enter your present password."),
        "incorrect_code": gettext_lazy("This code is not right, or it was used already. Enter the newest one."),
        "too_many_login_attempts": gettext_lazy("Too many wrong codes. Wait five minutes, then try again."),
        "rate_limited": gettext_lazy("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return lockout.address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: axes counts wrong passwords, by name and address together."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user behind the credentials. A closed account is like none at all, right password or wrong."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def clean_password(self, password: str, user: Any = None) -> str:
        """Errors: a validation error saying how to mend the password."""
        try:
            passwords.check(password, user, on=self.request.today)
        except RuleBroken as error:
            raise ValidationError(error.message) from error
        return password

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The answer to a sign-in that is complete; the language of the account where the browser has chosen none."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        presence.begin(request, user)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", max_age=31_536_000)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Signs out, and takes the session off the list of sessions."""
        sessions.forget(request.session.session_key)
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: our pages say themselves what was done."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: what leaves the system by mail is sent by hcims.notify, and never says what it is about."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not right after signing in: the same answer twice within minutes proves nothing new."""
        records = get_authentication_records(self.request, self.request.user)
        now = self.request.now.timestamp()
        return not any(now - each["at"] < RECENT for each in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The second factor where there is one: a password alone may be in other hands."""
        methods = super().get_reauthentication_methods(user)
        stronger = [each for each in methods if each["id"] != "reauthenticate"]
        return stronger or methods


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time codes and passkeys: secrets encrypted, and names of ours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.login)

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a passkey, which its owner may change."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What the reader's device keeps beside the passkey: the name in full, so that he or she can tell accounts apart."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.full_name}
