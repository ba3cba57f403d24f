"""Where phones send their envelopes: nobody is known here, and nothing is said about it anywhere."""

from __future__ import annotations

import time
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from accounts.lockout import address_of
from counselling.actions import contacts
from counselling.envelopes import SHORTEST
from hcims.access.guards import opens_to_everyone
from hcims.access.nameless import nameless
from hcims.access.throttle import Throttle

LARGEST = 1024  # bytes of a whole sending
IDENTIFIER = 16
throttle = Throttle()


@csrf_exempt  # there is no cookie that could be misused, and nothing to gain
@nameless
@opens_to_everyone
def inbox(request: HttpRequest) -> HttpResponse:
    """Take one envelope: the client's identifier, then the sealed bytes. The same again is answered alike."""
    if request.method != "POST":
        return _silent(405)
    if not throttle.allows(address_of(request), second=time.monotonic()):
        return _silent(429)
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if not IDENTIFIER + SHORTEST < length <= LARGEST:
        return _silent(400)
    body = request.body
    try:
        contacts.keep_envelope(client_id=UUID(bytes=body[:IDENTIFIER]), sealed=body[IDENTIFIER:])
    except (ValueError, DatabaseError):
        return _silent(503)  # the phone keeps it and tries again
    return _silent(204)


def _silent(status: int) -> HttpResponse:
    """An answer of which no log line is written: it would hold the moment of a sending."""
    response = HttpResponse(status=status)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs answers from 400 on, once
    return response
