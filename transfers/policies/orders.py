"""Who publishes, releases, defers, pays, takes back; what holds a departure. Each refusal names its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from deployment.models import Posting
from deployment.queries.stretches import last_stretch
from hcims.access.permissions import Permission
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from personnel.models import Officer
from transfers.models import (
    AllowanceClass,
    Deferment,
    RequestState,
    RuleCode,
    TransferKind,
    TransferOrder,
    TransferOrderState,
    TransferRequest,
)
from transfers.policies.decisions import SHORTEST
from transfers.policies.requests import NO_ORAL, NOT_ONESELF, REGULATIONS, is_own
from transfers.queries import releases, rules


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
            raise RuleBroken(_too_near(notice.value), notice.legal_basis)


def _too_near(days: int) -> str:
    text = _(
        "Between the order and the day to report lie at least %(days)s days. Take the decision back and set a later day."
    )
    return text % {"days": days}


def too_near(request: TransferRequest, *, on: date) -> tuple[str, str] | None:
    """Why an approval can no longer become an order: its day to report has come too near. With the source."""
    if request.state != RequestState.APPROVED or request.report_by is None or is_urgent(request.kind, request):
        return None
    notice = rules.rule(RuleCode.NOTICE_DAYS, on)
    if request.kind == TransferKind.WITHIN_COMMAND or (request.report_by - on).days >= notice.value:
        return None
    return _too_near(notice.value), notice.legal_basis


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


def may_publish(by: Any, request: TransferRequest, *, on: date) -> bool:
    """Whether an approval waits that this user may publish."""
    if request.state != RequestState.APPROVED:
        return False
    try:
        check_can_publish(by, request, on=on)
    except NotAllowed:
        return False
    return True


def check_is_approved(request: TransferRequest) -> None:
    """Whoever comes second is told so."""
    if request.state == RequestState.PUBLISHED:
        raise InvalidTransition(_("The order is out already. Open the transfer again to read it."))
    if request.state != RequestState.APPROVED:
        raise InvalidTransition(
            _("There is no approval to publish: %(state)s.") % {"state": request.get_state_display()}
        )


PAID_FIRST = "LN 89/2015: the allowance is paid before the move"
NOT_OVER = (
    TransferOrderState.WAITING, TransferOrderState.REFUSED, TransferOrderState.RELEASED, TransferOrderState.DEPARTED,
)  # fmt: skip


def _at_losing(by: Any, transfer: TransferOrder, permission: Permission, *, on: date) -> bool:
    unit = transfer.order.from_unit
    return unit is not None and not is_own(by, transfer.order.officer) and by.can(permission, at=unit, on=on)


def _at_gaining(by: Any, transfer: TransferOrder, permission: Permission, *, on: date) -> bool:
    return not is_own(by, transfer.order.officer) and by.can(permission, at=transfer.order.to_unit, on=on)


def may_release(by: Any, transfer: TransferOrder, *, on: date) -> bool:
    """Whether the user commands the losing unit, and the order waits for a word."""
    waits = transfer.state == TransferOrderState.WAITING
    return waits and _at_losing(by, transfer, Permission.ADVISE_TRANSFERS, on=on)


def check_can_release(by: Any, transfer: TransferOrder, *, on: date) -> None:
    """The commander of the losing unit; never about himself or herself."""
    check_not_oneself(by, transfer.order.officer)
    if not _at_losing(by, transfer, Permission.ADVISE_TRANSFERS, on=on):
        raise NotAllowed(_("The commander of the losing unit releases the officer, or says why not."), REGULATIONS)
    if transfer.state != TransferOrderState.WAITING:
        raise InvalidTransition(_("The release was answered already: %(state)s.") % {"state": state_of(transfer)})


def check_can_decide_release(by: Any, transfer: TransferOrder, *, on: date) -> None:
    """The authority to which the refusal went, and not whoever refused."""
    check_not_oneself(by, transfer.order.officer)
    if by.pk == transfer.release_refused_by_id or not releases.decides(by, transfer, on=on):
        raise NotAllowed(_("A refused release is decided by the authority above that it went to."), REGULATIONS)


def state_of(transfer: TransferOrder) -> str:
    """The state in words."""
    return str(transfer.get_state_display())


def holds_departure(transfer: TransferOrder, *, on: date) -> list[tuple[str, str]]:
    """What keeps the officer from leaving, each with its source; nothing when he or she may go."""
    found = []
    if transfer.state in (TransferOrderState.SUSPENDED, TransferOrderState.CANCELLED, TransferOrderState.ARRIVED):
        found.append((_("The order is no longer open: %(state)s.") % {"state": state_of(transfer)}, REGULATIONS))
    if transfer.state == TransferOrderState.REFUSED:
        found.append((_("The release was refused and waits for the authority above."), REGULATIONS))
    if transfer.state == TransferOrderState.WAITING and on <= transfer.release_by:
        found.append((_("The losing unit has not released the officer yet."), REGULATIONS))
    due = transfer.allowance
    if not due.is_settled and due.waived_at is None and not is_urgent(transfer.kind, transfer.request):
        words = _("An allowance is due and not shown as paid: voucher, day and the officer's word are needed.")
        found.append((words, PAID_FIRST))
    if transfer.request is not None:
        oral = transfer.request.directions.filter(is_oral=True, paper_reference="", paper="")
        if oral.exists():
            found.append((_("Directed by word of mouth, and the paper is missing."), NO_ORAL))
    return found


def check_may_leave(transfer: TransferOrder, *, on: date) -> None:
    """Errors: RuleBroken with everything that holds the departure, and the sources."""
    if held := holds_departure(transfer, on=on):
        raise RuleBroken(" ".join(words for words, _source in held), "; ".join(source for _words, source in held))


def check_can_ask_deferment(by: Any, transfer: TransferOrder, *, until: date, on: date) -> None:
    """The officer, or the desk from paper; before the day to report, and for no longer than the rule allows."""
    own = is_own(by, transfer.order.officer)
    if not own and not _at_losing(by, transfer, Permission.PROCESS_TRANSFERS, on=on):
        raise NotAllowed(_("The officer asks for a later day, or the HR desk from paper."), REGULATIONS)
    if transfer.state not in (*NOT_OVER[:3],):
        raise InvalidTransition(_("There is nothing to put off: %(state)s.") % {"state": state_of(transfer)})
    day, limit = transfer.order.report_by, rules.rule(RuleCode.DEFER_DAYS, on)
    if on > day:
        raise RuleBroken(_("The day to report has passed; a later day is asked for before it."), REGULATIONS)
    if until <= day or (until - day).days > limit.value:
        raise RuleBroken(
            _("The later day lies after the day to report, and at most %(days)s days.") % {"days": limit.value},
            limit.legal_basis,
        )


def may_decide_deferment(by: Any, transfer: TransferOrder, *, on: date) -> bool:
    """The HR desk of the losing unit, or the commander of the gaining one."""
    return _at_losing(by, transfer, Permission.PROCESS_TRANSFERS, on=on) or _at_gaining(
        by, transfer, Permission.ADVISE_TRANSFERS, on=on
    )


def check_can_decide_deferment(by: Any, deferment: Deferment, transfer: TransferOrder, *, on: date) -> None:
    """Errors: NotAllowed for whoever asked, and outside both units."""
    check_not_oneself(by, transfer.order.officer)
    if by.pk == deferment.asked_by_id:
        raise NotAllowed(_("Whoever asked for the deferment does not decide on it."), NOT_ONESELF)
    if not may_decide_deferment(by, transfer, on=on):
        raise NotAllowed(
            _("A deferment is decided by the HR desk of the losing unit or the commander of the gaining one."),
            REGULATIONS,
        )


def check_is_own_order(by: Any, transfer: TransferOrder) -> None:
    """Only the officer gives his or her own word."""
    if not is_own(by, transfer.order.officer):
        raise NotAllowed(_("Only the officer confirms a payment."), PAID_FIRST)


def check_can_pay(by: Any, transfer: TransferOrder, *, paid_on: date, voucher: str, on: date) -> None:
    """The HR desk records what was paid, with the voucher."""
    check_not_oneself(by, transfer.order.officer)
    if not _at_losing(by, transfer, Permission.PROCESS_TRANSFERS, on=on):
        raise NotAllowed(_("The HR desk of the unit the officer leaves records the payment."), PAID_FIRST)
    if transfer.allowance.kind == AllowanceClass.NONE:
        raise RuleBroken(_("This move carries no allowance."), PAID_FIRST)
    if transfer.allowance.confirmed_at is not None:
        raise RuleBroken(_("The officer has confirmed the payment already."), PAID_FIRST)
    if not voucher.strip() or paid_on > on:
        raise RuleBroken(_("A payment has the number of its voucher, and a day that has come."), PAID_FIRST)


def check_can_waive(by: Any, transfer: TransferOrder, *, on: date) -> None:
    """A second authority, never who published the order or records its payments."""
    check_not_oneself(by, transfer.order.officer)
    if by.pk == transfer.order.issued_by_id or not _at_losing(by, transfer, Permission.LIFT_STOPS, on=on):
        raise NotAllowed(_("A second authority lets an officer leave before the allowance is paid."), PAID_FIRST)


def check_can_send_file(by: Any, transfer: TransferOrder, *, happened_on: date, on: date) -> None:
    """Whoever records returns at the losing unit, once there is an order."""
    if not _at_losing(by, transfer, Permission.RECORD_RETURNS, on=on):
        raise NotAllowed(_("The losing unit forwards the personal file."), REGULATIONS)
    _check_day(transfer, happened_on, on)


def check_can_take_file(by: Any, transfer: TransferOrder, *, happened_on: date, on: date) -> None:
    """Whoever records returns at the gaining unit, once the file was forwarded."""
    if not _at_gaining(by, transfer, Permission.RECORD_RETURNS, on=on):
        raise NotAllowed(_("The gaining unit receives the personal file."), REGULATIONS)
    if transfer.file_forwarded_on is None or happened_on < transfer.file_forwarded_on:
        raise RuleBroken(_("A file is received after it was forwarded."), REGULATIONS)
    _check_day(transfer, happened_on, on)


def _check_day(transfer: TransferOrder, happened_on: date, on: date) -> None:
    if transfer.state in (TransferOrderState.CANCELLED, TransferOrderState.SUSPENDED):
        raise InvalidTransition(_("The order is no longer open: %(state)s.") % {"state": state_of(transfer)})
    if happened_on > on or happened_on < transfer.order.issued_on:
        raise RuleBroken(_("The day lies between the order and today."), REGULATIONS)


def may_take_back(by: Any, transfer: TransferOrder, *, on: date) -> bool:
    """The HR desk on a paper, or a deciding authority over the losing unit."""
    return _at_losing(by, transfer, Permission.PROCESS_TRANSFERS, on=on) or _at_losing(
        by, transfer, Permission.DECIDE_TRANSFERS, on=on
    )


def check_can_take_back(by: Any, transfer: TransferOrder, *, reason: str, on: date) -> None:
    """Errors: NotAllowed; RuleBroken without a reason or paper; InvalidTransition once the officer has arrived."""
    check_not_oneself(by, transfer.order.officer)
    if not may_take_back(by, transfer, on=on):
        raise NotAllowed(_("The HR desk of the losing unit or an authority over it takes an order back."), REGULATIONS)
    if len(reason.strip()) < SHORTEST:
        raise RuleBroken(_("Name the paper and say why; the officer reads it."), NO_ORAL)
    if transfer.state == TransferOrderState.ARRIVED:
        raise InvalidTransition(_("The officer has arrived: a reversing order takes this one back."))


def check_can_reverse(by: Any, transfer: TransferOrder, *, paper: str, on: date) -> None:
    """An order that was carried out is taken back by another order, on a paper."""
    check_not_oneself(by, transfer.order.officer)
    if not may_take_back(by, transfer, on=on):
        raise NotAllowed(_("The HR desk of the losing unit or an authority over it takes an order back."), REGULATIONS)
    if len(paper.strip()) < SHORTEST:
        raise RuleBroken(_("Name the judgment or the paper that takes the move back."), NO_ORAL)
    check_is_reversible(transfer)


def check_is_reversible(transfer: TransferOrder) -> None:
    """Errors: InvalidTransition before the arrival, and where the officer has been posted on since."""
    if transfer.state != TransferOrderState.ARRIVED or transfer.order.posting is None:
        raise InvalidTransition(_("The officer has not arrived: cancel the order instead."))
    if last_stretch(transfer.order.posting).ends_on is not None:  # another duty there is no move
        raise InvalidTransition(_("The officer has been posted on since."))


def check_has_former_post(posting: Posting | None) -> Posting:
    """Errors: RuleBroken where no former posting is on record."""
    if posting is None:
        raise RuleBroken(_("No former posting is on record to return to."), REGULATIONS)
    return posting


def check_days_of_notice(transfer: TransferOrder, *, report_by: date, on: date) -> None:
    """The same days of notice as for a new order."""
    if transfer.state != TransferOrderState.SUSPENDED:
        raise InvalidTransition(_("The order is not suspended."))
    notice = rules.rule(RuleCode.NOTICE_DAYS, on)
    least = 0 if is_urgent(transfer.kind, transfer.request) else notice.value
    if (report_by - on).days < least:
        raise RuleBroken(_("The day to report is less than %(days)s days ahead.") % {"days": least}, notice.legal_basis)


def may_pay(by: Any, transfer: TransferOrder, *, on: date) -> bool:
    """Whether the user's HR desk records payments of this order."""
    return _at_losing(by, transfer, Permission.PROCESS_TRANSFERS, on=on)


def may_waive(by: Any, transfer: TransferOrder, *, on: date) -> bool:
    """Whether the user is a second authority for it."""
    return by.pk != transfer.order.issued_by_id and _at_losing(by, transfer, Permission.LIFT_STOPS, on=on)
