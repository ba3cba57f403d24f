"""Trying an action without doing it: the preview of a change breaks on the same rule as the change itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from hcims.audit import trail

R = TypeVar("R")


class _TakenBack(Exception):
    """Carries the writes, and the rows of the trail that speak of them, away."""


def taken_back(try_out: Callable[[], R]) -> R:
    """This function will run `try_out`, take back all it wrote, its audit rows too, and give what it returned."""
    seen: list[R] = []
    try:
        with transaction.atomic(), trail.collected():
            seen.append(try_out())
            raise _TakenBack
    except _TakenBack:
        return seen[0]


def rehearse(action: Callable[..., Any], *, then: Callable[[], Any] = lambda: None, **given: Any) -> Any:
    """This function will run an action and `then`, take back all they wrote, and give what `then` saw.

    Errors: what the action raises.
    """

    def try_out() -> Any:
        action(**given)
        return then()

    return taken_back(try_out)
