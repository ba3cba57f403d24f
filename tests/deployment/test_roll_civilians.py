"""Civilian members in a nominal roll: entered, changed and undone like everybody, without rank, service or post."""

from __future__ import annotations

from typing import Any

import pytest

from deployment.models import RollDiscrepancy
from deployment.roll.kind import ROLL
from hcims.imports import preview
from personnel.models import Officer, RankHolding
from tests.deployment.test_roll_undo import commit, undo
from tests.factories.rolls import apply_roll, read_roll, row
from tests.world import World

pytestmark = pytest.mark.django_db


def civilian(number: int = 1, **changes: Any) -> dict[str, str]:
    return row(number, **{"rank": "Civilian", "rank_on": "", "service": "", "duty": "clerical", **changes})


def problems(batch: Any) -> list[tuple[str, str]]:
    found = batch.rows.filter(outcome="rejected").order_by("row")
    return [(each[0], each[1]) for staged in found for each in staged.problems]


def outcomes(batch: Any) -> dict[str, int]:
    return {name: count for name, count in batch.counts["outcomes"].items() if count}


@pytest.mark.parametrize("word", ["Civilian", "CIV", "civilian staff", "Raia"])
def test_a_civilian_member_comes_in_without_rank_service_and_post(world: World, word: str) -> None:
    batch = apply_roll([civilian(rank=word), row(2)])
    assert outcomes(batch) == {"new": 2, "missing": 2}
    member = Officer.objects.get(service_number="100001")
    posting = member.postings.get()
    assert (member.member, member.rank, member.service, member.unit) == ("civilian", None, "", world.station)
    assert (posting.post_rank, posting.duty.code, posting.overstrength_authority) == (None, "clerical", "")
    assert not RankHolding.objects.filter(officer=member).exists()
    assert member.history.get().member == "civilian"
    assert all(each["rank"] for each in batch.counts.get("over", []))
    assert Officer.objects.get(service_number="100002").member == "officer"


def test_the_preview_says_who_is_a_civilian_and_from_when(world: World) -> None:
    batch = read_roll([civilian(), row(2, arrived_on="")])
    lines = preview.lines(list(batch.rows.filter(outcome="new").order_by("row")), ROLL, open_sealed=True)
    told = [{each.label: each.now for each in line.changes} for line in lines]
    assert [each["Rank"] for each in told] == ["Civilian member", "PC"]
    assert [each["Date of arrival"] for each in told] == ["2024-02-15", "unknown"]
    assert [each.get("Date of rank") for each in told] == [None, "2012-03-01"]


def test_the_same_file_changes_nothing_and_another_unit_is_a_difference(world: World) -> None:
    apply_roll([civilian()])
    assert outcomes(read_roll([civilian(), row(2)])) == {"unchanged": 1, "new": 1, "missing": 2}
    assert outcomes(read_roll([civilian(rank="")])) == {"unchanged": 1, "missing": 2}
    apply_roll([civilian(surname="Mwikali", duty="cook", unit="PS-NYALI")])
    assert Officer.objects.get(service_number="100001").surname == "Mwikali"
    assert RollDiscrepancy.objects.get().unit == world.other_station


def test_what_only_police_officers_have_is_rejected(world: World) -> None:
    apply_roll([civilian()])
    batch = read_roll(
        [row(1), civilian(2, service="KPS"), civilian(3, post_rank="PC"), civilian(4, post_skill="driving-b")]
    )
    assert {each for each in problems(batch) if each[1] == "civilian"} == {
        ("rank", "civilian"), ("rank_on", "civilian"), ("service", "civilian"), ("post_rank", "civilian"),
        ("post_skill", "civilian"),
    }  # fmt: skip
    assert outcomes(batch)["rejected"] == 4


def test_a_police_officer_does_not_become_a_civilian_by_a_roll(world: World) -> None:
    apply_roll([row(1)])
    batch = read_roll([civilian()])
    assert ("rank", "not-civilian") in problems(batch)


def test_civilians_are_missing_only_from_a_file_that_lists_civilians(world: World) -> None:
    apply_roll([civilian(1), civilian(2), row(3)])
    assert outcomes(read_roll([row(3)])) == {"unchanged": 1, "missing": 2}
    assert outcomes(read_roll([row(3), civilian(1)])) == {"unchanged": 2, "missing": 3}


def test_undoing_takes_them_out(world: World) -> None:
    batch = apply_roll([civilian()])
    assert commit(undo(batch)).state == "applied"
    assert not Officer.objects.filter(service_number="100001").exists()


def test_another_duty_goes_on_and_is_undone(world: World) -> None:
    apply_roll([civilian()])
    batch = apply_roll([civilian(duty="cook")])
    member = Officer.objects.get(service_number="100001")
    assert [each.duty.code for each in member.postings.order_by("starts_on")] == ["clerical", "cook"]
    assert commit(undo(batch)).state == "applied"
    assert member.postings.get(voided_at=None, ends_on=None).duty.code == "clerical"
