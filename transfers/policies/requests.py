"""Who may ask, change, submit, answer and withdraw, and who may propose a move."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from personnel.models import Officer
from transfers.models import RequestState, Round, TransferKind, TransferRequest

REGULATIONS = "Transfers and Deployments Regulations, LN 89/2015"
NOT_ONESELF = "Fair Administrative Action Act 2015, s.7(2)(a): nobody decides about himself or herself"
NO_ORAL = "Kasebe v NPSC [2020] KEELRC 1923: no oral transfer"
ASKED_BY_OFFICER = (TransferKind.REQUEST, TransferKind.EXCHANGE, TransferKind.COMPASSIONATE, TransferKind.EMERGENCY)
PROPOSED = (
    TransferKind.SERVICE_NEED,
    TransferKind.ROTATION,
    TransferKind.WITHIN_COMMAND,
    TransferKind.EMERGENCY,
)


def is_own(by: Any, officer: Officer) -> bool:
    """Whether the record is the user's own."""
    return officer.user_id is not None and officer.user_id == by.pk


def is_desk_of(by: Any, officer: Officer, *, on: date) -> bool:
    """Whether the user's HR desk reaches the officer; never for the user's own record."""
    if is_own(by, officer) or officer.unit is None:
        return False
    return by.can(Permission.PROCESS_TRANSFERS, at=officer.unit, on=on)


def check_serves(officer: Officer) -> None:
    """Nobody who left, and nobody without a unit, is transferred."""
    if officer.exited_on is not None:
        raise RuleBroken(_("%(officer)s has left the service.") % {"officer": officer.service_number}, REGULATIONS)
    if officer.unit_id is None:
        raise RuleBroken(
            _("No posting of %(officer)s is on record; HR records it first.") % {"officer": officer.service_number},
            REGULATIONS,
        )


def check_can_ask(by: Any, officer: Officer, *, kind: str, is_protected: bool, on: date) -> None:
    """The officer asks; an HR desk may enter a request from paper, but never a protected one."""
    check_serves(officer)
    if kind not in ASKED_BY_OFFICER:
        raise RuleBroken(_("This kind of transfer is proposed by a commander, not asked for."), REGULATIONS)
    if is_own(by, officer):
        return
    if is_protected or not is_desk_of(by, officer, on=on):
        raise NotAllowed(
            _("A request is entered by the officer, or by the HR desk of the unit from paper."), REGULATIONS
        )


def check_holds_draft(by: Any, request: TransferRequest) -> None:
    """Only whoever writes a request changes it."""
    if by.pk not in (request.entered_by_id, request.officer.user_id):
        raise NotAllowed(_("Only the officer, or the desk that entered it, changes a request."), REGULATIONS)


def check_can_change(by: Any, request: TransferRequest) -> None:
    """Places may change until somebody decides, or until the lists of the round close."""
    check_holds_draft(by, request)
    if request.state not in (RequestState.DRAFT, RequestState.ADVICE, RequestState.POOLED):
        raise RuleBroken(_("It is before the deciding authority now. Withdraw it to ask anew."), REGULATIONS)
    current: Round | None = request.round
    if current is not None and current.state != "open":
        raise RuleBroken(_("The lists of this round have closed."), _("Rule book of the round"))


def check_can_withdraw(by: Any, request: TransferRequest, *, on: date) -> None:
    """Who asked may withdraw: the officer, the desk on paper, or the commander who proposed."""
    if request.proposed_by_id is not None:
        allowed = by.pk == request.proposed_by_id
    else:
        desk = not request.is_protected and is_desk_of(by, request.officer, on=on)
        allowed = is_own(by, request.officer) or desk
    if not allowed:
        raise NotAllowed(_("Only who asked for a transfer may withdraw it."), REGULATIONS)


def check_can_propose(by: Any, officer: Officer, *, kind: str, to_unit: Unit | None, reasons: str, on: date) -> None:
    """A commander proposes a need of the service with reasons, the HR desk what a rule makes due; nobody himself."""
    check_serves(officer)
    if kind not in PROPOSED:
        raise RuleBroken(_("This kind of transfer is asked for by the officer."), REGULATIONS)
    if is_own(by, officer):
        raise NotAllowed(_("You cannot propose a transfer of your own: ask for one."), NOT_ONESELF)
    if len(reasons.strip()) < 10:
        raise RuleBroken(_("Write the reasons: the officer reads them, and so does a court."), REGULATIONS)
    if to_unit is not None and to_unit.pk == officer.unit_id:
        raise RuleBroken(_("The officer serves at %(unit)s already.") % {"unit": to_unit.name}, REGULATIONS)
    places = [unit for unit in (officer.unit, to_unit) if unit is not None]
    commands = any(by.can(Permission.ADVISE_TRANSFERS, at=unit, on=on) for unit in places)
    if not commands and not is_desk_of(by, officer, on=on):
        raise NotAllowed(_("A move is proposed by a commander of either unit, or by the HR desk."), REGULATIONS)


def check_can_answer_family(by: Any, request: TransferRequest, *, on: date) -> None:
    """The officer answers; the desk enters the answers from paper."""
    if is_own(by, request.officer):
        return
    if request.is_protected or not is_desk_of(by, request.officer, on=on):
        raise NotAllowed(_("The officer answers about the family, or the HR desk from paper."), REGULATIONS)
