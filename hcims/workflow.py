"""State machines: a dictionary on the model, and one function that moves any of them.

A model declares `TRANSITIONS = {state: {next state, ...}}` covering every state, and `PENS = {state: who}` saying in
words who holds the pen. `docs/states/` is drawn from them by `make pages`, and a test compares.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition

M = TypeVar("M", bound=models.Model)


def may_move(thing: Any, to: str) -> bool:
    """Whether the machine has an arrow from the thing's state to `to`."""
    return to in type(thing).TRANSITIONS.get(thing.state, set())


def move(thing: M, to: str, *, by: AbstractBaseUser | None, at: datetime, note: str = "", **fields: Any) -> M:
    """This function will lock `thing`, check the arrow from its state to `to`, move it, and record the move.

    `fields` are set with the state (who decided, when). Call inside an action, after the policy has been checked.
    Errors: InvalidTransition when another person moved it first or the arrow does not exist.
    """
    model = type(thing)
    current: Any = model._default_manager.select_for_update().get(pk=thing.pk)
    if to not in model.TRANSITIONS.get(current.state, set()):  # type: ignore[attr-defined]
        verbose = model._meta.verbose_name
        raise InvalidTransition(f"This {verbose} is {current.state}; it cannot become {to}.")
    before, current.state = current.state, to
    # Where the model keeps a history, the move stands in it with who made it and why.
    current._history_user, current._history_date, current._change_reason = by, at, note[:100]
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=["state", *fields])
    for name in ("state", *fields):
        setattr(thing, name, getattr(current, name))
    trail.record(
        Event.STATE_MOVED,
        target=thing,
        by=by,
        at=at,
        reason=note,
        details={"from": before, "to": to},
    )
    return thing
