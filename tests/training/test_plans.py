"""Plans of calls from the tables: what they count, whom they leave, how persons change them, and what they become."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import County, Unit, Ward
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.deployment import PostingFactory
from tests.factories.organisation import UnitFactory
from tests.factories.training import AT, ON, course_version, enrolled, running
from training.actions import plans as actions
from training.models import CallPlan, Cohort, Nomination, SeatShare
from training.queries.plans import access_plan, plan_page
from training.queries.reach import problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kilifi(db: None) -> dict[str, Unit]:
    """A county of four wards, each a ward command with a station."""
    county = County.objects.get(name="Kilifi")
    units = {"KLF": UnitFactory(code="KLF", type="county", county=county)}
    for number, ward in enumerate(Ward.objects.filter(county=county)[:4], start=1):
        command = UnitFactory(code=f"W{number}", type="ward", under=units["KLF"], county=county, ward=ward)
        units[f"P{number}"] = UnitFactory(
            code=f"P{number}", under=command, county=county
        )  # no ward of its own on record
    return units


@pytest.fixture
def lead(kilifi: dict[str, Unit]) -> User:
    return appoint(UserFactory(), "rollout-coordinator", kilifi["KLF"])


@pytest.fixture
def cohort(kilifi: dict[str, Unit]) -> Cohort:
    return running(kilifi["KLF"], course_version("muamko-peers"), seats=2, state="open", nominate_by=ON)


def officer(unit: Unit, **more: Any) -> Officer:
    return PostingFactory(unit=unit, **more).officer


def trained(unit: Unit) -> None:
    past = running(unit, course_version("muamko-leaders"), state="finished")
    enrolled(past, officer(unit), state="passed", result_on=ON)


def make(cohort: Cohort, lead: User) -> CallPlan:
    return actions.make_plan(cohort, area=cohort.unit, by=lead, on=ON, at=AT)


def act(name: str, plan: CallPlan, by: User, number: str, note: str = "is needed at the station") -> Any:
    return getattr(actions, name)(plan, number=number, note=note, by=by, on=ON, at=AT)


def numbers(plan: CallPlan, **only: Any) -> list[str]:
    return list(plan.calls.filter(**only).values_list("officer__service_number", flat=True))


def test_wards_with_somebody_trained_or_in_training_are_left_out(
    kilifi: dict[str, Unit], lead: User, cohort: Cohort
) -> None:
    trained(kilifi["P1"])
    other = running(kilifi["KLF"], course_version("muamko-leaders"), title="Others", state="running")
    enrolled(other, officer(kilifi["P2"]), state="joined")
    left = [officer(kilifi["P3"]), officer(kilifi["P3"]), officer(kilifi["P4"])]
    officer(kilifi["KLF"])  # serves above the wards
    problem = problem_of(lead, cohort, kilifi["KLF"], on=ON)
    assert (problem.all_wards, problem.covered, problem.under_way, len(problem.wards)) == (4, 1, 1, 2)
    plan = make(cohort, lead)
    assert (plan.reached, plan.at_best, plan.uncovered_before) == (2, 2, 2)
    assert {each.ward.code for each in plan.calls.all()} == {each.code for each in _wards(3, 4)}
    assert set(numbers(plan)) <= {each.service_number for each in left}
    assert plan.calls.get(position=1).facts["officers"] == 2  # the ward with the most officers first


def _wards(*places: int) -> list[Ward]:
    every = list(Ward.objects.filter(county__name="Kilifi")[:4])
    return [every[place - 1] for place in places]


def test_seats_given_and_seats_kept_are_minded(kilifi: dict[str, Unit], lead: User, cohort: Cohort) -> None:
    SeatShare.objects.create(cohort=cohort, sex="F", seats=1)
    Nomination.objects.create(
        cohort=cohort, officer=officer(kilifi["P1"], officer__sex="M"), unit=kilifi["P1"], source="commander",
        state="accepted", put_by=lead, put_at=AT,
    )  # fmt: skip
    officer(kilifi["P2"], officer__sex="M")
    woman = officer(kilifi["P3"], officer__sex="F")
    assert numbers(make(cohort, lead)) == [woman.service_number]  # one seat is given, the other kept for a woman


def test_whoever_may_not_enter_is_not_called(kilifi: dict[str, Unit], lead: User, cohort: Cohort) -> None:
    busy = officer(kilifi["P1"])
    elsewhere = running(kilifi["KLF"], course_version("traffic"), title="Traffic", state="called")
    enrolled(elsewhere, busy)
    plan = make(cohort, lead)
    assert (numbers(plan), plan.rules["without_candidate"]) == ([], 4)


def test_a_person_changes_the_plan_with_a_reason_and_the_page_says_how_far_it_is_now(
    kilifi: dict[str, Unit], lead: User, cohort: Cohort
) -> None:
    first, _second, third = officer(kilifi["P1"]), officer(kilifi["P2"]), officer(kilifi["P3"])
    plan = make(cohort, lead)
    assert (plan_page(plan).reached, plan_page(plan).short_of_best) == (2, 0)
    with pytest.raises(RuleBroken, match="in a sentence why"):
        act("take_out", plan, lead, first.service_number, note="no")
    act("take_out", plan, lead, first.service_number)
    assert (plan_page(plan).reached, plan_page(plan).short_of_best, plan_page(plan).seats_left) == (1, 1, 1)
    act("put_in", plan, lead, third.service_number)
    assert (plan_page(plan).reached, plan_page(plan).seats_left) == (2, 0)
    with pytest.raises(RuleBroken, match="Every free seat"):
        act("put_back", plan, lead, first.service_number)
    change = plan.calls.get(officer=first)
    assert (change.is_out, change.changed_by, change.change_note) == (True, lead, "is needed at the station")


def test_an_officer_put_in_from_a_covered_ward_reaches_none(
    kilifi: dict[str, Unit], lead: User, cohort: Cohort
) -> None:
    trained(kilifi["P1"])
    more = officer(kilifi["P1"])
    plan = make(cohort, lead)
    act("put_in", plan, lead, more.service_number)
    assert (plan_page(plan).names, plan_page(plan).reached) == (1, 0)


def test_nobody_puts_in_somebody_of_another_command_or_oneself(
    kilifi: dict[str, Unit], lead: User, cohort: Cohort
) -> None:
    plan = make(cohort, lead)
    stranger = officer(UnitFactory(code="MSA", type="county"))
    with pytest.raises(RuleBroken, match="No officer of your command"):
        act("put_in", plan, lead, stranger.service_number)
    own = officer(kilifi["P1"], officer__user=lead)
    with pytest.raises(NotAllowed):
        act("put_in", plan, lead, own.service_number)
    commander = appoint(UserFactory(), "county-commander", kilifi["KLF"])
    with pytest.raises(NotAllowed):
        make(cohort, commander)


def test_a_plan_becomes_names_with_seats_once(kilifi: dict[str, Unit], lead: User, cohort: Cohort) -> None:
    called = [officer(kilifi["P1"]), officer(kilifi["P2"])]
    out = officer(kilifi["P3"])
    cohort.seats = 3
    cohort.save()
    plan = make(cohort, lead)
    act("take_out", plan, lead, out.service_number)
    done = actions.call_plan(plan, by=lead, on=ON, at=AT)
    assert (len(done.named), done.seated, done.left) == (2, 2, [])
    names = Nomination.objects.filter(cohort=cohort)
    assert {(each.officer, each.source, each.state) for each in names} == {
        (each, "plan", "accepted") for each in called
    }
    assert set(plan.calls.filter(nomination__isnull=False).values_list("officer", flat=True)) == {
        each.pk for each in called
    }
    with pytest.raises(RuleBroken, match="already"):
        actions.call_plan(plan, by=lead, on=ON, at=AT)
    with pytest.raises(RuleBroken, match="already"):
        act("take_out", plan, lead, called[0].service_number)


def test_a_course_that_is_not_rolled_out_has_no_plan(kilifi: dict[str, Unit], lead: User) -> None:
    with pytest.raises(RuleBroken, match="neither"):
        make(running(kilifi["KLF"], course_version("traffic"), state="open"), lead)


def test_the_pages(kilifi: dict[str, Unit], lead: User, cohort: Cohort) -> None:
    one = officer(kilifi["P1"])
    client = sign_in(Client(), lead)
    page = client.get("/training/rollout/").content.decode()
    assert cohort.title in page
    assert all(each in page for each in ("form=group-series", "weeks=12", "staff_needed=2"))
    answer = client.post(f"/training/cohorts/{cohort.ref}/plan/", {"area": "KLF"})
    plan = CallPlan.objects.get()
    assert answer["Location"] == f"/training/plans/{plan.ref}/"
    shown = client.get(answer["Location"]).content.decode()
    assert one.service_number in shown
    assert "as good as possible" in shown
    address = f"/training/plans/{plan.ref}/officers/{one.service_number}/"
    assert client.post(address, {"note": "is needed at the station"}).status_code == 302
    assert "fewer than the most possible" in client.get(f"/training/plans/{plan.ref}/").content.decode()
    stranger = sign_in(Client(), appoint(UserFactory(), "rollout-coordinator", UnitFactory(code="MSA", type="county")))
    assert stranger.get(f"/training/plans/{plan.ref}/").status_code == 404
    assert access_plan(lead, plan.ref, on=ON) == plan
