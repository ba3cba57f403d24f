"""The pages of last resort."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hcims.access.guards import page_of


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for a thing that does not exist and a thing this reader may not see; no cache keeps which it was."""
    response = render(request, "ui/not_found.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: it was open in one window while its reader signed in or out in another.

    Or another site sent it: then, too, nothing was done, and the link leads to the start.
    """
    response = render(request, "ui/stale_form.html", {"back": page_of(request)}, status=403)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; the page needs neither database nor session."""
    return render(None, "ui/server_error.html", status=500)  # type: ignore[arg-type]
