"""Who decides on a release that was refused: the steps of release in force, upwards from the losing unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from organisation.models import Unit
from organisation.queries import ancestors
from transfers.models import ApprovalStep, Stage, TransferKind, TransferOrder
from transfers.queries.chain import offices_of


def authorities(transfer: TransferOrder, *, on: date) -> list[tuple[ApprovalStep, Unit]]:
    """The steps that fit the officer's rank, each with its unit above the losing one, the lowest first.

    An order of a round, or of a kind without steps of its own, goes by those of a rotation.
    """
    order = transfer.order
    if order.from_unit is None:
        return []
    rank = order.officer.rank.order if order.officer.rank else 0
    steps = ApprovalStep.objects.in_force(on).filter(
        stage=Stage.RELEASE, highest_rank__order__lte=rank, lowest_rank__order__gte=rank
    )
    fitting = list(steps.filter(kind=transfer.kind)) or list(steps.filter(kind=TransferKind.ROTATION))
    above = ancestors(order.from_unit, on=on)[::-1]
    found = []
    for step in sorted(fitting, key=lambda each: each.sequence):
        units = [unit for unit in above if not step.at_type or unit.type == step.at_type]
        if units:
            found.append((step, units[0]))
    return found


def next_authority(transfer: TransferOrder, *, refused_by: Any, on: date) -> tuple[ApprovalStep, Unit] | None:
    """The authority above the one it waits for now, and never an office of whoever refused."""
    steps = authorities(transfer, on=on)
    if transfer.escalated_to_id is not None:
        here = [place for place, (_step, unit) in enumerate(steps) if unit.pk == transfer.escalated_to_id]
        steps = steps[here[-1] + 1 :] if here else []
    own = set(offices_of(refused_by, on=on))
    return next(((step, unit) for step, unit in steps if (step.role, unit.pk) not in own), None)


def decides(user: Any, transfer: TransferOrder, *, on: date) -> bool:
    """Whether the user holds the office for which a refused release waits."""
    if transfer.state != "refused" or transfer.escalated_to_id is None:
        return False
    own = set(offices_of(user, on=on))
    return any(
        (step.role, unit.pk) in own
        for step, unit in authorities(transfer, on=on)
        if unit.pk == transfer.escalated_to_id
    )
