"""Who gives what is owed after an appeal or a review; and that a round's rule book has a line for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from transfers.models import Redress, RedressKind, TransferOrder
from transfers.policies.orders import check_not_oneself
from transfers.policies.requests import NOT_ONESELF, REGULATIONS
from transfers.rulebook import Rules, counts_upheld_appeals

FAIR = "Fair Administrative Action Act 2015, ss.4 and 11"


def may_sign(by: Any, owed: Redress, *, on: date) -> bool:
    """Whether the user signs the return: a desk or an authority over the former unit, and nobody whose deed it takes back."""
    transfer = owed.transfer
    if transfer is None or owed.kind != RedressKind.RETURN or owed.given_at is not None:
        return False
    if by.pk in hands(owed) or owed.officer.user_id == by.pk:
        return False
    if owed.is_sealed:
        return bool(by.can(Permission.DECIDE_PROTECTED, on=on))
    unit = transfer.order.from_unit
    if unit is None:
        return False
    return any(by.can(each, at=unit, on=on) for each in (Permission.PROCESS_TRANSFERS, Permission.DECIDE_TRANSFERS))


def hands(owed: Redress) -> set[int | None]:
    """Those who decided the move that is taken back, or put it forward."""
    transfer, request = owed.transfer, owed.reviewed or (owed.appeal.request if owed.appeal else None)
    found: set[int | None] = {transfer.decided_by_id} if transfer else set()
    if request is not None:
        found |= {request.decided_by_id, request.proposed_by_id}
    return found - {None}


def check_can_sign(by: Any, owed: Redress, *, on: date) -> TransferOrder:
    """The order that is taken back.

    Errors: InvalidTransition for whoever comes second; NotAllowed for one who decided the move, and for others."""
    check_not_oneself(by, owed.officer)
    if owed.transfer is None or owed.kind != RedressKind.RETURN:
        raise InvalidTransition(_("There is no order to sign here."))
    if owed.given_at is not None:
        raise InvalidTransition(_("This order was signed already. Open the list again."))
    if by.pk in hands(owed):
        raise NotAllowed(_("Whoever decided the move or put it forward does not sign its reversal."), NOT_ONESELF)
    if not may_sign(by, owed, on=on):
        raise NotAllowed(
            _("The reversal is signed by the HR desk of the former unit or an authority over it."), REGULATIONS
        )
    return owed.transfer


def check_book_counts(rules: Rules, owed: Iterable[Redress]) -> None:
    """Errors: RuleBroken where priority is owed to somebody of the book's ranks and the book has no line for it."""
    waiting = len(list(owed))
    if waiting and not counts_upheld_appeals(rules):
        raise RuleBroken(
            _(
                "Priority from an upheld appeal is owed to %(count)s officers of these ranks, and this rule book does not "
                "say how it counts. Draft a version that names it before points, or gives points for it."
            )
            % {"count": waiting},
            FAIR,
        )
