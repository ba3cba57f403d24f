"""How a list opens: with the view its reader chose, unless the address says otherwise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hcims.ui.queries import default_query


def chosen_view(request: HttpRequest, page: str) -> HttpResponse | None:
    """A redirect to the reader's default view when the list is opened bare (`?all=yes` shows everything), else None."""
    if request.GET or request.method != "GET":
        return None
    query = default_query(request.user, page)
    return redirect(f"{request.path}?{query}") if query else None
