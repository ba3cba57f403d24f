"""Publication: a decision becomes an order with a number, a letter, an allowance and notices. All of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from deployment import actions as deployment
from deployment.models import Duty, PostingOrder
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.letters import numbering
from hcims.letters.actions import issue_many
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from transfers import allowances, links, order_letter, orders_shown
from transfers.actions import redress
from transfers.models import (
    Allowance,
    Award,
    RuleCode,
    TransferOrder,
    TransferOrderState,
    TransferRequest,
)
from transfers.policies import orders as policies
from transfers.queries import orders as queries
from transfers.queries import rules
from transfers.queries.commands import commanders_of, commands_of, hardship_units

AT_ONCE = 5_000  # rows in one statement
TOGETHER = 50  # letters in one piece of work: what a killed worker does again at most


@dataclass(frozen=True)
class Publication:
    """One decided move, ready for its order. Rests on a request, on an award, or on the order that it takes back.

    Shape: `kind` of TransferKind, "round" or "reversal". `authority` is what the order prints: in whose name, when.
    """

    officer: Officer
    to_unit: Unit
    duty: Duty
    post_rank: Rank | None
    report_by: date
    kind: str
    reason_code: str
    legal_basis: str
    authority: str
    decided_by: Any
    post_skill: Skill | None = None
    request: TransferRequest | None = None
    award: Award | None = None
    reverses: TransferOrder | None = None
    overstrength_authority: str = ""
    handover_position: int | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether it goes out without days of notice and without waiting for the losing unit's word."""
        return policies.is_urgent(self.kind, self.request)


@action
def publish_many(moves: Sequence[Publication], *, by: Any, on: date, at: datetime) -> list[TransferOrder]:
    """This function will publish many moves as one deed, in a few statements whatever their number; in the order given.

    The caller has checked who may publish, and that nothing holds the moves. The letters are printed by a job afterwards:
    it finds every order without one, so that nothing has to remember them.
    Errors: RuleBroken for an officer who left, has an open order or serves there already, for a closed unit, and for less
    notice than the rule asks for.
    """
    if not moves:
        return []
    policies.check_notice(moves, on=on)
    numbers = numbering.next_numbers(order_letter.ORDER.series, len(moves), on=on)
    issued = deployment.issue_decided(
        moves=[decided(each, number) for each, number in zip(moves, numbers, strict=True)], by=by, on=on, at=at
    )
    by_number = {each.number: each for each in issued}
    orders = [by_number[number] for number in numbers]
    made = TransferOrder.objects.bulk_create(rows_of(moves, orders, on=on, at=at), batch_size=AT_ONCE)
    _keep_allowances(moves, made, on=on)
    _tell(made, on=on, at=at)
    redress.given_by_orders(made, by=by, on=on, at=at)
    _record(made, by=by, at=at)
    return made


def decided(move: Publication, number: str) -> deployment.DecidedMove:
    """The move as the order of it is written."""
    return deployment.DecidedMove(
        number=number,
        officer=move.officer,
        to_unit=move.to_unit,
        duty=move.duty,
        post_rank=move.post_rank,
        post_skill=move.post_skill,
        report_by=move.report_by,
        reason=orders_shown.reason_of(move.kind, move.reason_code).en,
        authority=move.authority,
        overstrength_authority=move.overstrength_authority,
    )


def rows_of(
    moves: Sequence[Publication], orders: Sequence[PostingOrder], *, on: date, at: datetime
) -> list[TransferOrder]:
    """What is kept beside each posting order, kept nowhere yet: a draft of the letter reads it too."""
    ends = {unit for each in orders for unit in (each.from_unit_id, each.to_unit_id) if unit is not None}
    commands = commands_of(ends, on=on)
    days = timedelta(days=rules.value(RuleCode.RELEASE_DAYS, on))
    return [
        TransferOrder(
            order=order,
            request=move.request,
            award=move.award,
            reverses=move.reverses,
            state=TransferOrderState.RELEASED if move.is_urgent else TransferOrderState.WAITING,
            kind=move.kind,
            reason_code=move.reason_code,
            legal_basis=move.legal_basis[:300],
            decided_by=move.decided_by,
            published_at=at,
            from_command_id=commands.get(order.from_unit_id) if order.from_unit_id else None,
            to_command_id=commands[order.to_unit_id],
            handover_position=move.handover_position,
            release_by=min(on + days, order.report_by),
            released_at=at if move.is_urgent else None,
        )
        for move, order in zip(moves, orders, strict=True)
    ]


def _keep_allowances(moves: Sequence[Publication], made: Sequence[TransferOrder], *, on: date) -> None:
    hard = hardship_units(on)
    Allowance.objects.bulk_create(
        [
            Allowance(
                transfer=transfer,
                kind=allowances.class_of(move.kind, move.request, move.award, into_hardship=move.to_unit.pk in hard),
            )
            for move, transfer in zip(moves, made, strict=True)
        ],
        batch_size=AT_ONCE,
    )


def _tell(made: Sequence[TransferOrder], *, on: date, at: datetime) -> None:
    """The officers, and the commanders of both ends: that there is an order, never what it is about."""
    officers = [each.order.officer.user for each in made if each.order.officer.user is not None]
    notify_many(officers, Notice.POSTING_ORDERED, at=at, link=links.OWN_ORDERS)
    units = {unit for each in made for unit in (each.order.from_unit_id, each.order.to_unit_id) if unit is not None}
    notify_many(commanders_of(units, on=on), Notice.TRANSFER_AT_UNIT, at=at, link=links.ORDERS)


def _record(made: Sequence[TransferOrder], *, by: Any, at: datetime) -> None:
    if len(made) == 1:
        trail.record(Event.TRANSFER_PUBLISHED, target=made[0], by=by, at=at, source=made[0].order.authority)
        return
    digest = hashlib.sha256("\n".join(f"{each.order.number} {each.ref}" for each in made).encode()).hexdigest()
    details = {"count": len(made), "sha256": digest}
    trail.record(Event.TRANSFER_PUBLISHED, target="transfers.orders", by=by, at=at, details=details)


@action
def publish(
    *,
    officer: Officer,
    to_unit: Unit,
    duty: Duty,
    post_rank: Rank | None,
    post_skill: Skill | None = None,
    report_by: date,
    kind: str,
    reason_code: str,
    legal_basis: str,
    authority: str,
    decided_by: Any,
    by: Any,
    on: date,
    at: datetime,
    request: TransferRequest | None = None,
    award: Award | None = None,
    reverses: TransferOrder | None = None,
    overstrength_authority: str = "",
    handover_position: int | None = None,
    letter: bool = True,
) -> TransferOrder:
    """This function will publish one decided move; its letter at once, or with `letter=False` by the job.

    The caller has checked who may publish, and that nothing holds the move. Errors: as `publish_many`; NotAllowed for an
    order to whoever publishes it.
    """
    policies.check_not_oneself(by, officer)
    move = Publication(
        officer=officer, to_unit=to_unit, duty=duty, post_rank=post_rank, post_skill=post_skill, report_by=report_by,
        kind=kind, reason_code=reason_code, legal_basis=legal_basis, authority=authority, decided_by=decided_by,
        request=request, award=award, reverses=reverses, overstrength_authority=overstrength_authority,
        handover_position=handover_position,
    )  # fmt: skip
    made = publish_many([move], by=by, on=on, at=at)
    if letter:
        print_letters([made[0].pk], at=at)
        made[0].refresh_from_db(fields=["letter"])
    return made[0]


@action
def print_letters(keys: Sequence[int], *, at: datetime) -> int:
    """This function will print the letters of those orders that have none yet, and say how many. Whoever comes second waits.

    Errors: ValueError for more than are printed together.
    """
    if len(keys) > TOGETHER:
        raise ValueError(f"at most {TOGETHER} letters at once")
    list(TransferOrder.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
    waiting = list(queries.at_hand().filter(pk__in=keys, letter__isnull=True).order_by("pk"))
    groups: dict[tuple[int, str], list[TransferOrder]] = {}
    for each in waiting:
        groups.setdefault((each.order.issued_by_id, order_letter.language_of(each)), []).append(each)
    for group in groups.values():
        issued = issue_many(
            order_letter.ORDER.code,
            [order_letter.draft(each) for each in group],
            by=group[0].order.issued_by,
            at=at,
            numbers=[each.order.number for each in group],
            joined=False,
        )
        for each, letter in zip(group, issued.letters, strict=True):
            each.letter = letter
        TransferOrder.objects.bulk_update(group, ["letter"])
    return len(waiting)
