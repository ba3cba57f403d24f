"""Trying an action without doing it: the preview of a change breaks on the same rule as the change itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction


def rehearse(action: Callable[..., Any], *, then: Callable[[], Any] = lambda: None, **given: Any) -> Any:
    """This function will run an action and `then`, take back all they wrote, and give what `then` saw.

    Errors: what the action raises.
    """
    with transaction.atomic():
        action(**given)
        seen = then()
        transaction.set_rollback(True)
    return seen
