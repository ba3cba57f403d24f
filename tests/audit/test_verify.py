"""The verifier names the row that was altered, removed, moved, replaced, inserted or cut off."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcims.audit.chain import GENESIS, Row
from hcims.audit.verify import Seal, Verdict, verify
from tests.audit.trails import sealed, trail_of


def verdict_of(rows: list[Row], *seals: Seal) -> Verdict:
    numbers = {row.hash: row.sequence for row in rows}
    return verify(sorted(rows, key=lambda row: row.sequence), seals, find=numbers.get)


def kinds(verdict: Verdict) -> list[tuple[str, int]]:
    return [(each.kind, each.sequence) for each in verdict.divergences]


def test_a_trail_as_written_is_sound() -> None:
    rows = trail_of(12)
    verdict = verdict_of(rows, Seal(12, rows[-1].hash, "the head"), Seal(5, rows[4].hash, "a checkpoint"))
    assert verdict.is_sound
    assert verdict.rows == 12


def test_an_empty_trail_is_sound_with_the_head_at_the_beginning() -> None:
    assert verdict_of([], Seal(0, GENESIS, "the head")).is_sound
    assert kinds(verdict_of([], Seal(0, "f" * 64, "the head"))) == [("unsealed", 0)]


def test_an_altered_row_is_named() -> None:
    rows = trail_of(6)
    rows[3] = dataclasses.replace(rows[3], office="Somebody else")
    assert kinds(verdict_of(rows)) == [("altered", 4)]


@pytest.mark.parametrize(
    "column", [name for name in Row.__dataclass_fields__ if name not in ("sequence", "hash", "at")]
)
def test_no_column_can_be_altered_unseen(column: str) -> None:
    rows = trail_of(3)
    rows[1] = dataclasses.replace(rows[1], **{column: "forged"})
    assert not verdict_of(rows).is_sound


def test_a_row_altered_and_sealed_again_is_named_by_the_one_after_it() -> None:
    rows = trail_of(6)
    rows[3] = sealed(rows[3], office="Somebody else")
    assert kinds(verdict_of(rows)) == [("replaced", 4)]


def test_a_removed_row_is_named() -> None:
    rows = trail_of(6)
    del rows[3]
    verdict = verdict_of(rows)
    assert kinds(verdict) == [("removed", 5)]
    assert "row 4" in str(verdict.divergences[0])


def test_the_first_rows_cannot_be_removed_unseen() -> None:
    assert kinds(verdict_of(trail_of(6)[2:])) == [("removed", 3)]


def test_two_rows_that_changed_places_are_named_with_where_they_stood() -> None:
    rows = trail_of(6)
    rows[2], rows[3] = dataclasses.replace(rows[3], sequence=3), dataclasses.replace(rows[2], sequence=4)
    verdict = verdict_of(rows)
    assert ("moved", 4) in kinds(verdict)
    assert "number 3" in next(each.words for each in verdict.divergences if each.sequence == 4)


def test_numbers_closed_up_after_a_removal_are_noticed() -> None:
    rows = trail_of(6)
    del rows[3]
    rows[3:] = [dataclasses.replace(row, sequence=row.sequence - 1) for row in rows[3:]]
    assert kinds(verdict_of(rows))[0][1] == 4


def test_a_chain_written_anew_from_a_row_on_is_caught_by_a_checkpoint_only() -> None:
    rows = trail_of(8)
    known = Seal(6, rows[5].hash, "the checkpoint of Monday")
    forged = rows[:4]
    for row in rows[4:]:
        forged.append(sealed(row, office="Somebody else", previous_hash=forged[-1].hash))
    assert verdict_of(forged, Seal(8, forged[-1].hash, "the head")).is_sound
    assert kinds(verdict_of(forged, known)) == [("unsealed", 6)]


def test_newest_rows_cut_off_are_noticed_by_head_and_by_checkpoint() -> None:
    rows = trail_of(8)
    seal = Seal(8, rows[-1].hash, "the checkpoint of Monday")
    verdict = verdict_of(rows[:5], seal)
    assert kinds(verdict) == [("cut-off", 5)]
    assert "row 8" in verdict.divergences[0].words


def test_no_more_than_the_limit_is_reported() -> None:
    rows = [dataclasses.replace(row, office="forged") for row in trail_of(50)]
    assert len(verify(rows, limit=3).divergences) == 3


@given(st.integers(2, 12), st.data())
def test_any_single_change_to_a_sealed_trail_is_found(length: int, data: st.DataObject) -> None:
    rows = trail_of(length)
    seal = Seal(length, rows[-1].hash, "the head")
    at = data.draw(st.integers(0, length - 1))
    deed = data.draw(st.sampled_from(["alter", "remove", "reseal", "double"]))
    if deed == "alter":
        rows[at] = dataclasses.replace(rows[at], reason="forged")
    elif deed == "reseal":
        rows[at] = sealed(rows[at], reason="forged")
    elif deed == "remove":
        del rows[at]
    else:
        rows.insert(at, sealed(rows[at], reason="forged"))
    assert not verdict_of(rows, seal).is_sound
