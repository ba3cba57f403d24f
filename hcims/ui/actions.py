"""Writes of saved views. They are their owner's alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.ui.models import SavedView
from hcims.ui.policies import check_can_keep, check_is_own
from hcims.ui.queries import canonical


@action
def save_view(*, page: str, name: str, query: str, by: Any, at: datetime) -> SavedView:
    """This function will keep the filters and order of a list under a name. Errors: RuleBroken for a name in use."""
    check_can_keep(page, name)
    view = SavedView.objects.create(user=by, page=page, name=name.strip(), query=canonical(query), created_at=at)
    trail.record(Event.VIEW_KEPT, target=view, by=by, at=at)
    return view


@action
def rename_view(*, view: SavedView, name: str, by: Any, at: datetime) -> SavedView:
    """This function will give a view another name. Errors: RuleBroken for a name in use."""
    check_is_own(by, view)
    check_can_keep(view.page, name)
    view.name = name.strip()
    view.save(update_fields=["name"])
    trail.record(Event.VIEW_KEPT, target=view, by=by, at=at)
    return view


@action
def favour_view(*, view: SavedView, favoured: bool, by: Any, at: datetime) -> SavedView:
    """This function will make a view the one its list opens with, or no longer."""
    check_is_own(by, view)
    # Locked together, or two clicks at once leave two defaults and the database refuses the second.
    views = list(SavedView.objects.select_for_update().filter(user=by, page=view.page).order_by("pk"))
    SavedView.objects.filter(pk__in=[each.pk for each in views], is_default=True).update(is_default=False)
    view.is_default = favoured
    view.save(update_fields=["is_default"])
    trail.record(Event.VIEW_KEPT, target=view, by=by, at=at)
    return view


@action
def drop_view(*, view: SavedView, by: Any, at: datetime) -> None:
    """This function will forget a view. It is a bookmark, not a record: nothing refers to it."""
    check_is_own(by, view)
    trail.record(Event.VIEW_DROPPED, target=view, by=by, at=at)
    view.delete()
