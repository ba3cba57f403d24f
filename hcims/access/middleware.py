"""Gives each request its moment, checks the audience of library views, and turns refusals into pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hcims import clock
from hcims.access.checks import audience_of
from hcims.audit import trail
from hcims.errors import InvalidTransition, NotAllowed, NotFound, RuleBroken

logger = logging.getLogger("hcims.access")


class AccessMiddleware:
    """One per request, after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.today = clock.today()  # type: ignore[attr-defined]
        if connection.vendor != "postgresql":
            return self.get_response(request)
        # One transaction a request carries the reader's identity, which row-level security rests on. The trail's rows
        # wait for its end: the head of the chain is one locked row, and must not stay locked while a page is drawn.
        with transaction.atomic(), trail.collected() as rows:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('hcims.reader', %s, true)", [getattr(request.user, "ref", "")])
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)  # the error was made a page further in: half a deed would be kept
            if transaction.get_rollback():
                rows.clear()
            return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        namespace = ":".join(match.namespaces) if match else ""
        audience = audience_of(view, namespace, match.url_name if match else None)
        if audience is None:
            raise NotFound(request.path)
        own = getattr(view, "audience", None)
        return None if own else audience.refuse(request)  # a view of ours refuses by its own guard

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotFound):
            logger.info("not found: %s", error.reference)
            return None
        if isinstance(error, NotAllowed):
            return _refusal_page(request, error, 403)
        if isinstance(error, RuleBroken | InvalidTransition):
            return _refusal_page(request, error, 409)
        return None


def _refusal_page(
    request: HttpRequest, error: NotAllowed | RuleBroken | InvalidTransition, status: int
) -> HttpResponse:
    page = render(request, "ui/refusal.html", {"message": error.message, "source": error.source}, status=status)
    if connection.vendor == "postgresql":  # the request's own transaction; rendered before, because no query may follow
        transaction.set_rollback(True)
    return page
