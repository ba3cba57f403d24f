"""Signing in and out, activating an account, and being asked again."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, lockout, second_factor
from accounts.forms import ActivateForm
from accounts.queries import rules
from accounts.queries.factors import factors_of
from accounts.signing import sign_in_now
from hcims.access.guards import opens_before_second_factor, opens_to_everyone
from hcims.errors import RuleBroken
from hcims.ui.forms import status_of


class SignIn(LoginView):  # type: ignore[misc]
    """Staff number or e-mail, and password; or a passkey alone."""

    template_name = "accounts/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """The second factor of somebody whose password was right."""

    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "factors": factors_of(self.stage.login.user)}

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SignOut(LogoutView):  # type: ignore[misc]
    """Asks before it signs out; the menu's button does it at once."""

    template_name = "accounts/sign_out.html"


class PasswordAgain(ReauthenticateView):  # type: ignore[misc]
    """The password once more, before something that matters."""

    template_name = "accounts/again.html"


class CodeAgain(CodeAgainView):  # type: ignore[misc]
    """A one-time code once more, before something that matters."""

    template_name = "accounts/again.html"


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more, before something that matters."""

    template_name = "accounts/again_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


sign_in = opens_to_everyone(SignIn.as_view())
sign_in_by_passkey = opens_to_everyone(LoginWebAuthnView.as_view())
second_step = opens_to_everyone(SecondStep.as_view())
sign_out = opens_before_second_factor(SignOut.as_view())
password_again = opens_before_second_factor(method_decorator(never_cache, name="dispatch")(PasswordAgain).as_view())
code_again = opens_before_second_factor(method_decorator(never_cache, name="dispatch")(CodeAgain).as_view())
passkey_again = opens_before_second_factor(method_decorator(never_cache, name="dispatch")(PasskeyAgain).as_view())


@opens_to_everyone
def signed_out(request: HttpRequest) -> HttpResponse:
    """Where signing out leads."""
    return render(request, "ui/signed_out.html")


@opens_to_everyone
@never_cache
@sensitive_post_parameters("code", "password")
def activate(request: HttpRequest) -> HttpResponse:
    """The code of a letter, and the password that its owner chooses."""
    if request.user.is_authenticated:
        return redirect("accounts:account")
    form = ActivateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"]
        if lockout.is_locked(request, login):
            return lockout.page(request)
        try:
            user = actions.activate(
                login=login,
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                at=request.now,  # type: ignore[attr-defined]
            )
        except actions.WrongCode as refusal:
            actions.note_wrong_code(login=login)
            lockout.note_failure(request, login)
            form.add_error(None, refusal.message)
        except RuleBroken as refusal:
            form.add_error("password", refusal.message)
        else:
            return _first_sign_in(request, user)
    context = {"form": form, "minimum": rules.password_minimum(on=request.today)}  # type: ignore[attr-defined]
    return render(request, "accounts/activate.html", context, status=status_of(form))


def _first_sign_in(request: HttpRequest, user: Any) -> HttpResponse:
    compelled = second_factor.is_compulsory(user, request.today)  # type: ignore[attr-defined]
    where = reverse("accounts:second_factor") if compelled else reverse("accounts:account")
    return sign_in_now(request, user, where)
