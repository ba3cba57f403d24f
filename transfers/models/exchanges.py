"""The window for mutual exchange after a round: who offers the own post, and what he or she would take for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from transfers.models.requests import TransferRequest
from transfers.models.rounds import Round


class ExchangeOffer(models.Model):
    """An officer's word that he or she would exchange posts with another of the same rank and skill."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="exchange_offers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="exchange_offers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # the post offered
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    found = models.ForeignKey(TransferRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)  # when circles were looked for

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "officer"],
                condition=Q(withdrawn_at__isnull=True),
                name="transfers_one_exchange_offer",
                violation_error_message="Your offer stands already; change that one.",
            )
        ]

    def __str__(self) -> str:
        return f"offer {self.ref}"


class ExchangeWish(models.Model):
    """One post that the officer would take, in order."""

    offer = models.ForeignKey(ExchangeOffer, on_delete=models.CASCADE, related_name="wishes")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "position"], name="transfers_exchange_position_once"),
            models.UniqueConstraint(fields=["offer", "unit"], name="transfers_exchange_wish_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
