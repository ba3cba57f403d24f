"""What the board may do to a computed round, and who may try out other rules; each refusal names its source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from transfers.models import Award, Round, RoundState
from transfers.policies import rounds

FAIR = "Fair Administrative Action Act 2015, s.4(3): reasons in writing"
SHORTEST = 10  # characters of a reason that says anything
TRIED = (
    RoundState.FROZEN,
    RoundState.DRAWN,
    RoundState.SOLVED,
    RoundState.ACCEPTED,
    RoundState.PUBLISHED,
    RoundState.CLOSED,
)


def may_try(by: Any, *, on: date) -> bool:
    """Whether the user prepares rounds or decides on them."""
    return rounds.holds(by, Permission.MANAGE_ROUNDS, on=on) or rounds.holds(
        by, Permission.SIT_ON_TRANSFER_BOARD, on=on
    )


def may_see_board(by: Any, *, on: date) -> bool:
    """Whether the page of a board opens: to who prepares, decides or signs. Never to somebody who takes part."""
    return may_try(by, on=on) or rounds.holds(by, Permission.SIGN_ROUNDS, on=on)


def check_can_try(by: Any, round: Round, *, on: date) -> None:
    if not may_try(by, on=on):
        raise NotAllowed(_("Other rules are tried out by who prepares rounds, or by the board."), rounds.TWO_PEOPLE)
    rounds.check_takes_no_part(by, round)
    rounds.check_state(round, TRIED, _("tried out"))


def check_can_vary(by: Any, award: Award, *, reason: str, on: date) -> None:
    """Single awards are varied by the board, before it accepts, with reasons that are published."""
    round = award.participation.round
    rounds.check_on_board(by, round, on=on)
    rounds.check_state(round, [RoundState.SOLVED], _("varied"))
    check_words(reason, _("Write the reason in a sentence: it is published with the result, without a name."))


def check_words(words: str, otherwise: str) -> None:
    if len(words.strip()) < SHORTEST:
        raise RuleBroken(otherwise, FAIR)
