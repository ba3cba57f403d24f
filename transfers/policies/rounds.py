"""Who may prepare, freeze, draw, try out, accept and publish a round; each refusal names its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType
from transfers.models import Round, RoundState, RuleCode
from transfers.queries import rules

TWO_PEOPLE = "Leadership and Integrity Act 2012; two people for every rule of a round"
CALENDAR = "Calendar of the round, published with its announcement"


def holds(by: Any, permission: Permission, *, on: date) -> bool:
    """A round is of the whole service: the right must reach its head."""
    head = Unit.objects.filter(type=UnitType.SERVICE).first()
    return head is not None and bool(by.can(permission, at=head, on=on))


def check_can_manage(by: Any, *, on: date) -> None:
    if not holds(by, Permission.MANAGE_ROUNDS, on=on):
        raise NotAllowed(_("Rounds are prepared by the HR officers of the service."), TWO_PEOPLE)


def check_can_sign(by: Any, *, on: date) -> None:
    if not holds(by, Permission.SIGN_ROUNDS, on=on):
        raise NotAllowed(_("Rule books and rounds are published by the issuing authority."), TWO_PEOPLE)


def check_on_board(by: Any, round: Round, *, on: date) -> None:
    """Nobody sits on the board of a round he or she takes part in, or prepared."""
    if not holds(by, Permission.SIT_ON_TRANSFER_BOARD, on=on):
        raise NotAllowed(_("The result of a round is decided on by its board."), TWO_PEOPLE)
    if round.created_by_id == by.pk:
        raise NotAllowed(_("Whoever prepared the round does not sit on its board."), TWO_PEOPLE)
    check_takes_no_part(by, round)


def check_can_publish_round(by: Any, round: Round, *, on: date) -> None:
    """The issuing authority signs what others prepared and the board accepted."""
    check_can_sign(by, on=on)
    check_state(round, [RoundState.ACCEPTED], _("published"))
    if by.pk in (round.accepted_by_id, round.created_by_id):
        raise NotAllowed(_("Whoever prepared or accepted the round does not publish it."), TWO_PEOPLE)
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
            _("%(what)s is on %(day)s by the calendar, not before.") % {"what": what, "day": date_format(day, "j F Y")},
            CALENDAR,
        )


def check_can_freeze(round: Round, *, on: date) -> None:
    """Facts can be corrected to the end of the last day of claims; then the round is frozen, once."""
    check_state(round, [RoundState.CLAIMS], _("frozen"))
    if on <= round.claims_until:
        raise RuleBroken(
            _("Facts can be corrected until the end of %(day)s.") % {"day": date_format(round.claims_until, "j F Y")},
            CALENDAR,
        )


def check_report_day(round: Round, day: date, *, on: date) -> None:
    """The day to report is the round's own or a later one, with the days of notice that the rule asks for."""
    if day < round.report_by:
        raise RuleBroken(
            _("The day to report is %(day)s by the calendar, or later.")
            % {"day": date_format(round.report_by, "j F Y")},
            CALENDAR,
        )
    notice = rules.rule(RuleCode.NOTICE_DAYS, on)
    if (day - on).days < notice.value:
        raise RuleBroken(
            _("Between the order and the day to report lie at least %(days)s days. Set a later day.")
            % {"days": notice.value},
            notice.legal_basis,
        )
