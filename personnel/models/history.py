"""Before and after of a record: by whom and on what paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

PAPER_LENGTH = 300


class PaperHistory(HistoricalRecords):
    """History whose reason is the paper that a change rests on; papers have long names."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("history_change_reason_field", models.CharField(max_length=PAPER_LENGTH, null=True))
        super().__init__(**options)


def keep(record: models.Model, *, by: Any, paper: str, at: datetime) -> None:
    """This function will save the record, and in its history who did it, when, and on what paper."""
    record._history_user = by  # type: ignore[attr-defined]
    record._history_date = at  # type: ignore[attr-defined]
    record._change_reason = paper[:PAPER_LENGTH]  # type: ignore[attr-defined]
    record.save()
