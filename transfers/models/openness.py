"""The figures that every officer may read, as they were counted: once for each quarter, and never again."""

from __future__ import annotations

from django.db import models


class OpenFigures(models.Model):
    """The tables of one closed quarter, small counts already hidden; the counts behind them are not kept.

    Counted again after a decision of the quarter was taken back, they would differ by one person, and the difference would be
    what is hidden.
    """

    starts_on = models.DateField(unique=True)
    ends_on = models.DateField()  # exclusive
    threshold = models.PositiveSmallIntegerField()  # counts below it are hidden
    figures = models.JSONField()  # codes, not words: transfers.queries.openness puts them into the reader's language
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on"]

    DATABASE_RULES = {"transfers_openfigures_starts_on_key": "The figures of this quarter are counted already."}

    def __str__(self) -> str:
        return str(self.starts_on)
