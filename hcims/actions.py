"""The frame of every write: one transaction, audit rows last, a named constraint turned into a reason."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction

from hcims.audit import trail
from hcims.errors import RuleBroken

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """This function will run as one unit of work: all of it is kept or none, and its audit rows are written last.

    Actions may call actions: only the outermost writes the trail, because the head of the hash chain is one locked
    row and must be the last lock taken.
    Errors: a violated named constraint is raised as RuleBroken with the constraint's message.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic(), trail.collected():
                return function(*args, **kwargs)
        except IntegrityError as error:
            raise _as_rule(error) from error

    run.is_action = True  # type: ignore[attr-defined]
    return run


@functools.cache
def _constraint_messages() -> dict[str, str]:
    found = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = constraint.violation_error_message
            if message and message != constraint.default_violation_error_message:
                found[constraint.name] = str(message)
        found.update(getattr(model, "DATABASE_RULES", {}))
    return found


def _as_rule(error: IntegrityError) -> Exception:
    text = str(error)
    for name, message in _constraint_messages().items():
        if re.search(rf"\b{re.escape(name)}\b", text):
            return RuleBroken(message)
    return _as_unique_rule(text) or error


def _as_unique_rule(text: str) -> RuleBroken | None:
    """SQLite names the columns of a broken unique constraint, not the constraint."""
    match = re.search(r"UNIQUE constraint failed: (.+)", text)
    if not match:
        return None
    columns = {part.strip() for part in match[1].split(",")}
    named_by_postgresql = f"{match[1].strip().replace('.', '_')}_key"  # of a column that is unique by itself
    if named_by_postgresql in _constraint_messages():
        return RuleBroken(_constraint_messages()[named_by_postgresql])
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            fields = getattr(constraint, "fields", ())
            names = {f"{model._meta.db_table}.{getattr(model._meta.get_field(name), 'column', '')}" for name in fields}
            if names and names == columns and constraint.name in _constraint_messages():
                return RuleBroken(_constraint_messages()[constraint.name])
    return None
