"""The payroll comparison: the four differences, each where it is and nowhere else, and nothing written."""

import pytest

from deployment.payroll import PAYROLL
from deployment.roll.kind import ROLL
from hcims.errors import RuleBroken
from hcims.imports import shell
from hcims.imports.headers import find_headings
from personnel.models import Officer
from tests.factories.roll_rows import HEADINGS
from tests.factories.rolls import apply_roll, read_roll, row

pytestmark = pytest.mark.django_db


def compare(rows):
    columns = ["service_number", "surname", "rank", "house_allowance_place"]
    return read_roll(rows, kind=PAYROLL, columns=columns)


def paid(number, **changes):
    return {"service_number": f"{100000 + number:06d}", "surname": "As paid", "rank": "PC",
            "house_allowance_place": "Kilifi", **changes}  # fmt: skip


def test_the_four_differences(world, monkeypatch):
    apply_roll([row(1), row(2), row(3), row(4), row(5)])
    monkeypatch.setitem(HEADINGS, "surname", "Name")
    Officer.objects.filter(service_number="100005").update(exited_on="2026-05-01", exit_reason="retirement")
    batch = compare([paid(1), paid(2, rank="CPL"), paid(3, house_allowance_place="Nairobi"), paid(5), paid(9)])
    found = {outcome: set(batch.rows.filter(outcome=outcome).values_list("key", flat=True))
             for outcome, _label in PAYROLL.outcomes}  # fmt: skip
    assert found["paid-only"] == {"100005", "100009"}
    assert found["posted-only"] == {"100004", world.officer.service_number, world.other_officer.service_number}
    notes = {each.key: each.notes for each in batch.rows.filter(outcome="paid-only")}
    assert notes == {"100005": [["left", {"day": "2026-05-01"}]], "100009": [["no-record", {}]]}
    assert found["other-rank"] == {"100002"}
    assert found["other-place"] == {"100003"}
    assert batch.counts["outcomes"]["unchanged"] == 1
    assert batch.rows.get(outcome="other-place").before == {"house_allowance_place": "Kilifi"}


def test_an_amount_of_house_allowance_is_not_taken_for_its_place():
    heads = [["Service number", "Rank", "House Allowance"]]
    for kind in (PAYROLL, ROLL):
        found = find_headings(heads, kind.columns)
        assert [guess.heading for guess in found.doubtful] == ["House Allowance"]


def test_an_officer_without_a_place_on_record_is_not_said_to_differ(world):
    apply_roll([row(1)])
    Officer.objects.filter(service_number="100001").update(house_allowance_place="")
    batch = compare([paid(1)])
    assert batch.rows.get(key="100001").outcome == "no-place"


def test_a_comparison_has_nothing_to_confirm(world, monkeypatch):
    monkeypatch.setitem(HEADINGS, "surname", "Name")
    batch = compare([paid(1)])
    with pytest.raises(RuleBroken):
        shell.commit(batch, at=batch.read_at)
