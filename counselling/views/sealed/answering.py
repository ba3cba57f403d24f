"""How the sealed pages are answered: JSON of the same origin, `no-store`, refusals as {"error", "source"}."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from counselling.wire import BadField, Fields
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, NotFound, Refusal

LARGEST, LARGEST_OF_ALL = 8 * 1_048_576, 96 * 1_048_576  # one attachment; every text of a case


class Ask:
    """Who asks, when, and what was sent."""

    def __init__(self, request: HttpRequest, largest: int) -> None:
        self.request, self.largest = request, largest
        self.by: Any = request.user
        self.on: date = request.today  # type: ignore[attr-defined]
        self.at: datetime = request.now  # type: ignore[attr-defined]

    @property
    def fields(self) -> Fields:
        """The body's fields. Errors: BadField where it is too large or no JSON object."""
        body = self.request.read(self.largest + 1)
        if len(body) > self.largest:
            raise BadField(_("More than %(most)s MB were sent.") % {"most": self.largest // 1_048_576}, "body")
        return Fields.of(body)


Handler = Callable[..., dict[str, Any]]


def answers(
    *permissions: Permission, get: Handler | None = None, post: Handler | None = None, largest: int = LARGEST
) -> Callable[..., HttpResponse]:
    """A view that opens to holders of the permissions and answers each method by its handler."""
    handlers = {"GET": get, "POST": post}

    @opens_to(*permissions)
    @wraps(get or post)  # type: ignore[arg-type]
    def view(request: HttpRequest, **parameters: str) -> HttpResponse:
        handler = handlers.get(request.method or "")
        if handler is None:
            return unstored(JsonResponse({"error": _("This is not done here."), "source": "method"}, status=405))
        try:
            return unstored(JsonResponse(handler(Ask(request, largest), **parameters)))
        except Refusal as refusal:
            if connection.vendor == "postgresql":  # the request's own transaction: nothing of a refused deed is kept
                transaction.set_rollback(True)
            return unstored(
                JsonResponse({"error": str(refusal.message), "source": refusal.source}, status=_status(refusal))
            )

    return view


def deeds(*permissions: Permission, **views: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers by the last word of its address: one line of the URL map for all that is done to one thing."""

    @opens_to(*permissions)
    def view(request: HttpRequest, deed: str, **parameters: str) -> HttpResponse:
        if deed not in views:
            raise NotFound(deed)
        return views[deed](request, **parameters)

    return view


def _status(refusal: Refusal) -> int:
    if isinstance(refusal, BadField):
        return 422
    return 403 if isinstance(refusal, NotAllowed) else 409


def unstored(response: HttpResponse) -> HttpResponse:
    """The answer, which no cache keeps."""
    response["Cache-Control"] = "no-store"
    return response
