"""Who may open a view. Every view says it with one of these; a view that says nothing does not load.

    @opens_to(Permission.SEE_OVERVIEW)      holders of the permission anywhere; the view narrows it to the thing
    @opens_to_signed_in                     anyone with an account: pages about oneself
    @opens_before_second_factor             the same, while a compulsory second factor is still to be set up
    @opens_to_everyone                      no account needed

A guard opens the door to the page only. The thing on it comes from `access_x(user, ref, permission)`, a list from
`visible_to(user)`, and a deed is checked by a policy.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hcims.access.permissions import Permission
from hcims.errors import NotFound

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Audience:
    """Who a view opens to: everyone, everyone signed in, or holders of one of these permissions anywhere."""

    kind: Literal["everyone", "signed-in", "permitted"]
    permissions: frozenset[Permission] = frozenset()
    second_factor: bool = True  # False: the pages on which it is set up, and signing out

    def refuse(self, request: HttpRequest) -> HttpResponse | None:
        """The answer for a reader outside the audience, None for one inside it. Errors: NotFound."""
        if self.kind == "everyone":
            return None
        user: Any = request.user
        if not user.is_authenticated:
            return sign_in_first(request)
        if self.second_factor and user.second_factor_missing(request):
            return redirect("accounts:second_factor")
        if self.kind == "permitted" and not any(user.can(each, on=request.today) for each in self.permissions):  # type: ignore[attr-defined]
            raise NotFound(request.path)
        return None


EVERYONE = Audience("everyone")
SIGNED_IN = Audience("signed-in")
BEFORE_SECOND_FACTOR = Audience("signed-in", second_factor=False)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who has to sign in: the sign-in page, and from there back to here."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(page_of(request)).url
        return response
    return redirect_to_login(page_of(request))


def page_of(request: HttpRequest) -> str:
    """The page to come back to: of a deed, whose address may have no page of its own, the page it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return "/"
    here = sent_from._replace(scheme="", netloc="", fragment="", path="/" + sent_from.path.lstrip("/"))
    return here.geturl()


def guarded(audience: Audience) -> Callable[[View], View]:
    """Decorator: this view opens to `audience` and to nobody else."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return audience.refuse(request) or view(request, *args, **kwargs)

        run.audience = audience  # type: ignore[attr-defined]
        return run

    return decorate


def opens_to(*permissions: Permission) -> Callable[[View], View]:
    """Decorator: opens to holders of any of the permissions, at any unit."""
    return guarded(Audience("permitted", frozenset(permissions)))


opens_to_signed_in = guarded(SIGNED_IN)
opens_before_second_factor = guarded(BEFORE_SECOND_FACTOR)
opens_to_everyone = guarded(EVERYONE)
