"""The start page: what waits for me, by role."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from desk.queries.openings import in_words
from desk.queries.work import first_steps, mine, queues_of
from hcims.access.guards import opens_to_signed_in
from hcims.ui import navigation


def _holds_office(user: Any, on: date) -> bool:
    """Whether some page of the menu opens by an appointment, and not only because it is about oneself."""
    return any(user.can(permission, on=on) for entry in navigation.MENU for permission in entry.permissions)


@opens_to_signed_in
def home(request: HttpRequest) -> HttpResponse:
    """My work. Somebody without any office goes straight to his or her own record."""
    user, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    queues = queues_of(user, on=on, at=at)
    own = mine(user, on=on)
    menu = [each for each in navigation.links_for(user, navigation.MENU, on=on) if each.url != request.path]
    if own.has_record and not queues and not _holds_office(user, on):
        return redirect("desk:me")
    context = {
        "queues": [each for each in queues if each.count],
        "empty": [each for each in queues if not each.count],
        "own": own,
        "menu": menu,
        "steps": list(first_steps(user, on=on)),
        "office": in_words(user.office(on=on)),
    }
    return render(request, "desk/home.html", context)
