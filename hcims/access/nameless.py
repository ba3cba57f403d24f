"""Some pages are answered as to nobody: no cookie is read, none is set, and no session learns of the visit.

A view marked `@nameless` gets a request without cookies, so that a signed-in reader leaves no more behind than anybody
else: no session touched, no data counted, no "last used". The language is in the address (`?lang=sw`), not in a cookie.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve


def nameless(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator, outside the guard: who asks is not known to this view, signed in or not."""
    view.is_nameless = True  # type: ignore[attr-defined]
    return view


class NamelessMiddleware:
    """Before sessions and languages: takes the cookies off nameless requests, and the language from the address.

    It looks only under the addresses of the setting `NAMELESS_UNDER`, so that no other page pays for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if not request.path_info.startswith(settings.NAMELESS_UNDER):
            return self.get_response(request)
        is_nameless = _is_nameless(request.path_info)
        if is_nameless:
            request.COOKIES = {}
        language = request.GET.get("lang", "")
        if language in dict(settings.LANGUAGES):
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = language
        response = self.get_response(request)
        if is_nameless:
            response.cookies.clear()
            _same_for_all_cookies(response)
        return response


def _is_nameless(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "is_nameless", False)
    except Resolver404:
        return False


def _same_for_all_cookies(response: HttpResponse) -> None:
    """A cache may give the answer to anyone, whatever cookies they bring."""
    kept = [
        each for each in re.split(r"\s*,\s*", response.headers.get("Vary", "")) if each and each.lower() != "cookie"
    ]
    if kept:
        response.headers["Vary"] = ", ".join(kept)
    elif "Vary" in response.headers:
        del response.headers["Vary"]
