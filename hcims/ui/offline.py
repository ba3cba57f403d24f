"""Pages that a phone keeps and opens without a connection: their service worker, and how long what it keeps is good for.

A worker has a scope, a name of its own for what it keeps, and three lists (`js/sw.js` says what each means). Pages among them
know no reader: what is kept on a phone is the same for everybody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import resolve

from hcims.ui.navigation import url_of

A_DAY = 24 * 60 * 60


def service_worker(
    request: HttpRequest,
    *,
    name: str,
    pages: Sequence[str],
    files: Sequence[str],
    later: Sequence[str] = (),
    later_files: Sequence[str] = (),
) -> HttpResponse:
    """This function will answer with the service worker for these pages (by their URL names) and files.

    Its version is a digest of all it keeps: when one word of a page changes, phones fetch anew.
    """
    addresses = [url_of(each) for each in pages]
    head = {
        "NAME": name,
        "VERSION": _version(request, addresses, [*files, *later_files]),
        "PAGES": addresses,
        "FILES": [static(each) for each in files],
        "LATER": [*map(url_of, later), *map(static, later_files)],
    }
    lines = "".join(f"const {key} = {json.dumps(value)};\n" for key, value in head.items())
    return for_a_day(HttpResponse(lines + _built("sw.js"), content_type="text/javascript"))


def _version(request: HttpRequest, pages: Sequence[str], files: Sequence[str]) -> str:
    said = hashlib.sha256()
    for page in pages:
        view, arguments, named = resolve(page)
        said.update(view(request, *arguments, **named).content)
    for file in (*files, "built/sw.js"):
        said.update(_built(file.removeprefix("built/")).encode())
    return said.hexdigest()[:16]


def _built(name: str) -> str:
    found = finders.find(f"built/{name}")
    path = Path(found) if found else Path(settings.STATIC_ROOT) / "built" / name
    return path.read_text(encoding="utf-8")


def kept(response: HttpResponse) -> HttpResponse:
    """A page that the phone keeps, and asks after only when its service worker changes."""
    response.headers["Cache-Control"] = "no-cache"
    return response


def for_a_day(response: HttpResponse) -> HttpResponse:
    """What a browser may keep for a day without asking."""
    response.headers["Cache-Control"] = f"max-age={A_DAY}"
    return response
