"""The pages of last resort."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for a thing that does not exist and a thing this reader may not see; no cache keeps which it was."""
    response = render(request, "ui/not_found.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; the page needs neither database nor session."""
    return render(None, "ui/server_error.html", status=500)  # type: ignore[arg-type]
