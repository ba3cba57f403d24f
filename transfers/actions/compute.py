"""Computing a round: from the frozen lines and the seed alone, so that anyone who holds them comes to the same result."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.references import new_reference
from organisation.models import Skill, Unit
from transfers import canonical, certificate, frozen, keeping
from transfers.actions.counting import count_board
from transfers.actions.freeze import Step, quiet
from transfers.explanations import Explainer, Explanation
from transfers.matching import solve
from transfers.models import Award, Participation, Round, RoundRun, RoundState, RunKind
from transfers.policies import rounds as policies
from transfers.problem import Cutoff, Problem, Result

STEPS = 3


def problem_of(round: Round) -> Problem:
    """The problem as it was frozen, under the round's seed. Errors: RuleBroken when the file is not the one frozen."""
    with round.problem.open("rb") as file:
        blob = file.read()
    if hashlib.sha256(blob).hexdigest() != round.problem_sha256:
        raise RuleBroken(_("The frozen file of this round was altered; nothing can be computed from it."))
    return frozen.problem(blob.splitlines(), round.seed)


@action
def compute(*, round: Round, by: Any, on: date, at: datetime, step: Step = quiet) -> RoundRun:
    """This function will compute the round's own result, and the second mechanism beside it where the rule book says so.

    Errors: RuleBroken before the draw, or where the frozen file was altered.
    """
    policies.check_can_manage(by, on=on)
    policies.check_state(round, [RoundState.DRAWN], _("computed"))
    step(0, STEPS, _("Reading the frozen round"))
    problem = problem_of(round)
    step(1, STEPS, _("Computing"))
    result = solve(problem)
    run = keep_run(round, RunKind.OFFICIAL, round.title, problem, result, by=by, at=at)
    if shadow := round.rule_book.content["shadow"]:
        other = dataclasses.replace(problem, mechanism=shadow)
        keep_run(round, RunKind.SHADOW, shadow, other, solve(other), by=by, at=at)
    step(2, STEPS, _("Keeping it"))
    _keep_awards(round, problem, result)
    workflow.move(round, RoundState.SOLVED, by=by, at=at, note=run.result_sha256[:12])
    step(3, STEPS, _("Done"))
    trail.record(
        Event.ROUND_COMPUTED, target=round, by=by, at=at, details={"sha256": run.result_sha256, **(run.summary or {})}
    )
    return run


def keep_run(
    round: Round, kind: RunKind, label: str, problem: Problem, result: Result, *, by: Any, at: datetime, **fields: Any
) -> RoundRun:
    """This function will keep a computation: its result as a file, its counts beside it. Called inside an action."""
    blob = canonical.dumps(keeping.kept(result))
    run = RoundRun(
        round=round, kind=kind, label=label, made_by=by, asked_at=at, finished_at=at, passes=result.passes,
        result_sha256=hashlib.sha256(blob).hexdigest(), summary=certificate.counts(problem, result), **fields,
    )  # fmt: skip
    run.result.save(f"{new_reference()}.json", ContentFile(blob), save=False)
    run.save()
    return run


def _keep_awards(round: Round, problem: Problem, result: Result) -> None:
    units = dict(Unit.objects.values_list("code", "pk"))
    skills = dict(Skill.objects.values_list("code", "pk"))
    keys = dict(Participation.objects.filter(round=round).values_list("pseudonym", "pk"))
    rows, explainer = [], Explainer(problem, result)
    for ref, place in result.assignment.items():
        officer = problem.officers[ref]
        moves = place is not None and place != officer.current
        unit, _rank, skill = parts(place) if moves and place else ("", "", "")
        choice = officer.preferences.index(place) + 1 if moves and place in officer.preferences else None
        reason = result.reasons[ref].get(place or "", "assigned")
        rows.append(
            Award(
                participation_id=keys[ref],
                to_unit_id=units[unit] if moves else None,
                choice=choice,
                reason_code=reason,
                to_skill_id=skills.get(skill) if moves else None,
                explanation=as_kept(told := explainer.explain(ref)),
                is_held=told.floor is not None,
            )
        )
    Award.objects.bulk_create(rows, batch_size=1000)
    count_board(round)


def parts(place: str) -> tuple[str, str, str]:
    """The unit, rank and skill of a class of post's reference."""
    unit, rank, *skill = place.split("/")
    return unit, rank, skill[0] if skill else ""


def as_kept(explanation: Explanation) -> dict[str, Any]:
    """What is kept of the answer to "why not me?", without the pseudonyms of others on a staffing line.

    Shape: places and codes as in `transfers.explanations`; `cutoff` and `floor` are None where none decided.
    """
    line = explanation.floor
    return {
        "outcome": explanation.outcome or "",
        "moved": int(explanation.moved),
        "ticket": explanation.ticket,
        "release": explanation.release,
        "choices": [
            {
                "place": each.place, "code": each.code, "rule": each.rule, "points": each.points,
                "cutoff": _cutoff(each.cutoff), "ceiling": each.ceiling, "seats": each.seats, "stayed": each.stayed,
                "newcomers": each.newcomers, "asked": int(each.asked),
            }
            for each in explanation.choices
        ],
        "floor": {
            "kind": line.kind, "ref": line.ref, "floor": line.floor, "before": line.before, "after": line.after,
            "projected": line.projected, "line": explanation.line,
        } if line else None,
    }  # fmt: skip


def _cutoff(cutoff: Cutoff | None) -> dict[str, Any] | None:
    return {"points": cutoff.points, "ticket": cutoff.ticket, "kind": cutoff.kind} if cutoff else None
