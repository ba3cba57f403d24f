"""Plans of calls: computed, changed by a person with a reason, turned into names and seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Unit
from personnel.models import Officer
from training import reach
from training.actions.cohorts import locked
from training.actions.nominations import nominate
from training.actions.seats import give_seats
from training.eligibility import bars
from training.finding_words import sentence
from training.models import LIVE, CallPlan, Cohort, Nomination, NominationSource, PlannedCall
from training.policies import plans as policies
from training.policies.cohorts import runs
from training.queries.eligibility import findings_for
from training.queries.reach import problem_of, reaches, ward_of_officer

__all__ = ["Called", "call_plan", "make_plan", "put_back", "put_in", "take_out"]
PUT_IN = "put-in"


@action
def make_plan(cohort: Cohort, *, area: Unit, by: Any, on: date, at: datetime) -> CallPlan:
    """This function will compute whom to call from the officers of a command, and keep the plan with its reasons.

    Errors: NotAllowed; RuleBroken for a course that is not rolled out, or without a free seat.
    """
    policies.check_can_plan(by, cohort, area, on=on)
    problem = problem_of(by, cohort, area, on=on)
    if not sum(each.number for each in problem.seats):
        raise RuleBroken(_("Every seat of this cohort is given."), policies.ORDER)
    found = reach.plan(problem.seats, problem.wards, problem.candidates, problem.cover)
    plan = CallPlan.objects.create(
        cohort=cohort, area=area, made_on=on, made_by=by, uncovered_before=found.wards, reached=found.reached,
        at_best=found.at_best,
        rules={
            "seats": found.seats, "all_wards": problem.all_wards, "covered": problem.covered,
            "under_way": problem.under_way, "without_candidate": found.without_candidate, "read": problem.read,
        },
    )  # fmt: skip
    PlannedCall.objects.bulk_create(_call(plan, position, each) for position, each in enumerate(found.choices, start=1))
    details = {"calls": found.reached, "at_best": found.at_best, "area": area.code, "cohort": cohort.ref}
    trail.record(Event.CALLS_PLANNED, target=plan, by=by, at=at, details=details)
    return plan


def _call(plan: CallPlan, position: int, choice: reach.Choice) -> PlannedCall:
    facts = {
        "who": choice.who, "covered": choice.covered, "of": choice.of, "others": choice.others,
        "officers": choice.ward.officers, "days": choice.candidate.days, "region": choice.seats.region,
        "sex": choice.seats.sex,
    }  # fmt: skip
    return PlannedCall(
        plan=plan, position=position, officer_id=choice.candidate.officer, ward_id=choice.ward.pk, reason=choice.why,
        facts=facts,
    )  # fmt: skip


def _locked(plan: CallPlan) -> CallPlan:
    list(CallPlan.objects.select_for_update().filter(pk=plan.pk).values_list("pk"))
    return CallPlan.objects.select_related("area", "cohort__unit", "cohort__version__course__programme").get(pk=plan.pk)


def _call_of(plan: CallPlan, number: str) -> PlannedCall:
    found = plan.calls.select_related("officer").filter(officer__service_number=number).first()
    if found is None:
        raise RuleBroken(_("%(number)s does not stand in this plan.") % {"number": number}, policies.ORDER)
    return found


@action
def take_out(plan: CallPlan, *, number: str, note: str, by: Any, on: date, at: datetime) -> PlannedCall:
    """This function will take an officer out of a plan, with the reason beside the name. Errors: NotAllowed, RuleBroken."""
    return _set_out(plan, number, note, is_out=True, by=by, on=on, at=at)


@action
def put_back(plan: CallPlan, *, number: str, note: str, by: Any, on: date, at: datetime) -> PlannedCall:
    """This function will put an officer back who was taken out. Errors: NotAllowed, RuleBroken."""
    return _set_out(plan, number, note, is_out=False, by=by, on=on, at=at)


def _set_out(plan: CallPlan, number: str, note: str, *, is_out: bool, by: Any, on: date, at: datetime) -> PlannedCall:
    plan = _locked(plan)
    policies.check_can_change(by, plan, on=on)
    policies.check_note(note)
    call = _call_of(plan, number)
    if call.is_out == is_out:
        raise RuleBroken(_("Somebody else changed this first: read the plan again."), policies.ORDER)
    if not is_out:
        policies.check_is_not_about_oneself(by, call.officer)
        _check_room(plan)
    call.is_out, call.changed_by, call.change_note = is_out, by, note.strip()[:200]
    call.save(update_fields=["is_out", "changed_by", "change_note"])
    _record(plan, {"out" if is_out else "back": trail.digest(number)}, note, by=by, at=at)
    return call


@action
def put_in(plan: CallPlan, *, number: str, note: str, by: Any, on: date, at: datetime) -> PlannedCall:
    """This function will put an officer into a plan, who may enter and for whom a seat is left.

    Errors: NotAllowed; RuleBroken naming what keeps the officer out.
    """
    plan = _locked(plan)
    policies.check_can_change(by, plan, on=on)
    policies.check_note(note)
    officer = Officer.objects.select_related("rank", "unit").filter(service_number=number.strip()).first()
    if officer is None or officer.unit is None or not policies.leads(by, officer.unit, on=on):
        raise RuleBroken(
            _("No officer of your command has the number %(number)s.") % {"number": number}, policies.ORDER
        )
    policies.check_is_not_about_oneself(by, officer)
    if plan.calls.filter(officer=officer).exists():
        raise RuleBroken(_("The officer stands in the plan; put him or her back there."), policies.ORDER)
    against = bars(findings_for(plan.cohort, [officer], on=on)[officer.pk])
    if against:
        raise RuleBroken(" ".join(sentence(each) for each in against), policies.ORDER)
    _check_room(plan)
    last = plan.calls.aggregate(last=Max("position"))["last"] or 0
    ward = ward_of_officer(officer, on=on)
    call = PlannedCall.objects.create(
        plan=plan, position=last + 1, officer=officer, ward=ward, reason=PUT_IN, changed_by=by,
        change_note=note.strip()[:200], facts={"reaches": reaches(ward, on=on)},
    )  # fmt: skip
    _record(plan, {"in": trail.digest(number)}, note, by=by, at=at)
    return call


def _check_room(plan: CallPlan) -> None:
    """Errors: RuleBroken where every free seat has a name."""
    if plan.calls.filter(is_out=False).count() >= plan.rules["seats"]:
        raise RuleBroken(_("Every free seat has a name in this plan. Take somebody out first."), policies.ORDER)


def _record(plan: CallPlan, details: dict[str, Any], note: str, *, by: Any, at: datetime) -> None:
    trail.record(Event.CALLS_PLANNED, target=plan, by=by, at=at, reason=note, details=details)


@dataclass
class Called:
    """What a plan became: names put forward, seats given, and who was left with the reason."""

    named: list[Nomination] = field(default_factory=list)
    seated: int = 0
    left: list[tuple[Officer, str]] = field(default_factory=list)


@action
def call_plan(plan: CallPlan, *, by: Any, on: date, at: datetime) -> Called:
    """This function will put the officers of a plan forward, and give them their seats where `by` runs the training there.

    Whoever may no longer enter is left, with the reason. Errors: NotAllowed, RuleBroken when it was done already.
    """
    plan = _locked(plan)
    cohort = locked(plan.cohort)
    policies.check_can_call(by, plan, on=on)
    calls = list(plan.calls.filter(is_out=False).select_related("officer__rank", "officer__unit").order_by("position"))
    if not calls:
        raise RuleBroken(_("Nobody is left in the plan."), policies.ORDER)
    there = {each.officer_id: each for each in cohort.nominations.filter(state__in=LIVE)}
    new = [each.officer for each in calls if each.officer_id not in there]
    reason = _("Roll-out plan %(ref)s: the ward has nobody trained.") % {"ref": plan.ref}
    outcome = nominate(cohort, officers=new, reason=reason, source=NominationSource.PLAN, by=by, on=on, at=at)
    named = {**there, **{each.officer_id: each for each in outcome.done}}
    called = Called([named[each.officer_id] for each in calls if each.officer_id in named], 0, outcome.skipped)
    for each in calls:
        each.nomination = named.get(each.officer_id)
    PlannedCall.objects.bulk_update(calls, ["nomination"])
    if called.named and runs(by, cohort.unit, on=on):
        chosen = give_seats(cohort, nominations=called.named, note=reason, by=by, on=on, at=at)
        called.seated = len(chosen.given)
        called.left += [(each.officer, why) for each, why in chosen.skipped]
    plan.called_at = at
    plan.save(update_fields=["called_at"])
    details = {"named": len(called.named), "seated": called.seated, "left": len(called.left)}
    trail.record(Event.CALLS_PLANNED, target=plan, by=by, at=at, details=details)
    return called
