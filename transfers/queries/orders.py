"""Orders that carry out transfers, with what their pages and letters name."""

from __future__ import annotations

from django.db.models import QuerySet

from transfers.models import TransferOrder, TransferOrderState

AT_HAND = (
    "order__officer__user", "order__officer__rank", "order__officer__unit", "order__from_unit", "order__to_unit",
    "order__duty", "order__post_rank", "order__post_skill", "order__issued_by", "allowance", "request",
    "award__participation__round", "letter", "decided_by", "from_command", "to_command", "escalated_to",
)  # fmt: skip


def at_hand() -> QuerySet[TransferOrder]:
    """Orders with everything that a page or a letter names, in one statement."""
    return TransferOrder.objects.select_related(*AT_HAND)


def without_letter() -> QuerySet[TransferOrder]:
    """Orders whose letter is not printed yet, the oldest first."""
    dead = (TransferOrderState.CANCELLED, TransferOrderState.SUSPENDED)
    return TransferOrder.objects.filter(letter__isnull=True).exclude(state__in=dead).order_by("pk")
