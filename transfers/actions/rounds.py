"""A round up to the freeze: prepared, announced, opened, its lists closed, the lottery committed to and revealed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Rank
from transfers import lottery, rulebook
from transfers.models import (
    LotteryCommitment,
    RequestState,
    Round,
    RoundState,
    RuleBook,
    RuleBookState,
    TransferRequest,
)
from transfers.policies import rounds as policies
from transfers.policies.redress import check_book_counts
from transfers.queries.redress import owed_in_ranks

LEAST_BODIES = 2  # one alone could choose its number to suit


@dataclass(frozen=True)
class Calendar:
    """The days of a round, in their order."""

    opens_on: date
    closes_on: date
    claims_until: date
    draw_on: date
    report_by: date
    appeals_until: date


@action
def prepare_round(
    *,
    code: str,
    title: str,
    rule_book: RuleBook,
    calendar: Calendar,
    seats_source: str,
    public_draw: str,
    by: Any,
    on: date,
    at: datetime,
) -> Round:
    """This function will prepare a round under a published rule book. Its ranks are those of the book.

    Errors: RuleBroken where the book is not published, a day lies in the past, or a rank is unknown.
    """
    policies.check_can_manage(by, on=on)
    if rule_book.state != RuleBookState.PUBLISHED:
        raise RuleBroken(_("A round runs by a published rule book; publish this one first."), policies.CALENDAR)
    if calendar.opens_on <= on:
        raise RuleBroken(_("The round opens on a day to come, so that the rules are known before."), policies.CALENDAR)
    ranks = list(Rank.objects.filter(code__in=rule_book.content["ranks"]))
    if len(ranks) != len(rule_book.content["ranks"]):
        raise RuleBroken(_("The rule book names a rank that does not exist."))
    check_book_counts(rulebook.read(rule_book.content), owed_in_ranks(rule_book.content["ranks"]))
    round = Round.objects.create(
        code=code,
        title=title,
        rule_book=rule_book,
        seats_source=seats_source,
        public_draw=public_draw,
        created_by=by,
        secret=secrets.token_hex(32),
        **vars(calendar),
    )
    round.ranks.set(ranks)
    trail.record(Event.ROUND_PREPARED, target=round, by=by, at=at, details={"rule_book": rule_book.sha256})
    return round


@action
def announce(*, round: Round, by: Any, on: date, at: datetime) -> Round:
    """This function will announce a round: rules and calendar are public from now on, and fixed."""
    policies.check_can_sign(by, on=on)
    if round.created_by_id == by.pk:
        raise RuleBroken(_("Whoever prepared the round does not announce it."), policies.TWO_PEOPLE)
    return workflow.move(round, RoundState.ANNOUNCED, by=by, at=at)


@action
def open_lists(*, round: Round, by: Any, on: date, at: datetime) -> Round:
    """This function will open the lists. Requests that earlier rounds left waiting are in this one from now on."""
    policies.check_can_manage(by, on=on)
    policies.check_day(on, round.opens_on, _("Opening"))
    moved = workflow.move(round, RoundState.OPEN, by=by, at=at)
    waiting = TransferRequest.objects.filter(state=RequestState.POOLED, round=None, is_protected=False)
    waiting.filter(rank__in=round.ranks.all()).update(round=round, reason_code="")
    return moved


@action
def close_lists(*, round: Round, by: Any, on: date, at: datetime) -> Round:
    """This function will close the lists; until the end of the claims, wrong facts can still be corrected.

    Errors: RuleBroken before the day, or where fewer than two bodies have committed to the lottery.
    """
    policies.check_can_manage(by, on=on)
    policies.check_day(on, round.closes_on, _("Closing"))
    if round.commitments.count() < LEAST_BODIES:
        raise RuleBroken(_("At least two bodies commit to the lottery before the lists close."), policies.CALENDAR)
    return workflow.move(round, RoundState.CLAIMS, by=by, at=at)


@action
def commit(*, round: Round, body: str, sha256: str, by: Any, on: date, at: datetime) -> LotteryCommitment:
    """This function will put down the digest of a body's secret number, before the lists close.

    Errors: RuleBroken after the lists have closed, or for anything that is no SHA-256 digest.
    """
    policies.check_can_manage(by, on=on)
    policies.check_state(round, [RoundState.ANNOUNCED, RoundState.OPEN], _("committed to"))
    digest = sha256.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise RuleBroken(_("A commitment is the SHA-256 digest of the number: 64 digits from 0 to 9 and a to f."))
    if round.commitments.filter(body__iexact=body.strip()).exists():
        raise RuleBroken(_("This body has committed already; a commitment is never replaced."))
    kept = LotteryCommitment.objects.create(
        round=round, body=body.strip(), sha256=digest, committed_at=at, entered_by=by
    )
    trail.record(Event.LOTTERY_COMMITTED, target=round, by=by, at=at, details={"body": kept.body, "sha256": digest})
    return kept


@action
def reveal(*, commitment: LotteryCommitment, nonce: str, by: Any, on: date, at: datetime) -> LotteryCommitment:
    """This function will put down the number behind a commitment, after the freeze.

    Errors: RuleBroken before the freeze, for a number that is not the one committed to, or for a second number.
    """
    round = commitment.round
    policies.check_can_manage(by, on=on)
    policies.check_state(round, [RoundState.FROZEN], _("revealed"))
    if commitment.nonce:
        raise RuleBroken(_("This number has been revealed already."))
    if lottery.commitment(nonce) != commitment.sha256:
        raise RuleBroken(_("This is not the number that %(body)s committed to.") % {"body": commitment.body})
    if lottery.SEPARATOR in nonce:
        raise RuleBroken(_("The number contains a vertical bar, which separates the parts of the seed."))
    commitment.nonce, commitment.revealed_at = nonce, at
    commitment.save(update_fields=["nonce", "revealed_at"])
    trail.record(Event.LOTTERY_REVEALED, target=round, by=by, at=at, details={"body": commitment.body})
    return commitment


@action
def draw(*, round: Round, public_result: str, by: Any, on: date, at: datetime) -> Round:
    """This function will fix the seed from the frozen facts, the revealed numbers and the result of the public draw.

    A body that did not reveal is left out, and that is published. Errors: RuleBroken before the day of the draw,
    without any revealed number, or without the public result.
    """
    policies.check_can_manage(by, on=on)
    policies.check_day(on, round.draw_on, _("The draw"))
    if not public_result.strip() or lottery.SEPARATOR in public_result:
        raise RuleBroken(_("Enter the result of the public draw as it was published, without a vertical bar."))
    nonces = _revealed(round.commitments.all())
    if not nonces:
        raise RuleBroken(_("No body has revealed its number yet."), policies.CALENDAR)
    seed = lottery.seed(round.code, round.problem_root, nonces, public_result.strip())
    workflow.move(
        round, RoundState.DRAWN, by=by, at=at, note=seed[:12], seed=seed, public_draw_result=public_result.strip()
    )
    trail.record(Event.LOTTERY_REVEALED, target=round, by=by, at=at, details={"seed": seed, "bodies": len(nonces)})
    return round


def _revealed(commitments: Iterable[LotteryCommitment]) -> list[str]:
    return sorted(each.nonce for each in commitments if each.nonce)


@action
def cancel_round(*, round: Round, reason: str, by: Any, on: date, at: datetime) -> Round:
    """This function will cancel a round before it is published; requests that waited for it wait for the next."""
    policies.check_can_sign(by, on=on)
    if not reason.strip():
        raise RuleBroken(_("Say why the round is cancelled; everyone reads it."), policies.CALENDAR)
    workflow.move(round, RoundState.CANCELLED, by=by, at=at, note=reason)
    round.requests.filter(state=RequestState.POOLED).update(round=None)
    return round
