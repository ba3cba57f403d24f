"""The officers that were chosen on the list for a deed on many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desk.queries.officer_list import by_numbers, filtered, officers_on
from personnel.many import LIMIT
from personnel.models import Officer
from personnel.queries.many import READ


def chosen(user: Any, *, asked: Mapping[str, Any] | None, numbers: Iterable[str], on: date) -> list[int]:
    """Keys of the visible officers that the filters leave, or of those ticked where `asked` is None; one above the limit
    at most. A number that is out of sight is passed over as if it did not exist."""
    seen = officers_on(user, on=on, today=on)
    found = by_numbers(seen, numbers) if asked is None else filtered(seen, asked, on=on, today=on)
    return sorted(set(found.values_list("pk", flat=True)[: LIMIT + 1]))


def read_for_deed(keys: Iterable[int], *, lock: bool = False) -> list[Officer]:
    """The officers by number, with the few columns that a deed reads; locked in the order of their keys when asked."""
    officers = Officer.objects.filter(pk__in=list(keys))
    if lock:
        list(officers.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    return list(officers.select_related("unit").only(*READ).order_by("service_number"))
