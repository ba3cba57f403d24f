"""The row of a transfer as it is now, locked until the action is over: what a page showed may have changed."""

from __future__ import annotations

from transfers.models import TransferOrder, TransferRequest
from transfers.queries import orders

AT_HAND = (
    "officer__user", "officer__unit", "officer__rank", "officer__home_county", "from_unit", "rank", "step", "waits_at",
    "to_unit", "duty", "post_rank", "post_skill", "round", "decided_by", "proposed_by",
)  # fmt: skip


def locked(request: TransferRequest) -> TransferRequest:
    """This function will read the transfer again under a lock; whoever comes second waits, and sees what was decided.

    Two statements: PostgreSQL shows whoever waited the new row beside the old joined ones, and so nobody as its decider.
    """
    list(TransferRequest.objects.select_for_update().filter(pk=request.pk).values_list("pk"))
    return TransferRequest.objects.select_related(*AT_HAND).get(pk=request.pk)


def locked_order(transfer: TransferOrder) -> TransferOrder:
    """This function will read the order of a transfer again under a lock, with what its deeds name."""
    list(TransferOrder.objects.select_for_update().filter(pk=transfer.pk).values_list("pk"))
    return orders.at_hand().get(pk=transfer.pk)
