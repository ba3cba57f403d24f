"""Who may offer to exchange posts after a round, and when; who looks for circles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.errors import NotAllowed, RuleBroken
from personnel.models import Officer
from transfers.models import Round, RoundState
from transfers.policies.requests import REGULATIONS, check_serves, is_own
from transfers.policies.rounds import check_can_manage

RULES = "Rule book of the round"


def window(round: Round) -> tuple[date, date] | None:
    """The first and the last day on which offers are taken; None without a window."""
    days = int(round.rule_book.content.get("exchange_days", 0))
    if round.state not in (RoundState.PUBLISHED, RoundState.CLOSED) or round.published_at is None or not days:
        return None
    first = timezone.localdate(round.published_at)
    return first, first + timedelta(days=days)


def check_open(round: Round, *, on: date) -> None:
    found = window(round)
    if found is None:
        raise RuleBroken(_("After this round there is no window for exchange."), RULES)
    if not found[0] <= on <= found[1]:
        raise RuleBroken(
            _("Offers were taken from %(first)s to %(last)s.")
            % {"first": f"{found[0]:%d %B %Y}", "last": f"{found[1]:%d %B %Y}"},
            RULES,
        )


def check_can_offer(by: Any, officer: Officer, round: Round, *, on: date) -> None:
    """The officer offers the own post, in the ranks of the round, while the window is open."""
    if not is_own(by, officer):
        raise NotAllowed(_("Only the officer offers the own post."), REGULATIONS)
    check_serves(officer)
    check_open(round, on=on)
    if officer.rank not in round.ranks.all():
        raise RuleBroken(_("The window is for the ranks of the round."), RULES)


def check_can_close(by: Any, round: Round, *, on: date) -> None:
    """Circles are looked for once the window is over, by the HR officers of the service."""
    check_can_manage(by, on=on)
    found = window(round)
    if found is None:
        raise RuleBroken(_("After this round there is no window for exchange."), RULES)
    if on <= found[1]:
        raise RuleBroken(_("Offers are taken until the end of %(day)s.") % {"day": f"{found[1]:%d %B %Y}"}, RULES)
