"""Who may prepare, freeze, draw, try out, accept and publish a round; each refusal names its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType
from transfers.models import Round, RoundState

TWO_PEOPLE = "Leadership and Integrity Act 2012; two people for every rule of a round"
CALENDAR = "Calendar of the round, published with its announcement"


def _national(by: Any, permission: Permission, on: date) -> bool:
    """A round is of the whole service: the right must reach its head."""
    head = Unit.objects.filter(type=UnitType.SERVICE).first()
    return head is not None and bool(by.can(permission, at=head, on=on))


def check_can_manage(by: Any, *, on: date) -> None:
    if not _national(by, Permission.MANAGE_ROUNDS, on):
        raise NotAllowed(_("Rounds are prepared by the HR officers of the service."), TWO_PEOPLE)


def check_can_sign(by: Any, *, on: date) -> None:
    if not _national(by, Permission.SIGN_ROUNDS, on):
        raise NotAllowed(_("Rule books and rounds are published by the issuing authority."), TWO_PEOPLE)


def check_on_board(by: Any, round: Round, *, on: date) -> None:
    """Nobody sits on the board of a round he or she takes part in, or prepared."""
    if not _national(by, Permission.SIT_ON_TRANSFER_BOARD, on):
        raise NotAllowed(_("The result of a round is decided on by its board."), TWO_PEOPLE)
    if round.created_by_id == by.pk:
        raise NotAllowed(_("Whoever prepared the round does not sit on its board."), TWO_PEOPLE)
    check_takes_no_part(by, round)


def check_takes_no_part(by: Any, round: Round) -> None:
    if round.participations.filter(officer__user=by).exists():
        raise NotAllowed(
            _("You take part in this round, so you do not decide on it."),
            "Fair Administrative Action Act 2015, s.7(2)(a): nobody decides about himself or herself",
        )


def check_state(round: Round, states: Iterable[RoundState], deed: str) -> None:
    if round.state not in set(states):
        raise RuleBroken(
            _("The round is %(state)s; it cannot be %(deed)s now.")
            % {"state": round.get_state_display(), "deed": deed},
            CALENDAR,
        )


def check_day(today: date, day: date, what: str) -> None:
    if today < day:
        raise RuleBroken(
            _("%(what)s is on %(day)s by the calendar, not before.") % {"what": what, "day": f"{day:%d %B %Y}"},
            CALENDAR,
        )
