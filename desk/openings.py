"""Why this sitting opens files, and what it has opened already: kept in the session.

An opening is put on record once for each sitting, file, part and purpose. Opening the family page of a file seen a
minute ago is a new line; going back and forth between its pages is not.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from personnel import actions
from personnel.purposes import Purpose, known, usual

PURPOSE, OPENED = "purpose", "opened_files"
REMEMBERED = 400  # files; the oldest are forgotten, and opening them again is a new line


def purpose_of(request: HttpRequest) -> Purpose:
    """The purpose of this sitting: the one chosen, else the usual one of the reader's office."""
    chosen = known(request.session.get(PURPOSE, ""))
    on = request.today  # type: ignore[attr-defined]
    return chosen or usual([each.role for each in request.user.appointments_on(on)])  # type: ignore[union-attr]


def choose(request: HttpRequest, code: str) -> bool:
    """This function will keep the purpose for the rest of the sitting; it says whether there is such a purpose."""
    purpose = known(code)
    if purpose:
        request.session[PURPOSE] = str(purpose)
    return purpose is not None


def is_noted(request: HttpRequest, officer: Any) -> bool:
    """Whether this sitting has opened any part of the file for its present purpose."""
    marks = request.session.get(OPENED, {}).get(officer.ref, [])
    return any(mark.startswith(f"{purpose_of(request)}/") for mark in marks)


def note(request: HttpRequest, officer: Any, part: str) -> None:
    """This function will put the opening on record, unless this sitting has done so for the same part and purpose."""
    purpose = purpose_of(request)
    opened: dict[str, list[str]] = request.session.get(OPENED, {})
    mark = f"{purpose}/{part}"
    if mark in opened.get(officer.ref, []):
        return
    actions.note_opening(
        officer=officer,
        purpose=purpose,
        by=request.user,
        at=request.now,  # type: ignore[attr-defined]
        details={"part": part},
    )
    opened[officer.ref] = [*opened.get(officer.ref, []), mark]
    while len(opened) > REMEMBERED:
        del opened[next(iter(opened))]
    request.session[OPENED] = opened
