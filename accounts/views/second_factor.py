"""Second factors: the page of them, setting up an app or a passkey, recovery codes, removing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from accounts import actions, second_factor
from accounts.policies.factors import check_can_remove
from accounts.queries.factors import factors_of, own_factor
from accounts.sessions import rotate
from hcims.access.guards import opens_before_second_factor
from hcims.ui import notices

View = Callable[..., HttpResponse]


def for_setting_up(view: View) -> View:
    """Decorator: a page on which a second factor is set up. Who has one already must have shown it in this sitting.

    Otherwise a password in other hands would be enough to add a factor of one's own to an account that has one.
    """

    @opens_before_second_factor
    @never_cache
    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if second_factor.has_one(request.user) and not second_factor.is_shown(request):
            return redirect("accounts:second_factor")
        return view(request, *args, **kwargs)

    return run


@opens_before_second_factor
@never_cache
def second_factors(request: HttpRequest) -> HttpResponse:
    """What a person has beside the password, and what to add. Leads here whoever still needs a second factor."""
    factors = factors_of(request.user)  # type: ignore[arg-type]
    context = {
        "factors": factors,
        "is_compulsory": second_factor.is_compulsory(request.user, request.today),  # type: ignore[attr-defined]
        "is_missing": second_factor.is_missing(request),
        "must_show": bool(factors.listed) and not second_factor.is_shown(request),
        "crumbs": [(_("My account"), "/account/"), (_("Second factor"), "")],
    }
    return render(request, "accounts/second_factors.html", context)


def set_up(request: HttpRequest, kind: str) -> None:
    """This function will count the new factor as shown, give the session a new key, and put it on record."""
    second_factor.note_shown(request, kind)
    rotate(request)
    actions.note_second_factor(by=request.user, at=request.now, deed="added", kind=kind)  # type: ignore[attr-defined]


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app: a square to scan, or a key to type, and the first code as proof."""

    template_name = "accounts/set_up_app.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if factors_of(request.user).has_app:  # type: ignore[arg-type]
            return redirect("accounts:second_factor")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        in_fours = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        return {**context, "secret": in_fours, "crumbs": _crumbs(_("Authenticator app"))}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        set_up(self.request, "totp")
        notices.done(self.request, _("The authenticator app is set up."))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey: the telephone's or computer's own lock, or a security key with a PIN."""

    template_name = "accounts/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Not the parent's: it would ask for a key that cannot be found without a name, and without PIN or fingerprint.
        context = FormView.get_context_data(self, **kwargs)
        options = passkeys.begin_registration(self.request.user, True)
        return {**context, "js_data": {"creation_options": options}, "crumbs": _crumbs(_("Passkey"))}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        set_up(self.request, "webauthn")
        notices.done(self.request, _("The passkey is kept."))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("My account"), "/account/"), (_("Second factor"), "/account/second-factor/"), (last, "")]


set_up_app = for_setting_up(SetUpApp.as_view())
add_passkey = for_setting_up(AddPasskey.as_view())


@for_setting_up
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes are shown once, on this page; afterwards only how many are left. A POST makes new ones."""
    if not factors_of(request.user).listed:  # type: ignore[arg-type]
        return redirect("accounts:second_factor")
    if request.method == "POST":
        generate_recovery_codes(request)
        by, at = request.user, request.now  # type: ignore[attr-defined]
        actions.note_second_factor(by=by, at=at, deed="renewed", kind="recovery codes")
        return redirect("mfa_view_recovery_codes")
    codes, may_see = view_recovery_codes(request)
    context = {
        "codes": codes.get_unused_codes() if codes and may_see else [],
        "left": len(codes.get_unused_codes()) if codes else 0,
        "crumbs": _crumbs(_("Recovery codes")),
    }
    return render(request, "accounts/recovery_codes.html", context)


@for_setting_up
@require_POST
@reauthentication_required(app="allauth.mfa")
def remove_factor(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes a second factor off, unless a role compels one and it is the last."""
    factor = own_factor(request.user, ref)  # type: ignore[arg-type]
    check_can_remove(factor, on=request.today)  # type: ignore[attr-defined]
    delete_and_cleanup(request, factor)
    actions.note_second_factor(by=request.user, at=request.now, deed="removed", kind=factor.type)  # type: ignore[attr-defined]
    notices.done(request, _("Removed. It opens nothing any more."))
    return redirect("accounts:second_factor")
