"""A list of places in order, changed one step at a time: what buttons without a script can say. Pure."""

from __future__ import annotations

from collections.abc import Sequence

Place = tuple[str, bool]  # code of the unit; whether any station below it will do


def changed(places: Sequence[Place], deed: str) -> list[Place]:
    """Return the list after a deed such as "add:PS-1", "any:C-1", "up:PS-1", "down:PS-1", "first:PS-1", "remove:PS-1".

    A deed that means nothing here leaves the list as it is: a page may be older than the list.
    """
    found = list(places)
    word, _colon, code = deed.partition(":")
    index = next((number for number, (each, _any) in enumerate(found) if each == code), None)
    if index is None:
        return [*found, (code, word == "any")] if word in ("add", "any") and code else found
    if word == "remove":
        del found[index]
    elif word in ("up", "down", "first"):
        to = {"up": index - 1, "down": index + 1, "first": 0}[word]
        found.insert(max(0, to), found.pop(index))
    return found
