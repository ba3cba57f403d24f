"""Posting history and skills: the same reading, staging, applying and undoing as the roll."""

import csv
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deployment.models import Posting
from deployment.posting_history import HISTORY
from deployment.skills_list import SKILLS
from hcims.imports import actions, shell, work
from hcims.imports.kinds import Stale
from personnel.models import Officer, SkillHeld
from tests.factories.rolls import AT, ON, apply_roll, row

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def officers(world):
    apply_roll([row(1), row(2)])


def read(kind, headings, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([headings, *rows])
        return shell.read_file(kind, path, list_on=ON, at=AT, answers={}, clears=[])


def undo(batch):
    undoing = actions.undo(batch=batch, by=None, at=LATER, in_background=False)
    work.read(undoing, at=LATER, watch=work.Watch())
    undoing.refresh_from_db()
    return shell.commit(undoing, at=LATER)


def outcomes(batch):
    return {name: count for name, count in batch.counts["outcomes"].items() if count}


def problems(batch):
    return [(each.row, *problem[:2]) for each in batch.rows.filter(outcome="rejected") for problem in each.problems]


PAST = ["Service number", "Unit", "From", "To", "Order"]


def history(*rows):
    return read(HISTORY, PAST, rows)


def test_past_postings_are_entered_between_those_on_record():
    batch = history(
        ["100001", "PS-NYALI", "2015-03-02", "2018-07-01", "SIG/1"], ["100001", "C-KILIFI", "", "2020-01-01", ""]
    )
    assert outcomes(batch) == {"new": 2}
    shell.commit(batch, at=AT)
    first, second, now = Posting.objects.filter(officer__service_number="100001").order_by("starts_on")
    assert (first.starts_on, first.ends_on, first.start_known, first.order_reference) == (
        date(2015, 3, 2), date(2018, 7, 1), True, "SIG/1")  # fmt: skip
    assert (second.starts_on, second.ends_on, second.start_known) == (date(2018, 7, 1), date(2020, 1, 1), False)
    assert now.unit.code == "PS-BAMBA"
    assert first.history.count() == 1
    assert Officer.objects.get(service_number="100001").unit.code == "PS-BAMBA"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["999999", "PS-NYALI", "2015-03-02", "2018-07-01"], ("service_number", "no-officer")),
        (["100001", "PS-NYALI", "2015-03-02", "2025-07-01"], ("starts_on", "same-on-record")),
        (["100001", "PS-NYALI", "2018-03-02", "2017-07-01"], ("ends_on", "ends-before-start")),
        (["100001", "PS-NYALI", "2018-03-02", ""], ("ends_on", "missing")),
        (["100001", "PS-NYALI", "2009-03-02", "2012-07-01"], ("starts_on", "before-enlisted")),
        (["100001", "PS-NYALI", "", "2009-07-01"], ("ends_on", "before-enlisted")),
    ],
)
def test_past_postings_that_cannot_be(cells, problem):
    assert [each[1:] for each in problems(history([*cells, ""]))] == [problem]


def test_the_same_history_again_changes_nothing_and_it_can_be_undone():
    rows = [["100001", "PS-NYALI", "2015-03-02", "2018-07-01", ""]]
    batch = shell.commit(history(*rows), at=AT)
    assert outcomes(history(*rows)) == {"unchanged": 1}
    undoing = undo(batch)
    assert (undoing.state, undoing.counts["applied"]) == ("applied", {"void": 1})
    assert Posting.objects.filter(officer__service_number="100001", voided_at=None).count() == 1
    assert outcomes(history(*rows)) == {"new": 1}


HELD = ["Service number", "Skill", "Level", "Acquired on", "Certificate"]


def skills(*rows):
    return read(SKILLS, HELD, rows)


def test_skills_are_entered_unverified_with_their_lapse():
    batch = skills(
        ["100001", "Driving class B (light vehicles)", "", "2025-05-04", ""], ["100001", "investigation", "2", "", ""]
    )
    assert outcomes(batch) == {"new": 2}
    shell.commit(batch, at=AT)
    driving = SkillHeld.objects.get(officer__service_number="100001", skill__code="driving-b")
    assert (driving.state, driving.acquired_on, driving.expires_on) == (
        "unverified",
        date(2025, 5, 4),
        date(2028, 5, 4),
    )
    assert SkillHeld.objects.get(skill__code="investigation").level == 2
    assert driving.history.count() == 1


def test_skills_change_and_go_back():
    first = shell.commit(
        skills(["100001", "investigation", "1", "", ""], ["100002", "investigation", "1", "", ""]), at=AT
    )
    batch = skills(["100001", "investigation", "3", "", ""], ["100002", "investigation", "1", "", ""])
    assert outcomes(batch) == {"changed": 1, "unchanged": 1}
    batch = shell.commit(batch, at=AT)
    levels = SkillHeld.objects.filter(skill__code="investigation").order_by("officer")
    assert [each.level for each in levels] == [3, 1]
    assert undo(batch).counts["applied"] == {"remove": 0, "restore": 1}
    assert [each.level for each in levels.all()] == [1, 1]
    assert undo(first).counts["applied"] == {"remove": 2, "restore": 0}
    assert not levels.all().exists()


def test_skills_that_cannot_be():
    rows = [("100001", "flying", ""), ("999999", "investigation", ""), ("100002", "driving-b", "3"),
            ("100001", "traffic", ""), ("100001", "traffic", "")]  # fmt: skip
    batch = skills(*([*each, "", ""] for each in rows))
    wrong = [("skill", "unknown"), ("service_number", "no-officer"), ("level", "level"), ("skill", "twice")]
    assert [each[1:] for each in problems(batch)] == wrong


@pytest.mark.parametrize("kind", [HISTORY, SKILLS])
def test_what_was_entered_since_the_list_was_read_stops_it(kind):
    """The same rows a second time, and an undoing after what it would undo is gone."""
    if kind is HISTORY:
        batch = shell.commit(history(["100001", "PS-NYALI", "2015-03-02", "2018-07-01", ""]), at=AT)
    else:
        batch = shell.commit(skills(["100001", "investigation", "1", "", ""]), at=AT)
    with pytest.raises(Stale):
        kind.apply(batch, by=None, at=AT, step=print)
    undoing = actions.undo(batch=batch, by=None, at=LATER, in_background=False)
    work.read(undoing, at=LATER, watch=work.Watch())
    undoing.refresh_from_db()
    Posting.objects.filter(ends_on=date(2018, 7, 1)).update(ends_on=date(2018, 8, 1))
    SkillHeld.objects.update(level=2)
    with pytest.raises(Stale):
        kind.undo(undoing, by=None, at=LATER, step=print)
