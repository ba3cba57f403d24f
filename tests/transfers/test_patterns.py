"""Patterns: the arithmetic is held against exact fractions; a service alike everywhere is hardly ever marked."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import comb

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.openness import decided, ordered
from tests.factories.personnel import OfficerFactory
from tests.factories.rounds import round_at
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World
from transfers.models import Advice, ApprovalStep, Direction, Stop, TransferOrder, TransferRequest
from transfers.patterns import Tally, at_least, at_most, chance_of, compare, one_sided, wilson
from transfers.queries.patterns import patterns

COUNTS = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
RATES = st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50)


@given(COUNTS, RATES)
def test_the_tails_are_those_of_exact_fractions(counts: tuple[int, int], rate: Fraction) -> None:
    hits, of = counts
    exact = sum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits, of + 1))
    assert at_least(hits, of, float(rate)) == pytest.approx(float(exact), rel=1e-7, abs=1e-12)
    below = sum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits + 1))
    assert at_most(hits, of, float(rate)) == pytest.approx(float(below), rel=1e-7, abs=1e-12)


def test_known_values() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    seen = [tuple(round(each, 4) for each in wilson(*pair)) for pair in [(81, 263), (15, 148), (0, 20), (1, 29)]]
    assert seen == [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)]
    assert wilson(0, 0) == (0.0, 1.0)


@given(COUNTS)
def test_an_interval_holds_its_rate_and_narrows_with_more_cases(counts: tuple[int, int]) -> None:
    hits, of = counts
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1
    wider = wilson(hits * 10, of * 10)
    assert wider[1] - wider[0] < high - low


@given(COUNTS, RATES)
def test_a_count_and_its_mirror_are_equally_unlikely(counts: tuple[int, int], rate: Fraction) -> None:
    hits, of = counts
    assert chance_of(hits, of, float(rate)) == pytest.approx(chance_of(of - hits, of, 1 - float(rate)), rel=1e-6)


@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_nothing_is_counted_twice_or_left_out(pairs: list[tuple[int, int]]) -> None:
    made = compare([Tally(str(key), str(key), *pair) for key, pair in enumerate(pairs)])
    assert (made.hits, made.of) == (sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
    assert len(made.lines) + made.too_few == len(pairs)
    assert [line.chance for line in made.lines] == sorted(line.chance for line in made.lines)
    assert all(line.low <= line.rate <= line.high for line in made.lines)


@given(st.lists(COUNTS, min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_tallies_changes_nothing(pairs: list[tuple[int, int]], chance: random.Random) -> None:
    tallies = [Tally(str(key), str(key), *pair) for key, pair in enumerate(pairs)]
    shuffled = chance.sample(tallies, len(tallies))
    assert compare(tallies) == compare(shuffled)


def test_offices_that_are_all_alike_are_hardly_ever_marked() -> None:
    """Of 200 services of 40 offices with the same rate, fewer than one in ten has a single mark."""
    chance, marked = random.Random(47), 0
    for _ in range(200):
        tallies = [Tally(str(key), str(key), sum(chance.random() < 0.7 for _ in range(30)), 30) for key in range(40)]
        marked += bool(compare(tallies).marked)
    assert marked < 20


def test_an_office_that_is_never_followed_stands_out_and_one_with_few_cases_does_not() -> None:
    usual = [Tally(f"u{key}", f"u{key}", 20, 25) for key in range(20)]
    made = compare([*usual, Tally("never", "never", 0, 25), Tally("few", "few", 0, 3)])
    assert [line.tally.key for line in made.marked] == ["never"]
    assert made.too_few == 1
    assert [line.tally.key for line in one_sided(made)] == ["never"]


def test_a_rate_of_none_among_others_is_not_taken_for_impossible() -> None:
    made = compare([Tally("one", "one", 1, 6), Tally("none", "none", 0, 10)])
    line = next(each for each in made.lines if each.tally.key == "one")
    assert line.chance > 0
    assert not line.stands_out


def test_against_a_rate_known_beforehand() -> None:
    made = compare([Tally("early", "early", 9, 10)], against=30 / 365)
    assert made.marked
    assert made.lines[0].others == 30 / 365


@pytest.mark.django_db
def test_the_page_opens_to_commission_and_auditors_and_counts_no_protected_request(world: World) -> None:
    hr, station = world.people["hr-officer"], world.station
    on = timezone.localdate()
    at = timezone.now() - timedelta(days=40)
    step = ApprovalStep.objects.get(code="request-decision-junior")
    for number in range(8):
        request = TransferRequest.objects.create(
            kind="request", officer=OfficerFactory(), state="refused" if number < 7 else "approved", entered_by=hr,
            created_at=at, submitted_at=at, from_unit=station, decided_by=hr, decided_at=at, is_protected=number == 6,
        )  # fmt: skip
        given = {"advised_by": hr, "typed_by": hr, "office": "x", "at": at, "reasons": "x"}
        Advice.objects.create(request=request, step=step, unit=station, verdict="support", **given)
        Stop.objects.create(request=request, code="allowance", message="x", source="y", raised_at=at)
        Direction.objects.create(
            request=request, directed_by="RPC  Coast", directed_on=on, is_oral=number < 2, what="x", recorded_by=hr,
            recorded_at=at, state="decision",
        )  # fmt: skip
    found = {each.code: each for each in patterns(on)}
    assert (found["advice"].comparison.hits, found["advice"].comparison.of) == (1, 7)
    assert found["stops"].comparison.of == 7
    assert [(line.tally.name, line.tally.hits, line.tally.of) for line in found["oral"].lines] == [("RPC  Coast", 2, 7)]
    for role, code in (("npsc-commissioner", 200), ("auditor", 200), ("hr-officer", 404), ("inspector-general", 404)):
        assert client_of(world.people[role]).get("/transfers/patterns/").status_code == code, role


@pytest.mark.django_db
def test_moves_just_before_a_round_are_set_against_the_share_of_those_days(world: World) -> None:
    on = date(2026, 11, 22)
    round_at(world, "announced")  # lists open on 10 November
    for number in range(12):
        order = ordered(world, decided(world))
        day = date(2026, 10, 20) if number < 9 else date(2026, 6, 1)
        TransferOrder.objects.filter(pk=order.pk).update(published_at=datetime.combine(day, time(9), UTC))
    made = next(each for each in patterns(on) if each.code == "before-rounds")
    assert [(line.tally.hits, line.tally.of, line.stands_out) for line in made.lines] == [(9, 12, True)]
    assert made.lines[0].others == pytest.approx(30 / 366)


@pytest.mark.django_db
def test_a_station_that_no_round_reached_is_asked_about_only_where_rounds_reached_others(world: World) -> None:
    for _ in range(6):
        ordered(world, decided(world))
    alone = next(each for each in patterns(date(2026, 11, 22)) if each.code == "outside-only")
    assert (alone.comparison.hits, alone.comparison.of, alone.marked) == (6, 6, 0)


@pytest.mark.django_db
def test_the_page_costs_the_same_however_much_there_is(world: World) -> None:
    client = client_of(world.people["auditor"])
    ordered(world, decided(world))
    first = len(statements_of(client, "/transfers/patterns/"))
    for _ in range(10):
        ordered(world, decided(world))
    assert len(statements_of(client, "/transfers/patterns/")) == first
