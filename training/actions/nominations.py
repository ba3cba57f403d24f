"""Names: put forward by commanders, asked for by officers, called by a plan; answered, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import Refusal, RuleBroken
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from personnel.models import Officer
from training import links, reasons
from training.actions import cohorts, seats
from training.actions.cohorts import locked, tell_officers
from training.eligibility import Finding
from training.models import LIVE, Cohort, EnrolmentState, Nomination, NominationSource, NominationState
from training.policies import nominations as policies
from training.queries import people
from training.queries.eligibility import findings_for
from training.queries.seats import regions_of

__all__ = ["Outcome", "answer_request", "ask", "forward", "locked_nomination", "nominate", "refuse_request", "withdraw"]


@dataclass
class Outcome:
    """What a deed on many did, and what it left with the reason."""

    done: list[Nomination] = field(default_factory=list)
    skipped: list[tuple[Officer, str]] = field(default_factory=list)


def locked_nomination(nomination: Nomination) -> Nomination:
    """This function will read the nomination again under a lock; whoever comes second sees what was decided."""
    list(Nomination.objects.select_for_update().filter(pk=nomination.pk).values_list("pk"))
    return Nomination.objects.select_related(
        "cohort__version__course", "cohort__unit", "officer__user", "officer__unit", "officer__rank", "decided_by"
    ).get(pk=nomination.pk)


@action
def nominate(
    cohort: Cohort,
    *,
    officers: Sequence[Officer],
    reason: str = "",
    source: str = NominationSource.COMMANDER,
    signed_by: Any = None,
    paper: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> Outcome:
    """This function will put officers forward, each by himself or herself: who may not enter is left, with every reason.

    `source` PLAN for the roll-out's plan, which needs no time for names; `signed_by` the commander whose `paper` is typed
    here by somebody else. Errors: RuleBroken when names are no longer taken, or without the paper.
    """
    policies.check_paper(signed_by, paper)
    cohort = locked(cohort)
    if source != NominationSource.PLAN:
        policies.check_takes_names(cohort, on=on)
    officers = sorted({each.pk: each for each in officers}.values(), key=lambda each: each.pk)
    found = findings_for(cohort, officers, on=on)
    regions = regions_of([each.unit_id for each in officers], on=on)
    there = set(cohort.nominations.filter(officer__in=officers, state__in=LIVE).values_list("officer", flat=True))
    outcome = Outcome()
    for officer in officers:
        try:
            if officer.pk in there:
                raise RuleBroken(_("Put forward for this course already."), policies.ORDER)
            policies.check_can_nominate(by, officer, source=source, signed_by=signed_by, on=on)
            policies.check_is_eligible(found[officer.pk])
        except Refusal as refusal:
            outcome.skipped.append((officer, _with_basis(refusal)))
            continue
        kept = _keep(
            cohort, officer, found[officer.pk], regions, source=source, reason=reason, signed_by=signed_by,
            paper=paper.strip()[:120] if signed_by else "", by=by, at=at,
        )  # fmt: skip
        outcome.done.append(kept)
    if outcome.done:
        _record(cohort, outcome.done, source, paper=paper if signed_by else "", by=by, at=at)
        tell_officers([each.officer_id for each in outcome.done], at=at)
        _tell_institution(cohort, on=on, at=at)
    return outcome


def _with_basis(refusal: Refusal) -> str:
    return f"{refusal.message} ({refusal.source})" if refusal.source else refusal.message


def _keep(
    cohort: Cohort,
    officer: Officer,
    found: list[Finding],
    regions: dict[int, int],
    *,
    source: str,
    reason: str,
    state: str = NominationState.PROPOSED,
    signed_by: Any = None,
    paper: str = "",
    by: Any,
    at: datetime,
) -> Nomination:
    unit = officer.unit_id or 0  # the policy has refused whoever is posted nowhere
    return Nomination.objects.create(
        cohort=cohort, officer=officer, unit_id=unit, region_id=regions.get(unit), source=source,
        state=state, findings=[each.stored() for each in found], reason=reason.strip()[:300], put_by=by, put_at=at,
        signed_by=signed_by, paper=paper,
    )  # fmt: skip


def _record(cohort: Cohort, kept: list[Nomination], source: str, *, paper: str = "", by: Any, at: datetime) -> None:
    details = {"count": len(kept), "source": str(source), "digest": trail.digest(",".join(each.ref for each in kept))}
    if paper:
        details["signed_by"] = str(kept[0].put_forward_by.ref)
    trail.record(Event.NOMINATED, target=cohort, by=by, at=at, source=paper, details=details)


def _tell_institution(cohort: Cohort, *, on: date, at: datetime) -> None:
    notify_many(people.who_run(cohort.unit, on=on), Notice.TRAINING_TO_CHOOSE, at=at, link=links.cohort(cohort.ref))


@action
def ask(cohort: Cohort, *, officer: Officer, reason: str = "", by: Any, on: date, at: datetime) -> Nomination:
    """This function will keep an officer's own request and put it before the commanders.

    Errors: NotAllowed for anyone else; RuleBroken naming each condition that does not hold, with its basis.
    """
    cohort = locked(cohort)
    policies.check_can_ask(by, officer)
    policies.check_takes_names(cohort, on=on)
    if officer.unit is None:
        raise RuleBroken(_("No posting of yours is on record; HR records it first."), policies.BY_THE_COMMAND)
    found = findings_for(cohort, [officer], on=on)[officer.pk]
    policies.check_is_eligible(found)
    kept = _keep(
        cohort, officer, found, regions_of([officer.unit_id], on=on), source=NominationSource.OWN, reason=reason,
        state=NominationState.ASKED, by=by, at=at,
    )  # fmt: skip
    _record(cohort, [kept], NominationSource.OWN, by=by, at=at)
    commanders = [each for each in people.commanders_of(officer.unit, on=on) if each.pk != by.pk]
    notify_many(commanders, Notice.TRAINING_TO_ANSWER, at=at, link=links.requests())
    return kept


@action
def forward(nomination: Nomination, *, note: str = "", by: Any, on: date, at: datetime) -> Nomination:
    """This function will put an officer's request before the institution. Errors: NotAllowed; InvalidTransition; RuleBroken."""
    cohort = locked(nomination.cohort)
    nomination = locked_nomination(nomination)
    policies.check_answers_request(by, nomination, on=on)
    policies.check_takes_names(cohort, on=on)
    policies.check_is_eligible(findings_for(cohort, [nomination.officer], on=on)[nomination.officer_id])
    workflow.move(
        nomination,
        NominationState.PROPOSED,
        by=by,
        at=at,
        decided_by=by,
        decided_at=at,
        decision_note=note.strip()[:300],
    )
    trail.record(Event.NOMINATION_DECIDED, target=nomination, by=by, at=at, details={"forwarded": True})
    tell_officers([nomination.officer_id], at=at)
    _tell_institution(cohort, on=on, at=at)
    return nomination


@action
def refuse_request(nomination: Nomination, *, code: str, words: str, by: Any, on: date, at: datetime) -> Nomination:
    """This function will answer an officer's request with no: a reason of the list, and a sentence.

    Errors: NotAllowed, InvalidTransition naming who was first, RuleBroken without a reason.
    """
    nomination = locked_nomination(nomination)
    policies.check_answers_request(by, nomination, on=on)
    policies.check_refusal(code, reasons.BY_COMMANDER, words)
    return seats.refused(nomination, code, words, by=by, at=at)


@action
def answer_request(
    nomination: Nomination, *, forwards: bool, code: str = "", words: str = "", by: Any, on: date, at: datetime
) -> Nomination:
    """This function will forward an officer's request or refuse it. Errors: as forward and refuse_request."""
    if forwards:
        return forward(nomination, note=words, by=by, on=on, at=at)
    return refuse_request(nomination, code=code, words=words, by=by, on=on, at=at)


@action
def withdraw(nomination: Nomination, *, reason: str, by: Any, on: date, at: datetime) -> Nomination:
    """This function will take a name back, with the reason on record; a seat that falls free goes to the next in the order.

    Errors: NotAllowed for anyone but the officer and a commander; InvalidTransition once the course runs or it is over.
    """
    cohort = locked(nomination.cohort)
    nomination = locked_nomination(nomination)
    policies.check_can_withdraw(by, nomination, reason=reason, on=on)
    policies.check_waits(nomination, *LIVE)
    had_seat = nomination.state == NominationState.ACCEPTED
    code = reasons.OWN_WISH if policies.is_own(by, nomination.officer) else reasons.UNIT_NEED
    workflow.move(
        nomination, NominationState.WITHDRAWN, by=by, at=at, note=code, decided_by=by, decided_at=at, decision_code=code,
        decision_note=reason.strip()[:300],
    )  # fmt: skip
    enrolment = cohort.enrolments.filter(nomination=nomination, state=EnrolmentState.CALLED).first()
    if enrolment is not None:
        cohorts.let_go(enrolment, reason, by=by, on=on, at=at)
    trail.record(Event.NOMINATION_DECIDED, target=nomination, by=by, at=at, reason=reason, details={"withdrawn": True})
    if had_seat:
        seats.move_up(cohort, on=on, at=at)
    tell_officers([nomination.officer_id], at=at)
    return nomination
