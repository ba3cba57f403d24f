"""Rank history, with the authority for each step."""

from django.db import models
from django.db.models import Q

from hcims.database_rules import NoOverlap
from hcims.periods import Period
from organisation.models import Rank
from personnel.models.history import PaperHistory
from personnel.models.members import Officer


class RankHolding(Period):
    """The substantive rank an officer holds, from one day to another."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="rank_holdings")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    start_known = models.BooleanField(default=True)  # False: the roll did not say since when
    authority = models.CharField("authority (paper, number, date)", max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)  # entered in error; kept, and counted nowhere
    void_reason = models.CharField(max_length=200, blank=True)
    history = PaperHistory()

    class Meta(Period.Meta):
        ordering = ["-starts_on"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(ends_on__isnull=True, voided_at__isnull=True),
                name="personnel_one_rank_in_force",
                violation_error_message="An officer holds one rank at a time.",
            ),
        ]
        indexes = [models.Index(fields=["officer", "starts_on"])]

    OVERLAP_RULES = [NoOverlap("personnel_no_rank_overlap", ("officer_id",), "voided_at IS NULL")]
    DATABASE_RULES = {"personnel_no_rank_overlap": "Two ranks of one officer would overlap."}

    def __str__(self) -> str:
        return f"{self.rank_id} from {self.starts_on}"
