"""What is dated and rests on a paper: ended from a day on, and its paper confirmed by a second person.

Called inside an action, which records what was done.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from training.actions import versions
from training.policies import institutions as papers
from training.policies import versions as policies

M = TypeVar("M", bound=models.Model)


def end(thing: M, ends_on: date, *, paper: str, by: Any, at: datetime) -> M:
    """This function will end a condition or an order from a day on; it comes back locked. Errors: NotAllowed, RuleBroken."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    papers.check_paper(paper)
    locked: Any = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    papers.check_in_force(locked, on=timezone.localdate(at))
    papers.check_ends_after(locked.starts_on, ends_on)
    versions.end_on(locked, ends_on)
    found: M = locked
    return found


def confirm(thing: Any, *, by: Any, at: datetime) -> None:
    """This function will say that the paper behind it has been seen. Errors: NotAllowed to whoever entered it, RuleBroken."""
    policies.check_confirms(by, thing, on=timezone.localdate(at))
    thing.is_confirmed = True
    thing.save(update_fields=["is_confirmed"])
