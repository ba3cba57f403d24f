"""Parliament's yearly balance report as it was made: once for each day, and never counted again."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class BalanceReport(models.Model):
    """The tables of one day, small counts already hidden; the counts behind them are not kept.

    Counted again after one officer has said, changed or taken back what he or she is, the report would differ by one, and
    the difference would be that officer's secret. So it is made once.
    """

    on = models.DateField(unique=True)
    threshold = models.PositiveSmallIntegerField()  # counts below it are hidden
    tables = (
        models.JSONField()
    )  # codes, not words: personnel.queries.balance.shown puts them into the reader's language
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-on"]

    DATABASE_RULES = {"personnel_balancereport_on_key": "The report of this day is made already."}

    def __str__(self) -> str:
        return str(self.on)
