"""The board of a round, and what is tried out over its frozen facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deployment.models import Posting
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.jobs.runner import run_waiting
from organisation.models import Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.factories.rounds import CALENDAR, at, round_at, staffed
from tests.world import World
from transfers import whatif
from transfers.actions import board as actions
from transfers.actions import trials
from transfers.models import Award, Round, RoundFigure, RoundRun
from transfers.queries import board as queries
from transfers.queries import ground, runs
from transfers.queries.board_figures import counted

pytestmark = pytest.mark.django_db
WHEN = at(CALENDAR.draw_on)
MINUTES = "The board read the result by county and the floors that held."
WHY = "The gender desk of the station has nobody left who speaks the language."


def solved(world: World, state: str = "solved", **book: Any) -> Round:
    """A computed round in which the world's first officer alone takes part, and has been too long where he is."""
    staffed(world)
    Posting.objects.filter(officer=world.other_officer).update(starts_on=date(2026, 6, 1))
    return round_at(
        world, state, **{"floors": [{"level": "station", "percent": 60, "smallest": 5, "basis": "Test"}], **book}
    )


def own_award(world: World) -> Award:
    return Award.objects.get(participation__officer=world.officer)


def member(world: World) -> Any:
    return world.people["board-member"]


def test_the_board_accepts_with_minutes_and_may_take_it_up_again(world: World) -> None:
    found = solved(world)
    with pytest.raises(RuleBroken, match="minutes"):
        actions.accept(round=found, minutes="ok", by=member(world), **WHEN)
    actions.accept(round=found, minutes=MINUTES, by=member(world), **WHEN)
    assert (found.state, found.accepted_by) == ("accepted", member(world))
    with pytest.raises(InvalidTransition):
        actions.accept(round=found, minutes=MINUTES, by=member(world), **WHEN)
    actions.reopen(round=found, reason="One award is to be varied.", by=member(world), **WHEN)
    assert (found.state, found.accepted_by) == ("solved", None)
    assert MINUTES in found.board_minutes


def test_nobody_decides_who_prepared_the_round_or_takes_part(world: World) -> None:
    found = solved(world)
    with pytest.raises(NotAllowed):
        actions.accept(round=found, minutes=MINUTES, by=world.people["hr-officer"], **WHEN)
    found.created_by = member(world)
    found.save()
    with pytest.raises(NotAllowed, match="prepared"):
        actions.accept(round=found, minutes=MINUTES, by=member(world), **WHEN)
    taking_part = appoint(world.officer.user, "board-member", world.service)
    with pytest.raises(NotAllowed, match="take part"):
        actions.accept(round=found, minutes=MINUTES, by=taking_part, **WHEN)
    with pytest.raises(NotAllowed, match="take part"):
        queries.access_board(taking_part, found.code, on=CALENDAR.draw_on)


def test_a_single_award_is_varied_with_a_reason_to_a_place_with_a_seat_and_back(world: World) -> None:
    found = solved(world)
    award = own_award(world)
    assert award.goes_to == world.other_station
    with pytest.raises(RuleBroken, match="reason"):
        actions.vary(award, to_unit=None, reason="no", by=member(world), **WHEN)
    varied = actions.vary(award, to_unit=None, reason=WHY, by=member(world), **WHEN)
    assert (varied.goes_to, varied.varied_by, varied.variation_reason) == (None, member(world), WHY)
    assert ground.filling(found).after == ground.filling(found).before
    assert actions.restore(award, by=member(world), **WHEN).goes_to == world.other_station
    with pytest.raises(InvalidTransition):
        actions.restore(award, by=member(world), **WHEN)


def test_the_figures_kept_are_those_of_the_awards_whatever_the_board_did(world: World) -> None:
    found = solved(world)
    award = own_award(world)

    def figures(rows: Iterable[RoundFigure]) -> dict[tuple[str, str], list[int]]:
        return {(each.part, each.code): each.numbers for each in rows}

    first = figures(found.figures.all())
    assert first == figures(counted(found))
    assert first["outcome", "moves"] == [1]
    actions.vary(award, to_unit=None, reason=WHY, by=member(world), **WHEN)
    varied = figures(found.figures.all())
    assert varied == figures(counted(found))
    assert (varied["outcome", "moves"], varied["outcome", "varied"]) == ([0], [1])
    actions.restore(award, by=member(world), **WHEN)
    assert figures(found.figures.all()) == first
    found.figures.all().delete()  # a round computed before figures were kept is counted as it is read
    assert queries.counts(found)["moves"] == 1


def test_a_place_without_a_post_or_a_seat_is_refused(world: World) -> None:
    solved(world)
    award = own_award(world)
    nowhere: Unit = UnitFactory(code="PS-NOWHERE", name="Nowhere", under=world.other_county)
    with pytest.raises(RuleBroken, match="no post of this rank"):
        actions.vary(award, to_unit=nowhere, reason=WHY, by=member(world), **WHEN)
    stays = Award.objects.exclude(pk=award.pk).filter(participation__from_unit=world.station)
    assert not stays.exists()  # the newcomers take no part
    place = ground.ground_of(award.participation.round).places[f"{world.station.code}/PC"]
    assert place.staying == 5


def test_a_floor_that_a_variation_breaks_is_named_and_stands_in_the_reason(world: World) -> None:
    floors = [{"level": "station", "percent": 100, "smallest": 1, "basis": "Test"}]
    found = solved(world, floors=floors)
    award = own_award(world)
    assert award.goes_to is None  # held back by the floor of the station
    assert award.explanation["floor"]["ref"] == f"{world.station.code}/PC"
    with pytest.raises(RuleBroken, match=f"{world.station.code}/PC: floor 6, would have 5"):
        actions.vary(award, to_unit=world.other_station, reason=WHY, by=member(world), **WHEN)
    varied = actions.vary(award, to_unit=world.other_station, reason=WHY, despite_floors=True, by=member(world), **WHEN)
    assert "floor 6, would have 5" in varied.variation_reason
    assert [each.where for each in queries.floors(found)] == [world.station.name]


def test_a_seat_that_was_given_away_meanwhile_is_not_given_back(world: World) -> None:
    found = solved(world)
    second = OfficerFactory(posted_to=world.other_station, user=UserFactory())
    del second
    award = own_award(world)
    actions.vary(award, to_unit=None, reason=WHY, by=member(world), **WHEN)
    frozen = ground.ground_of(found)
    ref = f"{world.other_station.code}/PC"
    seats = frozen.places[ref].seats
    full = {**frozen.places, ref: ground.Seat(ref, 0, 0, 0, frozen.places[ref].node, "PC")}
    assert seats > 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ground, "ground_of", lambda round: ground.Ground(full, frozen.nodes))
        with pytest.raises(RuleBroken, match="No seat is left"):
            actions.restore(award, by=member(world), **WHEN)


def test_the_result_is_counted_by_rank_county_and_group_with_small_groups_hidden(world: World) -> None:
    found = solved(world)
    assert queries.counts(found) == {
        "all": 1, "moves": 1, "first": 1, "stays": 0, "overdue": 0, "held": 0, "varied": 0,
    }  # fmt: skip
    assert [(row.label, row.participants) for row in queries.by(found, "rank__code")] == [("PC", 1)]
    assert all(row.is_hidden for row in queries.by(found, "officer__sex", least=10))
    rows = [queries.Row("a", "a", 3, 1, 1, 0), queries.Row("b", "b", 50, 9, 2, 0), queries.Row("c", "c", 90, 9, 2, 0)]
    assert [row.is_hidden for row in queries.hidden(rows, 10)] == [True, True, False]
    kilifi, mombasa = queries.by_county(found)
    assert (kilifi.before, kilifi.after, mombasa.before, mombasa.after) == (6, 5, 1, 2)


def test_the_list_costs_the_same_however_long_it_is(world: World) -> None:
    found = solved(world)
    with CaptureQueriesContext(connection) as caught:
        assert [each.goes_to for each in queries.narrowed(queries.awards_of(found), {"show": "moves", "rank": "PC"})]
    assert len(caught) == 1


def trial(world: World, found: Round, changes: whatif.Changes) -> RoundRun:
    run, _job = trials.ask(round=found, label="Test", changes=changes, by=world.people["hr-officer"], **WHEN)
    run_waiting()
    run.refresh_from_db()
    return run


def test_a_trial_changes_nothing_but_itself(world: World) -> None:
    found = solved(world)
    before = list(Award.objects.values_list("participation", "to_unit", "explanation"))
    run = trial(world, found, whatif.Changes(floors={"station": 100}))
    assert run.failed_why == ""
    assert run.summary is not None
    assert run.summary["moved"] == 0
    assert list(Award.objects.values_list("participation", "to_unit", "explanation")) == before
    compared = runs.side_by_side(queries.official(found), run)  # type: ignore[arg-type]
    assert (compared.comparison.one.moved, compared.comparison.other.moved) == (1, 0)
    assert len(compared.comparison.elsewhere) == 1


def test_a_trial_needs_a_change_that_makes_sense_and_somebody_who_takes_no_part(world: World) -> None:
    found = solved(world)
    with pytest.raises(RuleBroken, match="at least one"):
        trial(world, found, whatif.Changes())
    with pytest.raises(RuleBroken, match="no line of points"):
        trial(world, found, whatif.Changes(weights={"beauty": 200}))
    with pytest.raises(NotAllowed):
        trials.ask(round=found, label="x", changes=whatif.Changes(mechanism="top-trading-cycles"),
                   by=world.people["county-commander"], **WHEN)  # fmt: skip
    taking_part = appoint(world.officer.user, "hr-officer", world.service)
    with pytest.raises(NotAllowed, match="take part"):
        trials.ask(
            round=found, label="x", changes=whatif.Changes(mechanism="top-trading-cycles"), by=taking_part, **WHEN
        )


def test_the_second_mechanism_and_other_weights_are_computed(world: World) -> None:
    found = solved(world)
    assert trial(world, found, whatif.Changes(mechanism="top-trading-cycles")).passes == 1
    run = trial(world, found, whatif.Changes(weights={"tenure": 200}))
    problem = runs.problem_under(found, run)
    doubled, plain = problem.officers, runs.problem_under(found).officers
    for ref, officer in plain.items():
        assert all(doubled[ref].points[place] == 2 * points for place, points in officer.points.items())


def test_the_trap_of_a_small_class_is_counted(world: World) -> None:
    found = solved(world)
    (trap,) = [each for each in runs.traps_of(found, {"station": 90, "county": 0}) if each.level == "station"]
    assert (trap.stuck, trap.classes) == (1, 2)  # nobody may leave the six; the class of one is below the smallest
