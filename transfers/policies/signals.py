"""Who issues a signal, and what may stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from transfers.models import TransferOrder
from transfers.policies.orders import check_not_oneself
from transfers.policies.requests import REGULATIONS


def check_can_issue(by: Any, command: Unit, orders: Sequence[TransferOrder], *, most: int, on: date) -> None:
    """The HR desk of the command; at least one move, none of them one's own, no more than a signal holds."""
    if not by.can(Permission.PROCESS_TRANSFERS, at=command, on=on):
        raise NotAllowed(_("The HR desk of the command issues its signals."), REGULATIONS)
    for each in orders:
        check_not_oneself(by, each.order.officer)
    if not orders:
        raise RuleBroken(_("Choose at least one move."), REGULATIONS)
    if len(orders) > most:
        raise RuleBroken(_("A signal lists at most %(most)s moves; put the others into the next one.") % {"most": most},
                         REGULATIONS)  # fmt: skip


def check_all_wait(chosen: Sequence[TransferOrder], waiting: set[int]) -> None:
    """Errors: RuleBroken with the orders that another signal of the command lists by now, or that were taken back."""
    if gone := [each.order.number for each in chosen if each.pk not in waiting]:
        raise RuleBroken(
            _(
                "Not to be listed any more, because another signal lists it or it was taken back: %(numbers)s. Choose again."
            )
            % {"numbers": ", ".join(gone[:5])},
            REGULATIONS,
        )
