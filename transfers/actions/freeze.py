"""The freeze: the record of one day becomes the problem of the round, written down once under a root that is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.models import User
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from hcims.references import new_reference
from organisation.models import Rank
from transfers import frozen, links, rulebook
from transfers.actions import redress
from transfers.feasibility import prove
from transfers.freezing import Assembled, assemble
from transfers.freezing.reading import read
from transfers.frozen import Entrant, Frozen
from transfers.models import Participation, RequestState, Round, RoundState, Standing, TransferRequest
from transfers.policies import rounds as policies

Step = Callable[[int, int, str], None]
STEPS = 5
AT_ONCE = 500  # officers named in one statement


def quiet(done: int, total: int, label: str) -> None:
    """Nobody watches."""


@action
def freeze(*, round: Round, by: Any, on: date, at: datetime, step: Step = quiet) -> Round:
    """This function will freeze a round: who takes part, with which facts, points and wishes, and which seats there are.

    Who asked and cannot take part is told why, and the request waits for the next round.
    Errors: RuleBroken before the claims have ended, or where nobody takes part; the calendar says when.
    """
    policies.check_can_manage(by, on=on)
    policies.check_can_freeze(round, on=on)
    rules, secret = rulebook.read(round.rule_book.content), bytes.fromhex(round.secret)
    step(0, STEPS, _("Reading the record"))
    record = read(round, on=on)
    step(1, STEPS, _("Seats, points and wishes"))
    assembled = assemble(record, rules, secret)
    if not assembled.officers:
        raise RuleBroken(_("Nobody takes part: no request waits for this round, and nobody is due."))
    step(2, STEPS, _("Writing it down"))
    lines = write_down(round, assembled, rules, secret)
    step(3, STEPS, _("Proof of feasibility"))
    proof = prove(frozen.problem(lines.lines, ""))
    step(4, STEPS, _("Keeping it"))
    _keep_participations(round, assembled)
    _tell_left_out(round, assembled, at=at)
    if rulebook.counts_upheld_appeals(rules):
        redress.count_in(
            round,
            [each.holder.officer for each in assembled.people.values() if rulebook.UPHELD_APPEAL in each.facts.grounds],
        )
    blob = b"".join(line + b"\n" for line in lines.lines)
    round.problem.save(f"{new_reference()}.jsonl", ContentFile(blob), save=False)
    workflow.move(
        round, RoundState.FROZEN, by=by, at=at, note=lines.root[:12], problem=round.problem.name,
        problem_sha256=hashlib.sha256(blob).hexdigest(), problem_root=lines.root, frozen_at=at,
        feasibility={
            "feasible": int(proof.feasible), "missing": proof.missing, "officers": list(proof.officers),
            "places": list(proof.places), "floors": list(proof.floors),
        },
    )  # fmt: skip
    details = {"root": lines.root, "participants": len(assembled.officers), "left_out": len(assembled.left_out)}
    step(5, STEPS, _("Done"))
    trail.record(Event.ROUND_FROZEN, target=round, by=by, at=at, details=details)
    return round


def write_down(round: Round, assembled: Assembled, rules: rulebook.Rules, secret: bytes) -> Frozen:
    """The canonical lines of the freeze."""
    book = round.rule_book
    said = {
        "round": round.code,
        "mechanism": rules.mechanism,
        "rulebook": {
            "version": book.version, "sha256": book.sha256, "authority": book.issuing_authority, "basis": book.legal_basis,
        },
        "minimum_months": rules.minimum_months,
        "maximum_months": rules.maximum_months,
        "commitments": [{"body": each.body, "commitment": each.sha256} for each in round.commitments.all()],
        "content": book.content,
    }  # fmt: skip
    entrants = [
        Entrant(officer, tuple(assembled.items[name]), person.months, person.due, person.early)
        for name, officer in assembled.officers.items()
        for person in [assembled.people[name]]
    ]
    ground = assembled.ground
    return frozen.freeze(said, ground.places.values(), ground.nodes.values(), entrants, secret=secret)


def _keep_participations(round: Round, assembled: Assembled) -> None:
    ranks = dict(Rank.objects.values_list("code", "pk"))
    rows = []
    for name, officer in assembled.officers.items():
        person = assembled.people[name]
        items = [{"code": i.code, "points": i.points, "only": list(i.only)} for i in assembled.items[name]]
        rows.append(
            Participation(
                round=round,
                officer_id=person.holder.officer,
                pseudonym=name,
                standing=Standing.DUE if person.must_move else Standing.VOLUNTEER,
                from_unit_id=person.holder.unit,
                rank_id=ranks[person.holder.rank],
                skill_id=person.holder.skill,
                points=max(officer.points.values(), default=0),
                items=items,
                release=officer.release,
            )
        )
    Participation.objects.bulk_create(rows, batch_size=1000)


def _tell_left_out(round: Round, assembled: Assembled, *, at: datetime) -> None:
    """Each reason is written on the requests it concerns, which wait for the next round, and their officers are told."""
    by_reason: dict[str, list[int]] = {}
    for each in assembled.left_out:
        by_reason.setdefault(each.reason, []).append(each.officer)
    waiting = TransferRequest.objects.filter(round=round, state=RequestState.POOLED)
    told: list[int] = []
    for reason, officers in by_reason.items():
        for start in range(0, len(officers), AT_ONCE):
            some = officers[start : start + AT_ONCE]
            waiting.filter(officer__in=some).update(round=None, reason_code=reason)
            told += some
    notify_many(users_of(told), Notice.TRANSFER_NEWS, at=at, link=links.my_round(round.code))


def users_of(officers: Sequence[int]) -> list[User]:
    """The accounts of these officers, in a few statements."""
    found: list[User] = []
    for start in range(0, len(officers), AT_ONCE):
        found += User.objects.filter(officer__in=officers[start : start + AT_ONCE], is_active=True).order_by("pk")
    return found
