"""From a decision to the arrival: the order and its letter, release, deferment, allowance, the personal file, signals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deployment.models import PostingOrder
from hcims.letters.models import Letter
from hcims.references import new_reference
from organisation.models import Unit
from transfers.models.requests import TransferRequest
from transfers.models.rounds import Award


class TransferOrderState(models.TextChoices):
    WAITING = "waiting", "Waiting for release"
    REFUSED = "refused", "Release refused, escalated"
    RELEASED = "released", "Released"
    SUSPENDED = "suspended", "Suspended"
    DEPARTED = "departed", "On the way"
    ARRIVED = "arrived", "Arrived"
    CANCELLED = "cancelled", "Cancelled"


_S = TransferOrderState


class TransferOrder(models.Model):
    """The paper side of a posting order that carries out a transfer. The posting itself is `order.posting`."""

    TRANSITIONS = {
        _S.WAITING: {_S.RELEASED, _S.REFUSED, _S.SUSPENDED, _S.CANCELLED},
        _S.REFUSED: {_S.RELEASED, _S.SUSPENDED, _S.CANCELLED},
        _S.RELEASED: {_S.DEPARTED, _S.ARRIVED, _S.SUSPENDED, _S.CANCELLED},
        _S.SUSPENDED: {_S.WAITING, _S.CANCELLED},
        _S.DEPARTED: {_S.ARRIVED, _S.SUSPENDED, _S.CANCELLED},
        _S.ARRIVED: set(),
        _S.CANCELLED: set(),
    }
    PENS = {
        _S.WAITING: _("losing commander"),
        _S.REFUSED: _("authority over both units"),
        _S.RELEASED: _("losing commander"),
        _S.SUSPENDED: _("whoever suspended it, or the court"),
        _S.DEPARTED: _("gaining commander"),
        _S.ARRIVED: _("nobody"),
        _S.CANCELLED: _("nobody"),
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    order = models.OneToOneField(PostingOrder, on_delete=models.PROTECT, related_name="transfer")
    request = models.ForeignKey(TransferRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    award = models.OneToOneField(Award, on_delete=models.PROTECT, null=True, blank=True, related_name="order")
    state = models.CharField(max_length=10, choices=TransferOrderState, default=TransferOrderState.WAITING)
    kind = models.CharField(max_length=20)  # a TransferKind, or "round"
    reason_code = models.CharField(max_length=40)
    legal_basis = models.CharField(max_length=300)
    # Who decided; who typed it is the order's `issued_by`.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The order that this one takes back: a court quashed it, or it was given in error, after the officer had arrived.
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    published_at = models.DateTimeField()
    # Counted publicly by command: county, formation or headquarters of either end
    from_command = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_command = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    handover_position = models.PositiveSmallIntegerField(null=True, blank=True)  # along a chain of a round

    release_by = models.DateField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = models.TextField(blank=True)  # why it was refused, and what was said to that
    release_refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    escalated_to = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_forwarded_on = models.DateField(null=True, blank=True)
    file_received_on = models.DateField(null=True, blank=True)
    suspended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(award__isnull=False) | Q(reverses__isnull=False),
                name="transfers_order_rests_on_something",
                violation_error_message="An order rests on a decided request, on an award of a round, or takes an order back.",
            )
        ]
        indexes = [models.Index(fields=["state", "release_by"]), models.Index(fields=["from_command", "published_at"])]

    def __str__(self) -> str:
        return f"{self.order_id}"


class AllowanceClass(models.TextChoices):
    NONE = "none", "None: at the officer's own request"
    TRANSFER = "transfer", "Transfer allowance"
    HARDSHIP = "hardship", "Transfer allowance and hardship kit"


class Allowance(models.Model):
    """What is due for a move, and the proof that it was paid before the move."""

    transfer = models.OneToOneField(TransferOrder, on_delete=models.CASCADE, related_name="allowance")
    kind = models.CharField(max_length=10, choices=AllowanceClass)
    amount_cents = models.PositiveBigIntegerField(null=True, blank=True)
    voucher = models.CharField(max_length=60, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)  # by the officer
    # Where a second authority lets the officer leave before it is paid; it stays due.
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, voucher="") | (Q(paid_on__isnull=False) & ~Q(voucher="")),
                name="transfers_allowance_paid_with_voucher",
                violation_error_message="A payment has a day and the number of its voucher.",
            ),
            models.CheckConstraint(
                condition=Q(waived_by__isnull=True, waived_at__isnull=True)
                | Q(waived_by__isnull=False, waived_at__isnull=False) & ~Q(waived_why=""),
                name="transfers_allowance_waived_with_reason",
                violation_error_message="Say why the officer leaves before the allowance is paid.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_settled(self) -> bool:
        """Nothing is due, or it was paid and the officer says so."""
        return self.kind == AllowanceClass.NONE or (self.paid_on is not None and self.confirmed_at is not None)


class Deferment(models.Model):
    """A later day to report, asked for before the first one has passed."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    transfer = models.ForeignKey(TransferOrder, on_delete=models.CASCADE, related_name="deferments")
    until = models.DateField()
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer"],
                condition=Q(granted__isnull=True),
                name="transfers_one_open_deferment",
                violation_error_message="A deferment has been asked for already and waits for an answer.",
            )
        ]

    def __str__(self) -> str:
        return f"until {self.until}"


class Signal(models.Model):
    """The paper that lists the moves of one command, numbered like any letter."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    command = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    transfers = models.ManyToManyField(TransferOrder, related_name="signals")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"signal {self.ref}"
