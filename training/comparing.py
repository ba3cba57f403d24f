"""What one version says otherwise than another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format

from hcims.errors import NotFound
from hcims.ui.parts import Change


def other_of(one: Any, versions: Iterable[Any], asked: str) -> tuple[list[Any], Any]:
    """The other versions, and the one to compare with: that of the reference asked for, else the latest.

    Errors: NotFound for a reference of none of them, and where there is no other.
    """
    others = [each for each in versions if each.pk != one.pk]
    chosen = next((each for each in others if each.ref == asked), None if asked else next(iter(others), None))
    if chosen is None:
        raise NotFound(asked or one.ref)
    return others, chosen


def facts(before: Any, after: Any, names: dict[str, Any]) -> list[Change]:
    """The facts that differ, in the order of `names`, which gives each its label."""
    pairs = ((label, _said(getattr(before, name)), _said(getattr(after, name))) for name, label in names.items())
    return [change for change in (Change(*each) for each in pairs) if change.is_changed]


def lines(before: Iterable[Any], after: Iterable[Any], words: Callable[[Any], str]) -> list[Change]:
    """Lines that came, went or changed; a line is the same line where its code is the same."""
    old, new = {each.code: each for each in before}, {each.code: each for each in after}
    codes = [*new, *(code for code in old if code not in new)]
    found = [
        Change(str(new.get(code) or old[code]), words(old[code]) if code in old else None,
               words(new[code]) if code in new else None)
        for code in codes
    ]  # fmt: skip
    return [each for each in found if each.is_changed]


def _said(value: Any) -> Any:
    return date_format(value, "j M Y") if isinstance(value, date) else value
