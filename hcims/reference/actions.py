"""The one write of the admin: a row of reference data, on a paper, with before and after in the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, RuleBroken

M = TypeVar("M", bound=models.Model)
# A rule of a module about a change: it is told the row as it was (None for a new one), as it is to be, and the day.
Check = Callable[[Any, Any, date], None]


@action
def keep(*, thing: M, source: str, by: Any, at: datetime, checks: tuple[Check, ...] = ()) -> M:
    """This function will store a new or changed row of reference data; an unchanged one writes nothing.

    Errors: NotAllowed without the permission, RuleBroken without a paper, and what the module's `checks` refuse.
    """
    today = timezone.localdate(at)
    if not by.can(Permission.EDIT_REFERENCE, on=today):
        raise NotAllowed(_("You may not change reference data."))
    if not source.strip():
        raise RuleBroken(_("Say on which paper this change rests: its number and its date."))
    model = type(thing)
    before = model._default_manager.select_for_update().filter(pk=thing.pk).first() if thing.pk else None
    for check in checks:
        check(before, thing, today)
    changed = differences(before, thing)
    if not changed:
        return thing
    thing.save()
    trail.record(
        Event.REFERENCE_CHANGED,
        target=thing,
        by=by,
        at=at,
        source=source,
        details={"row": str(thing), "changed": changed},
    )
    return thing


def differences(before: models.Model | None, after: models.Model) -> dict[str, list[str]]:
    """The columns that differ, each with its old and new value in words."""
    found = {}
    for field in after._meta.concrete_fields:
        if field.primary_key:
            continue
        old = field.value_from_object(before) if before is not None else None
        new = field.value_from_object(after)
        if before is None or old != new:
            found[field.name] = ["" if old is None else str(old), "" if new is None else str(new)]
    return found


def check_dated(before: Any, after: Any, today: date) -> None:
    """A rule that has been in force is not rewritten: past pages rest on it. It is ended, and the next one entered."""
    if before is None or before.starts_on > today:
        return
    fixed = [
        name
        for name in differences(before, after)
        if name not in ("ends_on", "legal_basis", "is_confirmed")
    ]  # fmt: skip
    if fixed:
        raise RuleBroken(
            _(
                "This rule has been in force since %(day)s, and past pages rest on it. Give it an end, and enter the new one."
            )
            % {"day": before.starts_on.strftime("%d %B %Y")}
        )
    if after.ends_on is not None and after.ends_on != before.ends_on and after.ends_on < today:
        raise RuleBroken(_("A rule in force ends today or later, not in the past: past pages rest on it."))
