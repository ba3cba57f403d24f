"""Posting orders and casualty returns: no posting changes without a number on paper, and the posting changes on arrival."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from deployment.models.postings import Duty, Posting
from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer


class OrderState(models.TextChoices):
    ISSUED = "issued", "Issued"
    DEPARTED = "departed", "Departed, on the way"
    ARRIVED = "arrived", "Arrived"
    CANCELLED = "cancelled", "Cancelled"


class PostingOrder(models.Model):
    """An order to report at a unit by a day."""

    TRANSITIONS = {
        OrderState.ISSUED: {OrderState.DEPARTED, OrderState.ARRIVED, OrderState.CANCELLED},
        OrderState.DEPARTED: {OrderState.ARRIVED, OrderState.CANCELLED, OrderState.ISSUED},
        OrderState.ARRIVED: set(),
        OrderState.CANCELLED: set(),
    }
    PENS = {
        OrderState.ISSUED: "losing commander",
        OrderState.DEPARTED: "gaining commander",
        OrderState.ARRIVED: "nobody",
        OrderState.CANCELLED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    number = models.CharField(max_length=60, unique=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="orders")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="orders_in")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    post_rank = models.ForeignKey(
        Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # none for a civilian member
    post_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)
    authority = models.CharField("authority (paper, number, date)", max_length=200)
    overstrength_authority = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField()
    report_by = models.DateField()
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.ISSUED)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="order")
    # Carries out a transfer: decided, released, carried out and cancelled under Transfers, and nowhere else.
    is_transfer = models.BooleanField(default=False)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report_by__gte=models.F("issued_on")),
                name="deployment_order_report_after_issue",
                violation_error_message="The report-by date is before the order.",
            ),
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(state__in=["issued", "departed"]),
                name="deployment_one_open_order",
                violation_error_message="The officer has an order that is still open; cancel it first.",
            ),
        ]
        indexes = [models.Index(fields=["state", "report_by"])]

    def __str__(self) -> str:
        return self.number


class ReturnKind(models.TextChoices):
    DEPARTURE = "departure", "Departure"
    ARRIVAL = "arrival", "Arrival"


class CasualtyReturn(models.Model):
    """The paper that says an officer left a unit, or came to one. One of each kind for a posting."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=9, choices=ReturnKind)
    happened_on = models.DateField()
    number = models.CharField("number of the return", max_length=60, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # Where the order was suspended or cancelled after the departure: the officer did not leave after all. Kept, and not counted.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="deployment_return_once",
                violation_error_message="This return is recorded already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"
