"""Postings: one at a time, on paper, within the recorder's area, never one's own."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Appointment
from deployment import actions
from deployment.actions.postings import begin as begin_elsewhere
from deployment.models import CasualtyReturn, Duty, Posting
from hcims.actions import action
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import EstablishmentLineFactory, UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.world import World

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def record(officer: Officer, unit: Unit, by: Any, starts_on: date = ON, **more: Any) -> Posting:
    details = {
        "order_reference": "SIG/1/2026",
        "post_rank": officer.rank,
        "duty": Duty.objects.get(code="general"),
        **more,
    }
    return actions.record_posting(officer=officer, unit=unit, starts_on=starts_on, by=by, on=ON, at=AT, **details)


@pytest.fixture
def newcomer(world: World) -> Officer:
    """Entered and posted nowhere yet: whoever is posted moves by a transfer (test_no_move_without_transfer)."""
    return OfficerFactory()


def moved(officer: Officer, unit: Unit, by: Any, starts_on: date = ON) -> Posting:
    """Posted to another unit, the way a difference from a roll is corrected on paper."""

    @action
    def begin() -> Posting:
        return begin_elsewhere(
            officer=officer, unit=unit, starts_on=starts_on, order_reference="SIG/2", source="Roll", by=by, at=AT,
            duty=Duty.objects.get(code="general"), post_rank=officer.rank,
        )  # fmt: skip

    return begin()


def test_a_new_posting_ends_the_old_one_and_moves_the_record(world: World) -> None:
    made = moved(world.officer, world.other_station, world.people["hr-officer"])
    before = world.officer.postings.get(unit=world.station)
    assert (before.ends_on, made.ends_on) == (ON, None)
    world.officer.refresh_from_db()
    assert world.officer.unit == world.other_station


def test_another_post_of_the_unit_goes_on_from_the_one_before(world: World) -> None:
    before, corporal = world.officer.postings.get(), Rank.objects.get(code="CPL")
    made = record(world.officer, world.station, world.people["hr-officer"], post_rank=corporal)
    assert (made.arrival, made.tenure_since) == (before.starts_on, before.starts_on)
    before.refresh_from_db()
    assert (before.ends_on, before.post_rank) == (ON, world.officer.rank)
    assert AuditEvent.objects.filter(event="posting-recorded", target_ref=made.ref, source="SIG/1/2026").exists()


def test_the_change_is_kept_with_who_and_on_what_paper(world: World, newcomer: Officer) -> None:
    made = record(newcomer, world.other_station, world.people["hr-officer"], source="Signal 44")
    row = made.history.get()
    assert (row.history_user, row.history_change_reason) == (world.people["hr-officer"], "Signal 44")


def test_there_is_no_oral_posting(world: World, newcomer: Officer) -> None:
    with pytest.raises(RuleBroken, match="no oral posting") as refusal:
        record(newcomer, world.other_station, world.people["hr-officer"], order_reference="  ")
    assert "Kasebe" in refusal.value.source


def test_nobody_records_a_posting_of_his_own(world: World) -> None:
    hr = appoint(world.officer.user, "hr-officer", world.service)
    with pytest.raises(NotAllowed, match="your own"):
        record(world.officer, world.other_station, hr)


def test_an_hr_officer_of_one_county_posts_nobody_to_another(world: World, newcomer: Officer) -> None:
    county_hr = appoint(UserFactory(), "hr-officer", world.county)
    with pytest.raises(NotAllowed, match="does not reach Nyali"):
        record(newcomer, world.other_station, county_hr)
    assert record(newcomer, world.ward, county_hr).unit == world.ward


def test_a_command_held_by_virtue_of_the_post_ends_with_the_posting(world: World) -> None:
    appoint(world.officer.user, "station-commander", world.station, by_virtue_of_post=True)
    appoint(world.officer.user, "peer-supporter", world.station)
    moved(world.officer, world.other_station, world.people["hr-officer"])
    ends = {each.role: each.ends_on for each in Appointment.objects.filter(user=world.officer.user)}
    assert ends == {"station-commander": ON, "peer-supporter": None}


def test_a_posting_to_come_is_an_order_not_a_posting(world: World, newcomer: Officer) -> None:
    with pytest.raises(RuleBroken, match="issue an order"):
        record(newcomer, world.other_station, world.people["hr-officer"], ON + timedelta(days=1))


def test_a_posting_cannot_begin_before_the_present_one(world: World) -> None:
    moved(world.officer, world.other_station, world.people["hr-officer"], date(2026, 10, 1))
    with pytest.raises(RuleBroken, match="cannot begin before"):
        moved(world.officer, world.station, world.people["hr-officer"], date(2026, 9, 1))


def test_a_closed_unit_takes_nobody(world: World, newcomer: Officer) -> None:
    closed = UnitFactory(under=world.county, closed_on=ON - timedelta(days=1))
    with pytest.raises(RuleBroken, match="not open"):
        record(newcomer, closed, world.people["hr-officer"])


def test_a_full_line_is_exceeded_only_on_paper(world: World, newcomer: Officer) -> None:
    rank = newcomer.rank
    EstablishmentLineFactory(unit=world.other_station, rank=rank, posts=1)  # held by the officer already there
    hr = world.people["hr-officer"]
    with pytest.raises(RuleBroken, match="no free post"):
        record(newcomer, world.other_station, hr)
    made = record(newcomer, world.other_station, hr, overstrength_authority="IG/7/2026")
    assert AuditEvent.objects.filter(event="overstrength-authorised", target_ref=made.ref, source="IG/7/2026").exists()


def test_a_line_that_asks_for_a_skill_is_a_line_of_its_own(world: World, newcomer: Officer) -> None:
    driver = Skill.objects.get(code="driving-b")
    EstablishmentLineFactory(unit=world.other_station, rank=newcomer.rank, skill=driver, posts=1)
    assert record(newcomer, world.other_station, world.people["hr-officer"], post_skill=driver).post_skill == driver


def test_an_absence_stands_beside_the_posting(world: World) -> None:
    away = actions.record_absence(
        officer=world.officer, kind="leave", unit=world.station, starts_on=ON, ends_on=ON + timedelta(days=30),
        order_reference="L/1", by=world.people["hr-officer"], on=ON, at=AT,
    )  # fmt: skip
    assert away.kind == "leave"
    assert world.officer.postings.filter(kind="substantive", ends_on__isnull=True).count() == 1
    world.officer.refresh_from_db()
    assert world.officer.unit == world.station


def test_a_voided_posting_is_kept_and_counted_nowhere(world: World) -> None:
    posting = world.officer.postings.get()
    actions.void_posting(posting=posting, reason="Wrong officer", by=world.people["hr-officer"], on=ON, at=AT)
    posting.refresh_from_db()
    world.officer.refresh_from_db()
    assert (posting.void_reason, world.officer.unit) == ("Wrong officer", None)
    assert record(world.officer, world.station, world.people["hr-officer"], date(2025, 1, 1)).unit == world.station


def test_a_return_is_recorded_once(world: World) -> None:
    posting = world.officer.postings.get()
    details = {"posting": posting, "kind": "arrival", "happened_on": ON, "number": "CR/1", "on": ON, "at": AT}
    actions.record_return(**details, by=world.people["station-commander"])
    with pytest.raises(RuleBroken, match="recorded already"):
        actions.record_return(**details, by=world.people["station-commander"])
    assert CasualtyReturn.objects.count() == 1


def test_the_database_itself_refuses_two_substantive_postings(world: World) -> None:
    posting = world.officer.postings.get()

    @action
    def overlap(ends_on: date | None) -> None:
        Posting.objects.create(
            officer=world.officer, unit=world.ward, duty=posting.duty, post_rank=posting.post_rank,
            starts_on=posting.starts_on + timedelta(days=5), ends_on=ends_on,
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="one substantive posting"):
        overlap(None)
    with pytest.raises(RuleBroken, match="would overlap"):
        overlap(posting.starts_on + timedelta(days=9))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["post", "end", "void", "leave"]),
        st.integers(0, 2),  # officer
        st.integers(0, 2),  # unit
        st.integers(0, 400),  # days before today
    ),
    max_size=12,
)


class AnySequence(TestCase):
    """Whatever is done in whatever order: one substantive posting in force, no overlap, the pointer true."""

    @settings(max_examples=25, deadline=None)
    @given(STEPS)
    def test_every_constraint_holds(self, steps: list[tuple[str, int, int, int]]) -> None:
        root = UnitFactory(type="service")
        units = [UnitFactory(under=root) for _ in range(3)]
        officers = [OfficerFactory(posted_to=units[0]) for _ in range(3)]
        hr = appoint(UserFactory(), "hr-officer", root)
        for deed, who, where, days in steps:
            self._try(deed, officers[who], units[where], ON - timedelta(days=days), hr)
        for officer in officers:
            self._holds(officer)

    def _try(self, deed: str, officer: Officer, unit: Unit, day: date, hr: Any) -> None:
        held = officer.postings.filter(kind="substantive", ends_on__isnull=True, voided_at__isnull=True).first()
        by = {"by": hr, "on": ON, "at": AT}
        try:
            if deed == "post":
                record(officer, unit, hr, day)
            elif deed == "leave":
                actions.record_absence(
                    officer=officer, kind="leave", unit=unit, starts_on=day, ends_on=None, order_reference="L", **by
                )
            elif held and deed == "end":
                actions.end_posting(posting=held, ends_on=day, reason="Ended", **by)
            elif held:
                actions.void_posting(posting=held, reason="Error", **by)
        except RuleBroken:
            pass

    def _holds(self, officer: Officer) -> None:
        officer = Officer.objects.get(pk=officer.pk)
        rows = list(
            officer.postings.filter(kind="substantive", voided_at__isnull=True).order_by(
                "starts_on", F("ends_on").asc(nulls_last=True)
            )
        )
        in_force = [each for each in rows if each.is_in_force(ON)]
        assert len(in_force) <= 1
        assert officer.unit_id == (in_force[0].unit_id if in_force else None)
        for one, other in itertools.pairwise(rows):
            assert one.ends_on is not None
            assert one.ends_on <= other.starts_on or one.starts_on == one.ends_on


def test_the_pointers_are_rebuilt_as_they_were(world: World) -> None:
    from deployment.actions.derived import rebuild_units
    from personnel.actions.derived import rebuild_ranks

    moved(world.officer, world.other_station, world.people["hr-officer"])
    assert (rebuild_units(on=ON), rebuild_ranks(on=ON)) == (0, 0)
    Officer.objects.filter(pk=world.officer.pk).update(unit=world.ward, rank=None)
    assert (rebuild_units(on=ON), rebuild_ranks(on=ON)) == (1, 1)
    assert Officer.objects.get(pk=world.officer.pk).unit == world.other_station


def test_a_posting_entered_in_error_gives_the_one_before_back(world: World) -> None:
    hr, before = world.people["hr-officer"], world.officer.postings.get()
    wrong = moved(world.officer, world.other_station, hr)
    actions.void_posting(posting=wrong, reason="Wrong officer", by=hr, on=ON, at=AT)
    before.refresh_from_db()
    world.officer.refresh_from_db()
    assert (before.ends_on, world.officer.unit) == (None, world.station)


def test_a_posting_ends_when_it_has_ended(world: World) -> None:
    posting, ahead = world.officer.postings.get(), ON + timedelta(days=1)
    with pytest.raises(RuleBroken, match="lies ahead"):
        actions.end_posting(posting=posting, ends_on=ahead, reason="Going", by=world.people["hr-officer"], on=ON, at=AT)
    world.officer.refresh_from_db()
    assert world.officer.unit == world.station


def away(officer: Officer, unit: Unit, by: Any, kind: str = "leave", starts_on: date = ON, **more: Any) -> Posting:
    return actions.record_absence(
        officer=officer, kind=kind, unit=unit, starts_on=starts_on, ends_on=starts_on + timedelta(days=30),
        order_reference="L/1", by=by, on=ON, at=AT, **more,
    )  # fmt: skip


def test_acting_says_in_which_post_and_on_which_duty(world: World) -> None:
    inspector, crime = Rank.objects.get(code="IP"), Duty.objects.get(code="crime")
    acting = away(world.officer, world.station, world.people["hr-officer"], "acting", duty=crime, post_rank=inspector)
    assert (acting.post_rank, acting.duty) == (inspector, crime)
    assert world.officer.postings.get(kind="substantive").post_rank == world.officer.rank


def test_one_leave_at_a_time(world: World) -> None:
    hr = world.people["hr-officer"]
    away(world.officer, world.station, hr)
    with pytest.raises(RuleBroken, match="on record from"):
        away(world.officer, world.station, hr, starts_on=ON + timedelta(days=29))
    assert away(world.officer, world.station, hr, starts_on=ON + timedelta(days=30)).kind == "leave"
    assert away(world.officer, world.station, hr, "course").kind == "course"
