"""Search, and the palette that searches as one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from desk.queries.search import search as find
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui import navigation

PALETTE = 6  # of each kind


@opens_to(Permission.SEE_OFFICERS, Permission.SEE_UNITS)
def search(request: Any) -> HttpResponse:
    """A whole service number, or a unit's whole code or name, goes straight there; other words give lists."""
    words, on = request.GET.get("q", "").strip(), request.today
    found = find(request.user, words, on=on)
    officer = found.officer_named(words)
    if officer and request.user.can(Permission.SEE_FILE, on=on):
        return redirect("desk:officer", officer.service_number)
    if unit := found.unit_called(words):
        return redirect("desk:unit", unit.code)
    return render(request, "desk/search.html", {"words": words, "found": found})


@opens_to(Permission.SEE_OFFICERS, Permission.SEE_UNITS)
def palette(request: Any) -> HttpResponse:
    """Lines of the palette: pages whose name holds the words, then officers and units."""
    words, on = request.GET.get("q", "").strip(), request.today
    links = navigation.links_for(request.user, navigation.MENU, on=on)
    pages: list[Any] = [each for each in links if words and words.casefold() in str(each.label).casefold()]
    found = find(request.user, words, on=on, limit=PALETTE)
    return render(request, "desk/_palette.html", {"pages": pages[:PALETTE], "found": found, "words": words})
