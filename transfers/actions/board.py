"""The board: it accepts what was computed, or varies single awards with reasons that are published with the result."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, RuleBroken
from organisation.models import Skill, Unit
from transfers.actions.counting import count_board
from transfers.freezing.market import class_ref
from transfers.models import Award, Round, RoundState
from transfers.policies import board as policies
from transfers.policies import rounds as round_policies
from transfers.queries import ground

RULES = "Rule book of the round"


@action
def accept(*, round: Round, minutes: str, by: Any, on: date, at: datetime) -> Round:
    """This function will accept the result as it stands, with what was varied; the issuing authority signs it next.

    Errors: NotAllowed for who takes part or prepared the round; RuleBroken without minutes.
    """
    round_policies.check_on_board(by, round, on=on)
    policies.check_words(minutes, _("Write down what the board considered: the minutes stay with the round."))
    workflow.move(
        round, RoundState.ACCEPTED, by=by, at=at, accepted_by=by, accepted_at=at, board_minutes=minutes.strip()
    )
    varied = Award.objects.filter(participation__round=round, is_varied=True).count()
    trail.record(Event.ROUND_ACCEPTED, target=round, by=by, at=at, details={"varied": varied})
    return round


@action
def reopen(*, round: Round, reason: str, by: Any, on: date, at: datetime) -> Round:
    """This function will take an acceptance back before the round is published, so that awards can be varied again."""
    round_policies.check_on_board(by, round, on=on)
    policies.check_words(reason, _("Say why the board takes it up again."))
    if round.state != RoundState.ACCEPTED:
        raise InvalidTransition(_("Only a round that was accepted and is not yet published is taken up again."))
    minutes = f"{round.board_minutes}\n\n{_('Taken up again')}: {reason.strip()}"
    workflow.move(
        round, RoundState.SOLVED, by=by, at=at, note=reason.strip(), accepted_by=None, accepted_at=None,
        board_minutes=minutes,
    )  # fmt: skip
    trail.record(Event.ROUND_ACCEPTED, target=round, by=by, at=at, reason=reason, details={"taken_up_again": True})
    return round


@action
def vary(
    award: Award,
    *,
    to_unit: Unit | None,
    to_skill: Skill | None = None,
    reason: str,
    despite_floors: bool = False,
    by: Any,
    on: date,
    at: datetime,
) -> Award:
    """This function will give one officer another place of the same rank with a seat, or leave him or her where he is.

    `to_unit` None: stays. Errors: NotAllowed; RuleBroken without a seat there, or, unless `despite_floors`, where a
    floor would be broken; it is then named in the reason that is published.
    """
    award = _locked(award)
    policies.check_can_vary(by, award, reason=reason, on=on)
    broken = check_place(award, to_unit, to_skill)
    if broken and not despite_floors:
        raise RuleBroken(
            _("This would break a floor: %(floors)s. Choose another place, or confirm that the board does it all the same.")
            % {"floors": "; ".join(broken)},
            RULES,
        )  # fmt: skip
    words = reason.strip()
    if broken:
        words = f"{words} [{_('Floors not kept')}: {'; '.join(broken)}]"
    _set(award, is_varied=True, varied_to=to_unit, varied_skill=to_skill if to_unit else None,
         variation_reason=words, varied_by=by, varied_at=at)  # fmt: skip
    count_board(award.participation.round)
    details = {"award": award.ref, "to": to_unit.code if to_unit else "", "floors": len(broken)}
    trail.record(Event.AWARD_VARIED, target=award.participation.round, by=by, at=at, reason=words, details=details)
    return award


@action
def restore(award: Award, *, by: Any, on: date, at: datetime) -> Award:
    """This function will take a variation back: the award is again what was computed, if its seat is still there."""
    award = _locked(award)
    round = award.participation.round
    round_policies.check_on_board(by, round, on=on)
    round_policies.check_state(round, [RoundState.SOLVED], _("varied"))
    if not award.is_varied:
        raise InvalidTransition(_("This award stands as it was computed."))
    check_place(award, award.to_unit, award.to_skill)
    _set(award, is_varied=False, varied_to=None, varied_skill=None, variation_reason="", varied_by=None, varied_at=None)
    count_board(round)
    details = {"award": award.ref, "restored": True}
    trail.record(Event.AWARD_VARIED, target=round, by=by, at=at, details=details)
    return award


def _locked(award: Award) -> Award:
    """Two board members at one seat: the round's row makes the second wait, and count the seats anew."""
    list(Round.objects.select_for_update().filter(participations__award=award).values_list("pk"))
    return Award.objects.select_related(
        "participation__round", "participation__rank", "participation__from_unit", "participation__skill",
        "participation__officer", "to_unit", "to_skill", "varied_to", "varied_skill",
    ).get(pk=award.pk)  # fmt: skip


def _set(award: Award, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(award, name, value)
    award.save(update_fields=list(fields))


def check_place(award: Award, to_unit: Unit | None, to_skill: Skill | None) -> list[str]:
    """The floors that would be broken, each in words. Errors: RuleBroken where no seat of the rank is free."""
    taking = award.participation
    unit, skill = (to_unit, to_skill) if to_unit else (taking.from_unit, taking.skill)
    ref = class_ref(unit.code, taking.rank.code, skill.code if skill else "")
    frozen = ground.ground_of(taking.round)
    if ref not in frozen.places:
        raise RuleBroken(
            _("%(unit)s has no post of this rank and skill in the round.") % {"unit": unit.name}, RULES
        )  # fmt: skip
    others = ground.filling(taking.round, rank=taking.rank, but=award).after
    if others.get(ref, 0) >= frozen.places[ref].seats:
        raise RuleBroken(_("No seat is left at %(unit)s.") % {"unit": unit.name}, RULES)
    return _broken(award, frozen, others, ref)


def _broken(award: Award, frozen: ground.Ground, others: Any, ref: str) -> list[str]:
    """What falls below its floor by this, and would not without it."""
    now = _class_now(award)
    before, after = (ground.strength(frozen, {**others, one: others.get(one, 0) + 1}) for one in (now, ref))
    floors = {name: seat.floor for name, seat in frozen.places.items()}
    floors |= {name: node.floor for name, node in frozen.nodes.items()}
    touched = [now, *frozen.above(now)] if now in frozen.places else []
    return [
        _("%(place)s: floor %(floor)s, would have %(after)s")
        % {"place": name, "floor": floors[name], "after": after[name]}
        for name in touched
        if after[name] < floors[name] and after[name] < before[name]
    ]


def _class_now(award: Award) -> str:
    taking = award.participation
    unit, skill = (award.goes_to, award.goes_as) if award.goes_to else (taking.from_unit, taking.skill)
    return class_ref(unit.code, taking.rank.code, skill.code if skill else "")
