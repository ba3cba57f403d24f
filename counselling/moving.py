"""States of cases, keys and openings move here: checked under a lock like `hcims.workflow`, and written to no trail."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from hcims.errors import InvalidTransition

M = TypeVar("M", bound=models.Model)


def locked(thing: M) -> M:
    """The row as it stands now, locked until the end of the deed."""
    return type(thing)._default_manager.select_for_update().get(pk=thing.pk)


def move(thing: Any, to: str, **fields: Any) -> None:
    """This function will check the arrow from the state of `thing`, which is locked, to `to`, and save it with `fields`.

    Errors: InvalidTransition.
    """
    if to not in type(thing).TRANSITIONS.get(thing.state, set()):
        raise InvalidTransition(
            _("This %(thing)s is %(state)s; it cannot become %(to)s.")
            % {"thing": type(thing)._meta.verbose_name, "state": thing.state, "to": to}
        )
    thing.state = to
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save(update_fields=["state", *fields])
