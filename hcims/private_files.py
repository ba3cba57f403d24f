"""Private files that no row names: what a deed that was rolled back, or a process that was killed, left on the disk.

A file is written before its row is committed, because a row without its file would be worse. A folder is swept only when
a column says that its files lie there: a `FileField` by its `upload_to`, another column by `PRIVATE_FILES` on its model.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

UNFINISHED = timedelta(days=1)  # a younger file may belong to a deed that is still under way
TOGETHER = 500

Column = tuple[type[models.Model], str]


def sweep(*, at: datetime) -> int:
    """This function will delete the private files older than a day that no row names, and say how many."""
    count = 0
    for folder, columns in _columns().items():
        names = list(_old_files(folder, before=(at - UNFINISHED).timestamp()))
        for start in range(0, len(names), TOGETHER):
            batch = names[start : start + TOGETHER]
            for name in set(batch) - _named(batch, columns):
                default_storage.delete(name)
                count += 1
    return count


def _columns() -> dict[str, list[Column]]:
    """For each folder the columns that name files in it, those of kept histories included."""
    found: dict[str, list[Column]] = defaultdict(list)
    for model in apps.get_models():
        places: dict[str, Any] = dict(getattr(model, "PRIVATE_FILES", {}))
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                places[field.name] = field.upload_to
        for name, folder in places.items():
            if isinstance(folder, str) and folder.strip("/"):
                found[folder.strip("/")].append((model, name))
                history = getattr(getattr(model, "history", None), "model", None)
                if history and name in {each.name for each in history._meta.concrete_fields}:
                    found[folder.strip("/")].append((history, name))
    return found


def _old_files(folder: str, *, before: float) -> Iterator[str]:
    top = default_storage.path("")
    for path, _, names in os.walk(default_storage.path(folder)):
        for name in names:
            full = os.path.join(path, name)
            if os.path.getmtime(full) < before:
                yield os.path.relpath(full, top)


def _named(names: list[str], columns: list[Column]) -> set[str]:
    found: set[str] = set()
    for model, column in columns:
        found |= set(model._default_manager.filter(**{f"{column}__in": names}).values_list(column, flat=True))
    return found
