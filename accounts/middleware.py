"""Ends sittings that were left alone, and counts what is sent."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts import presence, traffic
from hcims.access.guards import sign_in_first
from hcims.ui import notices

Answer = Callable[[HttpRequest], HttpResponse]
# A page that asks by itself how far a job is does not show that anybody sits before it.
ASKED_BY_THE_PAGE = ("/progress/",)


class SittingMiddleware:
    """Signs out whoever was away too long. After authentication and AccessMiddleware, which gives the moment."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if presence.is_over(request):
                logout(request)
                notices.warn(request, _("You were signed out because nothing was done for a while. Sign in again."))
                return sign_in_first(request)
            if not request.path.endswith(ASKED_BY_THE_PAGE):
                presence.note(request)
        return self.get_response(request)


class TrafficMiddleware:
    """Counts the bytes of each answer against its reader. Outermost, so that it sees what is really sent."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.flushed = time.monotonic()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only a reader whom the request itself had to load: counting must not cost a statement.
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated and hasattr(request, "today"):
            traffic.add(user.pk, request.today, traffic.size_of(response))
        patience = settings.TRAFFIC_FLUSH_SECONDS
        if patience is not None and time.monotonic() - self.flushed > patience:
            self.flushed = time.monotonic()
            traffic.flush()
        return response
