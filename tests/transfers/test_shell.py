"""`python -m transfers.matching FILE`: each sentence of what it promises, and what it says of bad input."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rules.source import ROOT
from transfers.matching import as_json, solve
from transfers.problem import MECHANISMS, BadInput
from transfers.reading import read

DA, TTC = MECHANISMS


def officer(*preferences: str, **more: Any) -> dict[str, Any]:
    return {"preferences": list(preferences), "points": {}, "current": None, "must_move": False, **more}


def decide(places: dict[str, Any], officers: dict[str, Any], **more: Any) -> dict[str, Any]:
    data = {"round": "2027-Q1", "seed": "seed", "places": places, "officers": officers, **more}
    return as_json(solve(read(json.dumps(data))))


def ticket(ref: str, seed: str = "seed") -> str:
    return hmac.new(seed.encode(), ref.encode(), hashlib.sha256).hexdigest()


def by_ticket(*refs: str) -> list[str]:
    """The references, the lowest ticket first."""
    return sorted(refs, key=ticket)


def run(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "transfers.matching", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={})


def test_prints_assignment_cutoffs_and_reasons(tmp_path: Path) -> None:
    officers = {"a": officer("P", points={"P": 3}), "b": officer("P", points={"P": 5})}
    path = tmp_path / "round.json"
    path.write_text(json.dumps({"round": "r", "seed": "s", "places": {"P": {"seats": 1}}, "officers": officers}))
    done = run(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "assignment": {"a": None, "b": "P"},
        "cutoffs": {"P": {"points": 5, "ticket": ticket("b", "s")}},
        "reasons": {"a": {"P": "outranked"}, "b": {"P": "assigned"}},
    }


def test_needs_neither_django_nor_settings() -> None:
    code = "import sys, transfers.matching; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, check=False).returncode == 0


@pytest.mark.parametrize("mechanism", MECHANISMS)
class TestBothMechanisms:
    def test_seats_are_how_many_participants_may_hold_a_place(self, mechanism: str) -> None:
        places = {"P": {"seats": 2, "staying": 7}}
        answer = decide(places, {ref: officer("P") for ref in "abc"}, mechanism=mechanism)
        assert sorted(ref for ref, place in answer["assignment"].items() if place) == sorted(by_ticket(*"abc")[:2])

    def test_the_ticket_decides_between_equal_points_the_lowest_first(self, mechanism: str) -> None:
        answer = decide({"P": {"seats": 1}}, {ref: officer("P") for ref in "abcdef"}, mechanism=mechanism)
        first, *others = by_ticket(*"abcdef")
        assert answer["assignment"][first] == "P"
        assert {answer["reasons"][ref]["P"] for ref in others} == {"lottery"}
        assert answer["cutoffs"]["P"]["ticket"] == ticket(first)

    def test_missing_points_are_none(self, mechanism: str) -> None:
        officers = {"minus": officer("P", points={"P": -1}), "missing": officer("P")}
        assert decide({"P": {"seats": 1}}, officers, mechanism=mechanism)["assignment"]["missing"] == "P"
        officers = {"plus": officer("P", points={"P": 1}), "missing": officer("P")}
        assert decide({"P": {"seats": 1}}, officers, mechanism=mechanism)["assignment"]["plus"] == "P"

    def test_only_listed_places_are_given(self, mechanism: str) -> None:
        answer = decide({"P": {"seats": 0}, "Q": {"seats": 5}}, {"a": officer("P")}, mechanism=mechanism)
        assert answer["assignment"] == {"a": None}
        assert answer["reasons"]["a"] == {"P": "no_post_of_rank"}

    def test_the_own_place_is_protected_without_being_listed(self, mechanism: str) -> None:
        officers = {"own": officer("Q", current="P"), "keen": officer("P", points={"P": 99})}
        answer = decide({"P": {"seats": 1}, "Q": {"seats": 0}}, officers, mechanism=mechanism)
        assert answer["assignment"] == {"own": "P", "keen": None}
        assert answer["reasons"]["keen"] == {"P": "protected_incumbents_only"}
        assert answer["reasons"]["own"] == {"Q": "no_post_of_rank", "P": "assigned"}

    def test_who_must_move_loses_the_place_to_nobody_but_finds_another_first(self, mechanism: str) -> None:
        places = {"P": {"seats": 1}, "Q": {"seats": 1}}
        officers = {"due": officer("P", "Q", current="P", must_move=True), "keen": officer("P")}
        answer = decide(places, officers, mechanism=mechanism)
        assert answer["assignment"] == {"due": "Q", "keen": "P"}
        assert answer["reasons"]["due"] == {"P": "not_eligible", "Q": "assigned"}

    def test_who_must_move_and_is_not_placed_keeps_his_place_and_its_seat(self, mechanism: str) -> None:
        places = {"P": {"seats": 1}, "Q": {"seats": 0}}
        officers = {"due": officer("Q", current="P", must_move=True), "keen": officer("P", points={"P": 9})}
        answer = decide(places, officers, mechanism=mechanism)
        assert answer["assignment"] == {"due": "P", "keen": None}
        assert answer["reasons"]["due"]["P"] == "deferred_infeasible"

    def test_seats_freed_by_those_who_leave_are_given(self, mechanism: str) -> None:
        places = {"P": {"seats": 1}, "Q": {"seats": 1}, "R": {"seats": 1}}
        officers = {"a": officer("Q", current="P"), "b": officer("R", current="Q"), "c": officer("P", current="R")}
        assert decide(places, officers, mechanism=mechanism)["assignment"] == {"a": "Q", "b": "R", "c": "P"}

    def test_a_floor_counts_those_staying(self, mechanism: str) -> None:
        officers = {ref: officer("Q", current="P") for ref in "ab"}
        held = decide({"P": {"seats": 2, "floor": 2, "staying": 1}, "Q": {"seats": 2}}, officers, mechanism=mechanism)
        assert sorted(held["assignment"].values()) == ["P", "Q"]
        free = decide({"P": {"seats": 2, "floor": 2, "staying": 2}, "Q": {"seats": 2}}, officers, mechanism=mechanism)
        assert set(free["assignment"].values()) == {"Q"}

    def test_a_floor_that_newcomers_fill_holds_nobody(self, mechanism: str) -> None:
        officers = {"a": officer("Q", current="P"), "b": officer("P")}
        answer = decide({"P": {"seats": 1, "floor": 1}, "Q": {"seats": 1}}, officers, mechanism=mechanism)
        assert answer["assignment"] == {"a": "Q", "b": "P"}

    def test_a_floor_of_a_region(self, mechanism: str) -> None:
        places = {"P": {"seats": 1, "region": "N"}, "Q": {"seats": 1, "region": "N"}, "R": {"seats": 2}}
        officers = {"a": officer("R", current="P"), "b": officer("R", current="Q")}
        answer = decide(places, officers, mechanism=mechanism, floors={"N": 1})
        assert sorted(place == "R" for place in answer["assignment"].values()) == [False, True]

    def test_a_ceiling_is_shared_as_it_is_wanted_not_split(self, mechanism: str) -> None:
        places = {"P": {"seats": 4, "region": "N"}, "Q": {"seats": 4, "region": "N"}, "R": {"seats": 4}}
        all_in_one = decide(places, {ref: officer("P") for ref in "abcd"}, mechanism=mechanism, ceilings={"N": 4})
        assert list(all_in_one["assignment"].values()) == ["P"] * 4
        officers = {ref: officer("PQ"["cd".count(ref)], "R", points={"P": 1, "Q": 2}) for ref in "abcd"}
        points = {"P": 1} if mechanism == DA else {}
        answer = decide(
            places, {**officers, "e": officer("P", "R", points=points)}, mechanism=mechanism, ceilings={"N": 3}
        )
        inside = [ref for ref, place in answer["assignment"].items() if place in ("P", "Q")]
        assert len(inside) == 3
        assert all(answer["assignment"][ref] == "R" for ref in "abcde" if ref not in inside)

    def test_a_ceiling_counts_those_staying(self, mechanism: str) -> None:
        places = {"P": {"seats": 4, "region": "N", "staying": 2}}
        answer = decide(places, {ref: officer("P") for ref in "abc"}, mechanism=mechanism, ceilings={"N": 4})
        assert sorted(map(str, answer["assignment"].values())) == ["None", "P", "P"]

    def test_more_officers_than_seats_today_is_nobodys_fault_and_admits_nobody(self, mechanism: str) -> None:
        officers = {"a": officer(current="P"), "b": officer(current="P"), "c": officer("P", points={"P": 9})}
        assert decide({"P": {"seats": 1}}, officers, mechanism=mechanism)["assignment"] == {
            "a": "P",
            "b": "P",
            "c": None,
        }


class TestFloorsHoldBack:
    def leaving(self, **officers: dict[str, Any]) -> dict[str, Any]:
        """The officers of P all want Q, where there is room for all; one must stay."""
        people = {ref: officer("Q", current="P", **more) for ref, more in officers.items()}
        return decide({"P": {"seats": 9, "floor": 1}, "Q": {"seats": 9}}, people)

    def stays(self, **officers: dict[str, Any]) -> str:
        answer = self.leaving(**officers)
        (ref,) = [ref for ref, place in answer["assignment"].items() if place == "P"]
        return ref

    def test_volunteers_first(self) -> None:
        assert self.stays(due={"must_move": True, "release": 0}, volunteer={"release": 9}) == "volunteer"

    def test_then_the_lowest_release(self) -> None:
        assert self.stays(long={"release": 40}, short={"release": 12}, longer={"release": 41}) == "short"

    def test_then_the_worst_ticket(self) -> None:
        assert self.stays(a={}, b={}, c={}) == by_ticket(*"abc")[-1]

    def test_points_do_not_count(self) -> None:
        assert self.stays(many={"points": {"Q": 99}, "release": 1}, none={"release": 2}) == "many"

    def test_the_volunteer_is_told(self) -> None:
        assert self.leaving(a={})["reasons"]["a"] == {"Q": "floor_hold", "P": "assigned"}

    def test_one_who_must_move_is_told(self) -> None:
        answer = self.leaving(a={"must_move": True})
        assert answer["assignment"] == {"a": "P"}
        assert answer["reasons"]["a"] == {"Q": "deferred_floor", "P": "deferred_infeasible"}

    def test_one_held_for_a_station_is_not_missing_in_the_county_either(self) -> None:
        places = {"P": {"seats": 2, "floor": 1, "region": "N"}, "Q": {"seats": 2, "region": "N"}, "R": {"seats": 4}}
        officers = {ref: officer("R", current="PQ"[ref in "cd"], release=n) for n, ref in enumerate("dcba")}
        answer = decide(places, officers, floors={"N": 2})
        assert answer["assignment"] == {"a": "R", "b": "P", "c": "R", "d": "Q"}

    def test_one_held_for_a_region_still_moves_inside_it(self) -> None:
        places = {"P": {"seats": 1, "region": "N"}, "Q": {"seats": 1, "region": "N"}, "R": {"seats": 1}}
        answer = decide(places, {"a": officer("R", "Q", current="P")}, floors={"N": 1})
        assert answer["assignment"] == {"a": "Q"}
        assert answer["reasons"]["a"] == {"R": "floor_hold", "Q": "assigned"}


def good() -> dict[str, Any]:
    places = {"P": {"seats": 1, "region": "N"}}
    officers = {"a": officer("P", points={"P": 1}, release=3)}
    return {"round": "r", "seed": "s", "places": places, "floors": {"N": 0}, "officers": officers}


BAD = [
    (("seed",), 7, "seed: 7 is not a text."),
    (("mechanism",), "auction", "mechanism: 'auction' is not one. Choose one of: deferred-acceptance"),
    (("places",), [], "places: is not an object."),
    (("places", "P"), {}, "places['P']: 'seats' is missing."),
    (("places", "P", "seats"), "1", "places['P'].seats: '1' is not an integer of at least 0."),
    (("places", "P", "seats"), 1.0, "places['P'].seats: 1.0 is not an integer"),
    (("places", "P", "seats"), True, "places['P'].seats: True is not an integer"),
    (("places", "P", "floor"), -1, "places['P'].floor: -1 is not an integer of at least 0."),
    (("places", "P", "flor"), 1, "places['P']: 'flor' is not known here. There are: seats, floor"),
    (("floors",), {"M": 1}, "floors['M']: no place is in this region."),
    (("floors", "N"), None, "floors['N']: None is not an integer"),
    (("officers", "a", "preferences"), "P", "officers['a'].preferences: is not a list of places."),
    (("officers", "a", "preferences"), ["Q"], "officer 'a', preferences: 'Q' is not among the places."),
    (("officers", "a", "preferences"), ["P", "P"], "officer 'a', preferences: 'P' stands twice"),
    (("officers", "a", "points"), {"Q": 1}, "officer 'a', points: 'Q' is not among the places."),
    (("officers", "a", "points"), {"P": 1.5}, "officer 'a', points['P']: 1.5 is not an integer"),
    (("officers", "a", "points"), {"P": 2**53}, "officer 'a', points['P']: 9007199254740992 is not an integer within"),
    (("officers", "a", "current"), "Q", "officer 'a': his current place 'Q' is not among the places."),
    (("officers", "a", "must_move"), "no", "officers['a'].must_move: 'no' is neither true nor false."),
    (("officers", "a", "release"), "3", "officer 'a', release: '3' is not an integer"),
]


@pytest.mark.parametrize(("where", "value", "says"), BAD, ids=[says for _, _, says in BAD])
def test_bad_input_is_named(where: tuple[str, ...], value: Any, says: str) -> None:
    data = inner = good()
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = value
    with pytest.raises(BadInput) as refused:
        read(json.dumps(data))
    assert str(refused.value).startswith(says)
    assert refused.value.mend.endswith(".")


def test_a_ceiling_below_the_floor_is_refused() -> None:
    with pytest.raises(BadInput, match=r"node 'N': its ceiling 1 is below its floor 2\."):
        read(json.dumps({**good(), "floors": {"N": 2}, "ceilings": {"N": 1}}))


def test_one_reference_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="'a': stands twice in one object"):
        read('{"round":"r","seed":"s","places":{},"officers":{"a":{"preferences":[]},"a":{"preferences":[]}}}')


@pytest.mark.parametrize("text", ["{", "[]", "", "null", '{"round": NaN}'])
def test_what_is_no_round_ends_with_a_sentence_and_a_status(text: str, tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    path.write_text(text)
    done = run(path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"{path}: the file")
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_not_there() -> None:
    assert "cannot be read" in run(Path("nowhere.json")).stderr
