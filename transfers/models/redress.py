"""What is owed to an officer after an appeal or a review, until an order or a round has given it. No word alone ends it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.references import new_reference
from organisation.models import Unit
from personnel.models import Officer
from transfers.models.appeals import Appeal
from transfers.models.orders import TransferOrder
from transfers.models.requests import TransferRequest
from transfers.models.rounds import Round


class RedressKind(models.TextChoices):
    NEXT_VACANCY = "next-vacancy", "The next vacancy at the place"
    PRIORITY = "priority", "Priority in the next round"
    RETURN = "return", "The return to the former post"


class Redress(models.Model):
    """One thing owed. It is given by an order (`order`), or by a round that counted it (`round`, once published)."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="redress")
    kind = models.CharField(max_length=12, choices=RedressKind)
    # It rests on one of these: an appeal that was upheld, or an emergency move whose review did not uphold it.
    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="redress")
    reviewed = models.OneToOneField(
        TransferRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="redress"
    )
    why = models.CharField(max_length=200)  # the paper that the order will name
    owed_at = models.DateTimeField()
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Of a return: the move that is taken back. Its reversing order stands ready and waits for a signature.
    transfer = models.ForeignKey(TransferOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="redress")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.ForeignKey(TransferOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["owed_at", "pk"]
        verbose_name_plural = "redress"
        constraints = [
            models.CheckConstraint(
                condition=Q(appeal__isnull=False, reviewed__isnull=True)
                | Q(appeal__isnull=True, reviewed__isnull=False),
                name="transfers_redress_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(order__isnull=False) | Q(round__isnull=False),
                name="transfers_redress_given_by_order_or_round",
                violation_error_message="What is owed is given by an order or by a round, not by a word.",
            ),
            models.CheckConstraint(
                condition=Q(kind="next-vacancy", place__isnull=False)
                | Q(kind="return", transfer__isnull=False)
                | Q(kind="priority"),
                name="transfers_redress_names_what",
                violation_error_message="Name the place where the next vacancy is owed.",
            ),
        ]
        indexes = [models.Index(fields=["given_at", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def is_sealed(self) -> bool:
        """What follows from a protected matter is as closed in the trail as the matter itself."""
        if self.appeal is not None:
            return self.appeal.is_sealed
        return self.reviewed is not None and self.reviewed.is_protected
