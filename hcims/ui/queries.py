"""What pages read of saved views: always those of one person."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from hcims.errors import NotFound
from hcims.ui.models import SavedView

# Where one stands in a list, not what it shows.
PASSING = {"page", "all", "polls"}


def canonical(query: str) -> str:
    """A query string with what does not matter taken out, in one order, so that equal views are equal texts."""
    return urlencode(sorted((key, value) for key, value in parse_qsl(query) if key not in PASSING))


def views_of(user: Any, page: str) -> list[SavedView]:
    """This person's views of a list, by name."""
    return list(SavedView.objects.filter(user=user, page=page))


def access_view(user: Any, ref: str) -> SavedView:
    """One of this person's own views. Errors: NotFound, also for another person's."""
    view = SavedView.objects.filter(user=user, ref=ref).first()
    if view is None:
        raise NotFound(ref)
    return view


def default_query(user: Any, page: str) -> str | None:
    """The query string that this person's list opens with, if one was chosen."""
    return SavedView.objects.filter(user=user, page=page, is_default=True).values_list("query", flat=True).first()
