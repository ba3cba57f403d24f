"""Who publishes, releases, defers, pays, takes back; what holds a departure. Each refusal names its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from personnel.models import Officer
from transfers.models import RequestState, RuleCode, TransferKind, TransferRequest
from transfers.policies.requests import NOT_ONESELF, REGULATIONS, is_own
from transfers.queries import rules


class Published(Protocol):
    """What the check of notice reads of a move."""

    @property
    def kind(self) -> str: ...
    @property
    def report_by(self) -> date: ...
    @property
    def is_urgent(self) -> bool: ...


def is_urgent(kind: str, request: TransferRequest | None) -> bool:
    """Whether a move goes out without days of notice, and without waiting for the losing unit's word."""
    return kind in (TransferKind.EMERGENCY, "reversal") or (request is not None and request.is_protected)


def check_not_oneself(by: Any, officer: Officer) -> None:
    """Nobody works on an order to himself or herself."""
    if is_own(by, officer):
        raise NotAllowed(_("Nobody works on an order to himself or herself."), NOT_ONESELF)


def check_notice(moves: Iterable[Published], *, on: date) -> None:
    """Between the order and the day to report lie the days of the rule, but where it is urgent."""
    notice = rules.rule(RuleCode.NOTICE_DAYS, on)
    for move in moves:
        if move.is_urgent or move.kind == TransferKind.WITHIN_COMMAND:
            continue
        if (move.report_by - on).days < notice.value:
            raise RuleBroken(
                _(
                    "Between the order and the day to report lie at least %(days)s days. Take the decision back and set a "
                    "later day."
                )
                % {"days": notice.value},
                notice.legal_basis,
            )


def check_can_publish(by: Any, request: TransferRequest, *, on: date) -> None:
    """The HR desk of the unit the officer leaves; of a protected request the protection authority alone."""
    check_not_oneself(by, request.officer)
    if request.is_protected:
        if by.scope(Permission.DECIDE_PROTECTED, on=on).is_empty:
            raise NotAllowed(_("The protection authority publishes this order."), REGULATIONS)
        return
    unit = request.from_unit
    if unit is None or not by.can(Permission.PROCESS_TRANSFERS, at=unit, on=on):
        raise NotAllowed(_("The HR desk of the unit the officer leaves publishes the order."), REGULATIONS)


def check_is_approved(request: TransferRequest) -> None:
    """Whoever comes second is told so."""
    if request.state == RequestState.PUBLISHED:
        raise InvalidTransition(_("The order is out already. Open the transfer again to read it."))
    if request.state != RequestState.APPROVED:
        raise InvalidTransition(
            _("There is no approval to publish: %(state)s.") % {"state": request.get_state_display()}
        )
