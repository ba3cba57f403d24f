"""Conditions and facts in, findings out; and the published order of seats. Pure."""

from __future__ import annotations

from datetime import date

import pytest

from training import eligibility as e
from training.seating import OPEN, Candidate, Share, in_order, seated

ON = date(2026, 12, 1)
HOUSE = e.House(attempts=2, attempts_basis="a", refresher_months=6, refresher_basis="b")


def holds(condition: e.Condition, facts: e.Facts) -> bool | None:
    return e.findings([condition], facts, HOUSE, on=ON)[-1].holds


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (e.Condition("rank-from", rank=12), e.Facts(rank=12), True),
        (e.Condition("rank-from", rank=12), e.Facts(rank=13), False),
        (e.Condition("rank-from", rank=12), e.Facts(), None),
        (e.Condition("rank-to", rank=12), e.Facts(rank=11), False),
        (e.Condition("years-in-rank", value=3), e.Facts(rank_since=date(2023, 12, 1)), True),
        (e.Condition("years-in-rank", value=3), e.Facts(rank_since=date(2023, 12, 2)), False),
        (e.Condition("years-in-rank", value=3), e.Facts(), None),
        (e.Condition("years-in-service", value=3), e.Facts(enlisted_on=date(2020, 1, 1)), True),
        (e.Condition("years-to-retirement", value=2), e.Facts(retires_on=date(2028, 12, 1)), True),
        (e.Condition("years-to-retirement", value=2), e.Facts(retires_on=date(2028, 11, 30)), False),
        (e.Condition("skill", key=5), e.Facts(skills={5: True}), True),
        (e.Condition("skill", key=5), e.Facts(skills={5: False}), None),
        (e.Condition("skill", key=5), e.Facts(), False),
        (e.Condition("paper", key=5, value=3), e.Facts(papers={5: True}, paper_counts={5: 3}), True),
        (e.Condition("paper", key=5, value=3), e.Facts(papers={5: True}, paper_counts={5: 2}), False),
        (e.Condition("paper", key=5, value=3), e.Facts(papers={5: False}, paper_counts={5: 2}), None),
        (e.Condition("course", key=5), e.Facts(courses=frozenset({5})), True),
        (e.Condition("course", key=5), e.Facts(), False),
        (e.Condition("clean-months", value=6), e.Facts(last_finding_on=date(2026, 6, 1)), True),
        (e.Condition("clean-months", value=6), e.Facts(last_finding_on=date(2026, 6, 2)), False),
    ],
)
def test_each_condition_says_yes_no_or_not_known(condition: e.Condition, facts: e.Facts, expected: bool | None) -> None:
    assert holds(condition, facts) is expected


def test_what_is_not_known_keeps_nobody_out() -> None:
    found = e.findings([e.Condition("years-in-rank", value=3)], e.Facts(), HOUSE, on=ON)
    assert e.may_enter(found)
    assert [each.kind for each in e.unknown(found)] == ["years-in-rank"]


def test_a_course_passed_is_taken_again_only_shortly_before_it_lapses() -> None:
    lasting = e.Facts(passed=True)
    lapsing = e.Facts(passed=True, passed_until=date(2027, 3, 1))
    later = e.Facts(passed=True, passed_until=date(2027, 9, 1))
    assert [e.may_enter(e.findings([], each, HOUSE, on=ON)) for each in (lasting, lapsing, later)] == [
        False, True, False,
    ]  # fmt: skip


def test_years_in_one_rank_are_asked_of_whoever_holds_it() -> None:
    asked = [e.Condition("years-in-rank", value=3, rank=12), e.Condition("years-in-rank", value=2, rank=11)]
    senior = e.Facts(rank=11, rank_since=date(2024, 12, 1))
    found = [each for each in e.findings(asked, senior, HOUSE, on=ON) if each.kind == "years-in-rank"]
    assert [(each.value, each.holds) for each in found] == [(2, True)]


def test_attempts_and_other_courses_count() -> None:
    assert e.may_enter(e.findings([], e.Facts(attempts=1), HOUSE, on=ON))
    assert not e.may_enter(e.findings([], e.Facts(attempts=2), HOUSE, on=ON))
    assert not e.may_enter(e.findings([], e.Facts(elsewhere="Intake 3"), HOUSE, on=ON))
    assert not e.may_enter(e.findings([], e.Facts(is_of_area=False), HOUSE, on=ON))


def test_a_finding_is_kept_and_read_back() -> None:
    found = e.findings(
        [e.Condition("rank-from", rank=12, name_en="Sergeant", basis="x")], e.Facts(rank=13), HOUSE, on=ON
    )
    assert [e.Finding.read(each.stored()) for each in found] == found


def name(key: int, region: int = 1, sex: str = "M", **more: object) -> Candidate:
    return Candidate(key=key, region=region, sex=sex, number=f"{key:06}", **more)  # type: ignore[arg-type]


def test_who_waited_before_comes_first_then_whose_last_course_is_longest_back() -> None:
    order = in_order(
        [
            name(1, last_course_on=date(2025, 1, 1)),
            name(2, last_course_on=date(2020, 1, 1)),
            name(3),
            name(4, waited=1, last_course_on=date(2026, 1, 1)),
            name(5, rank_since=date(2010, 1, 1)),
        ]
    )
    assert [each.key for each in order] == [4, 5, 3, 2, 1]


def test_kept_seats_go_to_theirs_and_stay_kept_until_names_are_no_longer_taken() -> None:
    shares = [Share(1, sex="F"), Share(1, region=2)]
    names = [name(1), name(2), name(3, sex="F"), name(4)]
    placed = {each.candidate.key: each.share for each in seated(names, shares, seats=3)}
    assert placed == {1: OPEN, 2: None, 3: 0, 4: None}
    late = {each.candidate.key: each.share for each in seated(names, shares, seats=3, all_open=True)}
    assert late == {1: OPEN, 2: OPEN, 3: 0, 4: None}


def test_a_seat_once_given_is_not_taken_by_who_comes_before() -> None:
    names = [name(1, waited=3), name(2, has_seat=True)]
    placed = {each.candidate.key: each.share for each in seated(names, [], seats=1)}
    assert placed == {1: None, 2: OPEN}
