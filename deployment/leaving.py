"""Tells the modules above that an officer left: settings.ON_LEAVING names what each then ends. This one knows none of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from personnel.models import Officer


def end_what_is_under_way(*, officer: Officer, paper: str, by: Any, on: date, at: datetime) -> None:
    """This function will run every action named in settings.ON_LEAVING, inside the action that records the exit."""
    for name in settings.ON_LEAVING:
        import_string(name)(officer=officer, paper=paper, by=by, on=on, at=at)
