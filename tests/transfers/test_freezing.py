"""From the record to the problem: who takes part, how many seats, what "any station in" means, what follows for floors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from transfers.freezing import assemble
from transfers.freezing.market import class_ref
from transfers.freezing.people import NOT_POSTED, UNDER_MINIMUM, months_between
from transfers.freezing.rows import Exemptions, HolderRow, Record, RequestRow, UnitRow
from transfers.rulebook import read, starting

ON = date(2027, 1, 1)
SECRET = b"s" * 32
A, B, C, COUNTY = 1, 2, 3, 9


def unit(key: int, code: str, county: str, north: float) -> UnitRow:
    above = {"county": f"C-{county}", "region": "R-1"}
    return UnitRow(key, code, "station", county, north, 37.0, above)


def holder(officer: int, at: int, months: int = 24, **changes: Any) -> HolderRow:
    since = date(ON.year - (months + 11) // 12, (12 - months) % 12 + 1, 1)
    row = HolderRow(officer, f"o{officer}", at, "PC", None, since, True, 1, "F", "", None)
    return replace(row, **changes)


def record(*holders: HolderRow, requests: tuple[RequestRow, ...] = (), **changes: Any) -> Record:
    units = {A: unit(A, "S-A", "001", 0.0), B: unit(B, "S-B", "002", 0.1), C: unit(C, "S-C", "002", 1.0)}
    base = Record(
        on=ON, units=units, below={COUNTY: (B, C)}, holders=tuple(holders), posts={(each, "PC", None): 10 for each in units},
        requests={each.officer: each for each in requests}, skills_held={}, skill_codes={7: "driving-b"}, tenure_limit={},
        exemptions=Exemptions(), in_discipline=frozenset(), retiring_soon=frozenset(), hardship_months={},
    )  # fmt: skip
    return replace(base, **changes)


def request(officer: int, *places: tuple[int, bool], grounds: frozenset[str] = frozenset()) -> RequestRow:
    return RequestRow(officer, f"r{officer}", 0, places, grounds)


def assembled(found: Record, **book: Any) -> Any:
    return assemble(found, read({**starting(["PC"]), **book}), SECRET)


def only(result: Any) -> Any:
    (officer,) = result.officers.values()
    return officer


def test_months_are_whole_and_never_negative() -> None:
    assert months_between(date(2026, 1, 15), date(2027, 1, 14)) == 11
    assert months_between(date(2027, 2, 1), date(2027, 1, 1)) == 0
    assert months_between(holder(1, A, 37).since, ON) == 37


def test_who_asked_takes_part_and_who_is_due_must_move() -> None:
    found = assembled(record(holder(1, A, 24), holder(2, A, 40), holder(3, A, 24), requests=(request(1, (B, False)),)))
    standing = {each.holder.officer: each.must_move for each in found.people.values()}
    assert standing == {1: False, 2: True}  # 3 neither asked nor is due: stays


def test_an_unknown_arrival_is_never_due() -> None:
    assert not assembled(record(holder(1, A, 60, since_known=False))).people


def test_exempt_duty_unit_skill_and_retirement_are_not_due() -> None:
    for exempt in (
        Exemptions(duties=frozenset({1})),
        Exemptions(units=frozenset({A})),
        Exemptions(types=frozenset({"station"})),
    ):
        assert not assembled(record(holder(1, A, 60), exemptions=exempt)).people
    assert not assembled(record(holder(1, A, 60, skill=7), exemptions=Exemptions(skills=frozenset({7})))).people
    assert not assembled(record(holder(1, A, 60), retiring_soon=frozenset({1}))).people


def test_who_asked_and_is_left_out_is_told_why() -> None:
    found = assembled(record(holder(1, A, 6), requests=(request(1, (B, False)), request(99, (B, False)))))
    assert {each.officer: each.reason for each in found.left_out} == {1: UNDER_MINIMUM, 99: NOT_POSTED}


def test_seats_are_posts_less_those_who_stay_and_never_fewer_than_those_who_may_keep_theirs() -> None:
    stay = [holder(each, A) for each in range(10, 22)]  # twelve on ten posts
    found = assembled(record(holder(1, A), *stay, requests=(request(1, (B, False)),)))
    place = found.ground.places[class_ref("S-A", "PC")]
    assert (place.staying, place.seats) == (12, 1)
    assert found.ground.places[class_ref("S-B", "PC")].seats == 10


def test_any_station_in_an_area_means_most_vacancies_first() -> None:
    crowd = [holder(each, B) for each in range(10, 15)]
    found = assembled(record(holder(1, A), *crowd, requests=(request(1, (COUNTY, True)),)))
    named = {each.holder.officer: name for name, each in found.people.items()}
    assert found.officers[named[1]].preferences == ("S-C/PC", "S-B/PC")


def test_the_home_county_is_closed_except_near_retirement() -> None:
    asked = request(1, (B, False), grounds=frozenset())
    officer = only(assembled(record(holder(1, A, home_county="002"), requests=(asked,))))
    assert officer.exclusions == {"S-B/PC": "home-county"}
    near = request(1, (B, False), grounds=frozenset({"near-retirement"}))
    assert only(assembled(record(holder(1, A, home_county="002"), requests=(near,)))).exclusions == {}


@pytest.mark.parametrize(("ground", "reserved"), [("own-disability", True), ("own-health", False)])
def test_a_seat_reserved_for_a_disability_rests_on_what_the_request_says(ground: str, reserved: bool) -> None:
    asked = request(1, (B, False), grounds=frozenset({ground}))
    officer = only(assembled(record(holder(1, A), requests=(asked,))))
    assert ("persons-with-disability" in officer.groups) is reserved
    assert "women" in officer.groups


def test_the_default_list_is_the_nearest_under_strength() -> None:
    officer = only(assembled(record(holder(1, A, 60))))
    assert officer.default == ("S-B/PC", "S-C/PC")
    assert only(assembled(record(holder(1, A, 60, home_county="002")))).default == ()


def test_floors_count_strength_rounded_up() -> None:
    crowd = [holder(each, A) for each in range(10, 19)]
    found = assembled(record(*crowd, holder(1, A), requests=(request(1, (B, False)),)))
    assert found.ground.places["S-A/PC"].floor == 6  # 60 % of ten
    assert found.ground.nodes["C-001:PC"].floor == 9  # 90 % of ten
    assert found.ground.nodes["C-001:PC"].parent == "R-1:PC"


def test_points_of_a_spouse_count_in_that_county_alone() -> None:
    asked = request(1, (B, False), grounds=frozenset({"spouse"}))
    officer = only(assembled(record(holder(1, A, 24), requests=(asked,), spouse_counties={1: ("002",)}, posts={})))
    assert officer.points["S-B/PC"] == officer.points["S-A/PC"] + 500


def test_pseudonyms_depend_on_the_secret_and_nothing_else_does() -> None:
    found = record(holder(1, A, 60))
    one, other = assembled(found), assemble(found, read(starting(["PC"])), b"t" * 32)
    assert set(one.officers) != set(other.officers)
    assert [each.default for each in one.officers.values()] == [each.default for each in other.officers.values()]
