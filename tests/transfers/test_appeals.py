"""Appeals: lodged in time, heard by others, computed again, decided with reasons; protected ones stay closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, NotFound, RuleBroken
from hcims.jobs.runner import run_waiting
from tests.factories.accounts import UserFactory, appoint
from tests.factories.rounds import CALENDAR, at, round_at, staffed
from tests.factories.transfers import AT, ON, asked, offices
from tests.world import World
from transfers import whatif
from transfers.actions import appeals as actions
from transfers.actions import decisions, recompute
from transfers.models import Appeal, Award, Remedy, Round, TransferRequest
from transfers.queries import appeals as queries

pytestmark = pytest.mark.django_db
WHY = "The station keeps enough constables, and the ground was checked."
TEXT = "My time in the hardship area was not counted."
OUTCOME = "A fact about service was wrong; the officer is first in line."
WHEN: dict[str, Any] = {"on": ON, "at": AT}
CHAIN = ("station-commander", "subcounty-commander", "county-commander", "regional-commander")


def refused(world: World, **more: Any) -> TransferRequest:
    people = offices(world)
    request = asked(world.officer, world.other_station, **more)
    if request.is_protected:
        pen = people["protection-authority"]
    else:
        for role in CHAIN:
            request = decisions.advise(request, verdict="support", reasons=WHY, by=people[role], **WHEN)
        pen = people["deputy-inspector-general"]
    return decisions.decide(request, approve=False, reason_code="no-post", reasons=WHY, by=pen, **WHEN)


def lodged(world: World, request: TransferRequest | None = None) -> Appeal:
    return actions.lodge(
        request or refused(world), ground="wrong-input", text=TEXT, by=world.officer.user, **WHEN
    )  # fmt: skip


def members(world: World, number: int = 2) -> list[User]:
    return [appoint(UserFactory(), "board-member", world.service) for _ in range(number)]


def heard(world: World, appeal: Appeal | None = None, **when: Any) -> tuple[Appeal, list[User]]:
    people = members(world)
    found = actions.name_panel(
        appeal or lodged(world), members=people, by=world.people["npsc-commissioner"], **(when or WHEN)
    )
    return found, people


def uphold(appeal: Appeal, by: User, **more: Any) -> Appeal:
    fields = {
        "upheld": True,
        "remedy": Remedy.PRIORITY,
        "reasons": WHY,
        "public_outcome": OUTCOME,
        "by": by,
        **WHEN,
        **more,
    }
    return actions.decide(appeal, **fields)  # type: ignore[arg-type]


def published(world: World) -> Award:
    """A round as its officers read it."""
    staffed(world)
    found = round_at(world, "accepted")
    moment = at(CALENDAR.draw_on)["at"]
    Round.objects.filter(pk=found.pk).update(
        state="published", published_at=moment, signed_by=world.people["inspector-general"]
    )
    return Award.objects.get(participation__officer=world.officer)


def test_the_officer_appeals_in_time_and_nobody_else_does(world: World) -> None:
    request = refused(world)
    say: dict[str, Any] = {"ground": "wrong-input", "text": TEXT}
    with pytest.raises(NotAllowed):
        actions.lodge(request, **say, by=world.people["hr-officer"], **WHEN)
    with pytest.raises(RuleBroken, match="16 November 2026"):
        actions.lodge(request, **say, by=world.officer.user, on=ON + timedelta(days=15), at=AT + timedelta(days=15))
    with pytest.raises(RuleBroken, match="sentence"):
        actions.lodge(request, ground="wrong-input", text="no", by=world.officer.user, **WHEN)
    appeal = actions.lodge(request, **say, by=world.officer.user, **WHEN)
    assert appeal.due_on == ON + timedelta(days=30)
    with pytest.raises(RuleBroken, match="open"):
        actions.lodge(request, **say, by=world.officer.user, **WHEN)


def test_an_undecided_request_cannot_be_appealed(world: World) -> None:
    request = asked(world.officer, world.other_station)
    with pytest.raises(RuleBroken, match="no decision"):
        actions.lodge(request, ground="misapplied", text=TEXT, by=world.officer.user, **WHEN)


@pytest.mark.parametrize("role", [*CHAIN, "deputy-inspector-general"])
def test_nobody_hears_it_who_advised_or_decided(world: World, role: str) -> None:
    request = refused(world)
    appeal = lodged(world, request)
    hand = request.decided_by if role.startswith("deputy") else request.advice.get(step__role=role).advised_by
    assert hand is not None
    appoint(hand, "board-member", world.service)
    with pytest.raises(NotAllowed, match="had a hand"):
        actions.name_panel(appeal, members=[hand, *members(world, 1)], by=world.people["npsc-commissioner"], **WHEN)
    assert hand not in queries.candidates(appeal, on=ON)


def test_a_panel_is_two_who_may_hear_named_by_somebody_else(world: World) -> None:
    appeal, naming = lodged(world), world.people["npsc-commissioner"]
    two = members(world)
    with pytest.raises(RuleBroken, match="two members"):
        actions.name_panel(appeal, members=two[:1], by=naming, **WHEN)
    with pytest.raises(NotAllowed, match="does not sit"):
        actions.name_panel(appeal, members=[two[0], world.people["hr-officer"]], by=naming, **WHEN)
    with pytest.raises(NotAllowed, match="Commission"):
        actions.name_panel(appeal, members=two, by=world.people["inspector-general"], **WHEN)
    actions.name_panel(appeal, members=two, by=naming, **WHEN)
    assert appeal.panel.count() == 2
    with pytest.raises(RuleBroken, match="has been named"):
        actions.name_panel(appeal, members=two, by=naming, **WHEN)


def test_only_the_panel_decides_with_a_remedy_and_an_outcome_without_a_name(world: World) -> None:
    appeal, people = heard(world)
    with pytest.raises(NotAllowed):
        uphold(appeal, world.people["npsc-commissioner"])
    with pytest.raises(RuleBroken, match="without a remedy"):
        uphold(appeal, people[0], remedy=Remedy.NONE)
    with pytest.raises(RuleBroken, match="names the officer"):
        uphold(appeal, people[0], public_outcome=f"{world.officer.service_number} is first in line.")
    decided = uphold(appeal, people[0])
    assert (decided.state, decided.decided_by, decided.remedy) == ("upheld", people[0], "priority")
    with pytest.raises(InvalidTransition, match="Upheld"):
        uphold(appeal, people[1])
    assert [each.public_outcome for each in queries.outcomes()] == [OUTCOME]


def test_decide_again_puts_the_request_before_the_authority_as_if_it_had_not_decided(world: World) -> None:
    appeal, people = heard(world)
    uphold(appeal, people[0], remedy=Remedy.DECIDE_AGAIN)
    request = TransferRequest.objects.get(officer=world.officer)
    assert (request.state, request.decided_by, request.reason_code) == ("decision", None, "")
    appeal.refresh_from_db()
    assert appeal.carried_out_at is not None


def test_who_sees_an_appeal(world: World) -> None:
    appeal, people = heard(world)
    for user in (world.officer.user, *people, world.people["npsc-commissioner"]):
        assert user is not None
        assert queries.access_appeal(user, appeal.ref, ON) == appeal
    for user in (world.other_officer.user, world.people["board-member"], world.people["hr-officer"],
                 world.people["county-commander"], world.people["protection-authority"]):  # fmt: skip
        with pytest.raises(NotFound):
            queries.access_appeal(user, appeal.ref, ON)


def test_an_appeal_in_a_protected_matter_stays_protected(world: World) -> None:
    request = refused(world, grounds=["harassment"])
    appeal = lodged(world, request)
    naming = world.people["npsc-commissioner"]
    seen = queries.reading(naming, queries.access_appeal(naming, appeal.ref, ON), on=ON)
    assert (seen.names, seen.sees_matter) == (True, False)
    commander = appoint(appoint(UserFactory(), "board-member", world.service), "county-commander", world.county)
    assert commander not in queries.candidates(appeal, on=ON)
    two = members(world)
    actions.name_panel(appeal, members=two, by=naming, **WHEN)
    with pytest.raises(RuleBroken, match="without a remedy"):  # no round and no other desk may know of it
        uphold(appeal, two[0], remedy=Remedy.PRIORITY)
    uphold(appeal, two[0], remedy=Remedy.DECIDE_AGAIN)
    assert not queries.outcomes().exists()
    for role in ("hr-officer", "county-commander", "deputy-inspector-general", "protection-authority"):
        assert appeal not in queries.visible_to(world.people[role], ON)
    said = AuditEvent.objects.filter(event__startswith="appeal").values_list("target_ref", flat=True)
    assert said
    assert appeal.ref not in said


def test_the_panel_computes_the_round_with_the_corrected_fact_and_sees_who_would_change(world: World) -> None:
    award = published(world)
    day = at(CALENDAR.draw_on)
    appeal = actions.lodge(award, ground="wrong-input", text=TEXT, by=world.officer.user, **day)
    appeal, people = heard(world, appeal, **day)
    name = award.participation.pseudonym
    with pytest.raises(RuleBroken, match="which fact"):
        recompute.ask_again(appeal, fact=whatif.Correction(name), by=people[0], **day)
    with pytest.raises(NotAllowed):
        recompute.ask_again(appeal, fact=whatif.Correction(name, must_move=False), by=world.people["hr-officer"], **day)
    before = list(Award.objects.values_list("participation", "to_unit", "explanation"))
    run, _job = recompute.ask_again(appeal, fact=whatif.Correction(name, must_move=False), by=people[0], **day)
    run_waiting()
    run.refresh_from_db()
    assert run.summary is not None
    assert run.summary["changed_count"] == len(run.summary["changed"])
    assert list(Award.objects.values_list("participation", "to_unit", "explanation")) == before
    taking = award.participation.round
    for each in (taking.created_by, taking.signed_by, taking.accepted_by):
        assert each.pk in actions.policies.involved(appeal)  # type: ignore[union-attr]


def test_nobody_hears_an_award_who_takes_part_in_the_round(world: World) -> None:
    award = published(world)
    appeal = actions.lodge(award, ground="misapplied", text=TEXT, by=world.officer.user, **at(CALENDAR.draw_on))
    other = world.other_officer.user
    assert other is not None
    appoint(other, "board-member", world.service)
    assert actions.policies.why_not(other, appeal, hands=set(), on=CALENDAR.draw_on) == "takes part in the round"


def test_what_would_have_changed_it_is_worked_out_for_the_officer_alone(world: World) -> None:
    award = published(world)
    with pytest.raises(NotAllowed):
        recompute.ask_changes(award, by=world.people["hr-officer"], **at(CALENDAR.draw_on))
    recompute.ask_changes(award, by=world.officer.user, **at(CALENDAR.draw_on))
    run_waiting()
    award.refresh_from_db()
    assert isinstance(award.explanation["changes"], dict)
