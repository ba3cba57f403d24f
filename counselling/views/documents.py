"""The sealed documents: cases, custodians' keys, openings. What is shown in them is opened in the browser, not here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counselling.queries import sealed_words
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P


@opens_to(P.COUNSEL)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The counsellor's document: key, cases, sessions, notes."""
    return _document(request, "cases", _("Counselling"), sealed_words.for_cases(on=request.today))  # type: ignore[attr-defined]


@opens_to(P.KEEP_KEYS)
@require_safe
def custody(request: HttpRequest) -> HttpResponse:
    """The custodians' document: own keys, keys to sign, openings."""
    return _document(request, "keys", _("Custodian's keys"), sealed_words.for_custody())


@opens_to(P.REQUEST_OPENING)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """The page on which two custodians are asked to open one case."""
    return _document(request, "openings", _("Opening of a case"), sealed_words.for_openings())


def _document(request: HttpRequest, name: str, heading: str, words: dict[str, Any]) -> HttpResponse:
    kind = "custody" if name == "keys" else name
    response = render(request, f"counselling/sealed/{name}.html", {"document": kind, "heading": heading, **words})
    response["Cache-Control"] = "no-store"
    return response
