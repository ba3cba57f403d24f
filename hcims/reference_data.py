"""Reference rows that the product starts with, from CSV files in the modules. Rows already there are never changed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import models


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a reference file."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def load(model: type[models.Model], path: Path, key: str, convert: Callable[[dict[str, str]], dict[str, Any]]) -> int:
    """This function will add the rows of a file whose `key` is not in the table yet, and say how many it added."""
    manager = model._default_manager
    known = {str(value) for value in manager.values_list(key, flat=True)}
    new = [model(**convert(row)) for row in rows(path) if row[key.split("__")[-1]] not in known]
    manager.bulk_create(new)
    return len(new)
