"""A person's own account, made for the telephone first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import actions, lockout, second_factor, sessions
from accounts.forms.oneself import LanguageForm, PasswordForm, PhoneForm
from accounts.queries import oneself, rules
from accounts.queries.factors import factors_of
from hcims.access.guards import opens_to_signed_in
from hcims.errors import RuleBroken
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("My account"), "/account/"), (last, "")]


@opens_to_signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own sign-in on one page, each with its way to change it."""
    user: Any = request.user
    on, at = request.today, request.now  # type: ignore[attr-defined]
    context = {
        "language_form": LanguageForm(initial={"language": user.language}),
        "factors": factors_of(user),
        "is_compulsory": second_factor.is_compulsory(user, on),
        "sittings": sessions.sittings_of(user, at=at, this_key=request.session.session_key),
        "phone": oneself.masked(user.phone),
        "phone_change": oneself.waiting_phone_change(user),
        "appointments": oneself.appointments_of(user, on=on),
        "megabytes": oneself.data_used_this_month(user, on=on),
    }
    return render(request, "accounts/account.html", context)


@opens_to_signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the language for letters and messages, and turns the pages to it."""
    form = LanguageForm(request.POST)
    response = redirect("accounts:account")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        actions.choose_language(language=chosen, by=request.user)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", max_age=31_536_000)
        with translation.override(chosen):
            notices.done(request, _("The language is kept."))
    return response


@opens_to_signed_in
@never_cache
@sensitive_post_parameters("old", "new")
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session ends."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if lockout.is_locked(request, request.user.login):  # type: ignore[union-attr]
            return lockout.page(request)
        before = request.session.session_key
        try:
            user = actions.change_password(
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                by=request.user,
                at=request.now,  # type: ignore[attr-defined]
                this_session=before,
            )
        except actions.WrongPassword as refusal:
            lockout.note_failure(request, request.user.login)  # type: ignore[union-attr]
            form.add_error("old", refusal.message)
        except RuleBroken as refusal:
            form.add_error("new", refusal.message)
        else:
            update_session_auth_hash(request, user)
            sessions.moved(before, request.session.session_key)
            notices.done(request, _("The password is changed. Other devices were signed out."))
            return redirect("accounts:account")
    context = {
        "form": form,
        "minimum": rules.password_minimum(on=request.today),  # type: ignore[attr-defined]
        "crumbs": _crumbs(_("Password")),
    }
    return render(request, "accounts/password.html", context, status=status_of(form))


@opens_to_signed_in
@never_cache
def sittings(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; a POST ends all sessions but this one."""
    user: Any = request.user
    at, key = request.now, request.session.session_key  # type: ignore[attr-defined]
    if request.method == "POST":
        count = actions.end_other_sessions(by=user, at=at, this_session=key)
        said = ngettext("Signed out on %(count)s other device.", "Signed out on %(count)s other devices.", count)
        notices.done(request, said % {"count": count})
        return redirect("accounts:sessions")
    context = {
        "sittings": sessions.sittings_of(user, at=at, this_key=key),
        "crumbs": _crumbs(_("Devices")),
    }
    return render(request, "accounts/sessions.html", context)


@opens_to_signed_in
@never_cache
def phone(request: HttpRequest) -> HttpResponse:
    """The number that messages go to, and a change of it that waits."""
    user: Any = request.user
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form, "phone"):
            change = actions.ask_phone_change(phone=form.cleaned_data["phone"], by=user, at=request.now)  # type: ignore[attr-defined]
            if change is None:
                notices.done(request, _("Messages go to this number from now on."))
            else:
                notices.done(request, _("The change waits. A warning goes to your present number."))
            return redirect("accounts:phone")
    change = oneself.waiting_phone_change(user)
    context = {
        "form": form,
        "phone": oneself.masked(user.phone),
        "change": change,
        "new_phone": oneself.masked(change.new_phone) if change else "",
        "hours": oneself.phone_wait_hours(on=request.today),  # type: ignore[attr-defined]
        "crumbs": _crumbs(_("Telephone")),
    }
    return render(request, "accounts/phone.html", context, status=status_of(form))


@opens_to_signed_in
@require_POST
def stop_phone_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Stops one's own change of number: it may have been somebody else who asked for it."""
    change = oneself.own_phone_change(request.user, ref)  # type: ignore[arg-type]
    actions.stop_phone_change(change=change, by=request.user, at=request.now)  # type: ignore[attr-defined]
    notices.done(request, _("Stopped. If it was not you who asked for it, change your password now."))
    return redirect("accounts:phone")


@opens_to_signed_in
@never_cache
def data_use(request: HttpRequest) -> HttpResponse:
    """How much was sent to the reader, by month."""
    user: Any = request.user
    months = oneself.data_used(user, on=request.today)  # type: ignore[attr-defined]
    return render(request, "accounts/data_use.html", {"months": months, "crumbs": _crumbs(_("Data used"))})
