"""A round computed again: with a corrected fact for a panel, and with one officer's points changed for that officer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.jobs.actions import enqueue
from hcims.jobs.models import Job
from transfers import frozen, links, whatif
from transfers.actions import trials
from transfers.explanations import what_would_change
from transfers.matching import solve
from transfers.models import Appeal, AppealState, Award, RoundRun, RoundState, RunKind
from transfers.policies import appeals as policies
from transfers.problem import ASSIGNED, DIRECT_PLACEMENT, BadInput
from transfers.queries import board, ground, runs

RERUN = "appeal-rerun"
CHANGES = "award-changes"
MOST = 500  # of those who would change, as many are listed
PLACES = 12  # for as many of the places asked for, what would have changed it is worked out


@action
def ask_again(appeal: Appeal, *, fact: whatif.Correction, by: Any, on: date, at: datetime) -> tuple[RoundRun, Job]:
    """This function will ask for the round with one fact of the officer corrected: exactly who would change, no names.

    Errors: NotAllowed for anyone but the panel; RuleBroken for an appeal that is against no award, or no fact.
    """
    policies.check_on_panel(by, appeal, on=on)
    if appeal.award is None:
        raise RuleBroken(_("Only the result of a round is computed again."), policies.FAIR)
    if appeal.state != AppealState.HEARING:
        raise InvalidTransition(_("The panel has decided already."))
    if not (fact.item or fact.opened or fact.must_move is not None):
        raise RuleBroken(_("Say which fact was wrong, and what it should have been."), policies.FAIR)
    taking = appeal.award.participation
    run = RoundRun.objects.create(
        round=taking.round, kind=RunKind.APPEAL, label=f"Appeal {appeal.ref}", made_by=by, asked_at=at,
        changes={**fact.said(), "officer": taking.pseudonym, "appeal": appeal.ref},
    )  # fmt: skip
    appeal.rerun = run
    appeal.save(update_fields=["rerun"])
    job = enqueue(RERUN, by=by, at=at, args={"run": run.ref}, link=links.appeal(appeal.ref))
    trail.record(Event.ROUND_TRIED, target=taking.round, by=by, at=at, details={"run": run.ref, "appeal": True})
    return run, job


@action
def compute_again(*, run: RoundRun, at: datetime) -> RoundRun:
    """This function will compute the round with the corrected fact and keep who would end elsewhere, by pseudonym."""
    run = RoundRun.objects.select_for_update(of=("self",)).select_related("round").get(pk=run.pk)
    if run.finished_at is not None:
        return run  # by a worker that died before it could say so
    try:
        said = whatif.corrected(ground.said_of(run.round), _fact(run.changes))
        problem = frozen.problem_of(said, run.round.seed)
        result = solve(problem)
    except BadInput as error:
        run.failed_why, run.finished_at = str(error), at
        run.save(update_fields=["failed_why", "finished_at"])
        return run
    was = ground.result_of(_official(run)).assignment
    would = {ref: place for ref, place in sorted(result.assignment.items()) if was[ref] != place}
    run.summary = {
        "changed": [{"officer": ref, "was": was[ref] or "", "would": place or ""} for ref, place in would.items()][:MOST],
        "changed_count": len(would),
        "own_was": was[run.changes["officer"]] or "",
        "own_would": result.assignment[run.changes["officer"]] or "",
    }  # fmt: skip
    trials.finish(run, problem, result, at=at)
    return run


def _fact(changes: dict[str, Any]) -> whatif.Correction:
    must_move = changes.get("must_move", "")
    return whatif.Correction(
        officer=changes["officer"], item=changes.get("item", ""), points=changes.get("points", 0),
        only=tuple(changes.get("only", ())), must_move=None if must_move == "" else bool(must_move),
        opened=changes.get("opened", ""),
    )  # fmt: skip


def _official(run: RoundRun) -> RoundRun:
    found = board.official(run.round)
    if found is None:
        raise RuleBroken(_("This round was not computed."))
    return found


@action
def ask_changes(award: Award, *, by: Any, on: date, at: datetime) -> Job:
    """This function will ask what would have given the officer the places that were refused: worked out, never guessed.

    Errors: NotAllowed for anyone but the officer; RuleBroken before the result is published.
    """
    taking = award.participation
    if taking.officer.user_id != by.pk:
        raise NotAllowed(_("This is worked out for the officer alone."), policies.FAIR)
    if taking.round.state not in (RoundState.PUBLISHED, RoundState.CLOSED):
        raise RuleBroken(_("The result is not published yet."), policies.FAIR)
    link = links.why(award.ref)
    return enqueue(CHANGES, by=by, at=at, args={"award": award.ref}, link=link, once=f"award {award.ref}")


@action
def work_out_changes(*, award: Award) -> Award:
    """This function will keep, for each place refused, what would have given it: points, the ticket, a floor, or nothing."""
    award = Award.objects.select_for_update(of=("self",)).select_related("participation__round").get(pk=award.pk)
    taking = award.participation
    run = board.official(taking.round)
    if run is None:
        raise RuleBroken(_("This round was not computed."))
    problem, result = runs.problem_under(taking.round), ground.result_of(run)
    refused = [
        each["place"]
        for each in award.explanation["choices"]
        if each["code"] not in (ASSIGNED, DIRECT_PLACEMENT)
        and each["place"] != problem.officers[taking.pseudonym].current
    ]
    found = {}
    for place in refused[:PLACES]:
        change = what_would_change(problem, result, taking.pseudonym, place)
        found[place] = {"kind": change.kind, "points": change.points, "runs": change.runs}
    award.explanation = {**award.explanation, "changes": found}
    award.save(update_fields=["explanation"])
    return award
