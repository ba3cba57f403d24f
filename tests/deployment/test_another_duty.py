"""Another duty at the same unit: last year's count keeps last year's duty, and nothing else notices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from deployment import actions
from deployment.models import CasualtyReturn, Duty, Posting
from deployment.queries import ledger
from deployment.queries.holders import holders
from deployment.queries.stretches import last_stretch
from deployment.queries.tenure import counts_from
from deployment.strength import Question, points, survey
from desk import actions as desk
from hcims.errors import RuleBroken
from hcims.imports import actions as imports
from hcims.imports import shell, work
from tests.desk.test_bulk import carry_out
from tests.factories.accounts import appoint
from tests.factories.organisation import EstablishmentLineFactory
from tests.factories.rolls import apply_roll, row
from tests.world import World
from transfers.freezing.reading import _hardship

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
LATER = AT + timedelta(days=1)
LAST_YEAR = date(2025, 11, 2)


def duty(code: str) -> Duty:
    return Duty.objects.get(code=code)


def held(world: World) -> Posting:
    return world.officer.postings.get(ends_on=None, voided_at=None)


def change(world: World, code: str = "cook", **more: Any) -> Posting:
    return actions.change_duty(
        posting=held(world), duty=duty(code), paper="HR/8", by=world.people["hr-officer"], on=ON, at=AT, **more
    )


def question(world: World, on: date) -> Question:
    return Question(
        unit=world.service.pk, on=on, baseline="authorised", today=ON, overdue_before=on - timedelta(days=3 * 365),
        overdue_before_in_operations=on, non_core=tuple(Duty.objects.filter(is_core=False).values_list("pk", flat=True)),
    )  # fmt: skip


def non_core(world: World, on: date) -> int:
    """The number of the bird's-eye page, which the list behind it has to be as long as."""
    asked = question(world, on)
    number = sum(counts.non_core for counts in survey(asked).cells.values())
    assert holders(asked, "non-core").count() == number
    return number


def test_last_years_count_keeps_last_years_duty(world: World) -> None:
    made = change(world)
    before = world.officer.postings.get(ends_on=ON)
    assert (before.duty.code, made.duty.code, made.starts_on) == ("command", "cook", ON)
    assert (non_core(world, LAST_YEAR), non_core(world, ON)) == (0, 1)
    assert made.history.get().history_change_reason == "HR/8"


def test_strength_and_tenure_do_not_notice(world: World) -> None:
    EstablishmentLineFactory(unit=world.station, rank=world.officer.rank, posts=1)
    held(world).history.all()
    Posting.objects.filter(pk=held(world).pk).update(order_reference="SIG/3", tenure_since=date(2015, 5, 1))
    marks = (ON - timedelta(days=60), ON)

    def told() -> list[Any]:
        found = survey(question(world, ON), worst_by="over")
        cells = {cell: (each.posted, each.vacant, each.over, each.overdue) for cell, each in found.cells.items()}
        now = held(world)
        return [
            cells,
            [each.counts for each in points(question(world, ON), marks)],
            counts_from(now),
            now.order_reference,
            now.arrival,
        ]

    before = told()
    change(world, since=ON - timedelta(days=30))
    change(world, "traffic")
    assert told() == before
    assert world.officer.postings.count() == 3


def test_no_return_is_missing_and_a_departure_counts_for_the_whole_stay(world: World) -> None:
    Posting.objects.filter(pk=held(world).pk).update(starts_on=date(2026, 3, 1))
    old, hr = held(world), world.people["hr-officer"]
    missing = [ledger.returns_missing(old), ledger.arrivals_missing(Posting.objects.all(), ON).count()]
    left = actions.record_return(
        posting=old, kind="departure", happened_on=ON - timedelta(days=3), number="CR/1", by=hr, on=ON, at=AT
    )
    made = change(world)
    old.refresh_from_db()
    CasualtyReturn.objects.filter(pk=left.pk).update(kind="arrival")  # as if the paper had been of the arrival
    assert missing == [["arrival"], 1]
    assert ledger.returns_missing(old) == ledger.returns_missing(made) == []
    assert not ledger.arrivals_missing(Posting.objects.filter(officer=world.officer), ON).exists()
    assert not ledger.departures_missing(Posting.objects.all(), ON).exists()
    CasualtyReturn.objects.filter(pk=left.pk).update(kind="departure")
    assert actions.orders.departure_of(world.officer) == left


def test_a_command_held_by_virtue_of_the_post_stays_held(world: World) -> None:
    appoint(world.officer.user, "station-commander", world.station, by_virtue_of_post=True)
    change(world)
    assert Appointment.objects.get(user=world.officer.user).ends_on is None


def test_from_its_own_first_day_a_posting_is_put_right(world: World) -> None:
    old = held(world)
    made = change(world, since=old.starts_on)
    assert (made.pk, made.duty.code, non_core(world, LAST_YEAR)) == (old.pk, "cook", 1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "command"}, "duty already"),
        ({"since": ON + timedelta(days=1)}, "lies ahead"),
        ({"since": date(1990, 1, 1)}, "began on"),
    ],
)
def test_a_day_outside_the_posting_or_the_same_duty_is_refused(world: World, given: Any, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        change(world, **given)


def test_an_ended_posting_keeps_its_duty(world: World) -> None:
    old = held(world)
    change(world)
    with pytest.raises(RuleBroken, match="ended already"):
        actions.change_duty(
            posting=old, duty=duty("traffic"), paper="HR/9", by=world.people["hr-officer"], on=ON, at=AT
        )


def test_entered_in_error_the_former_duty_goes_on(world: World) -> None:
    old, made = held(world), change(world)
    assert last_stretch(world.officer.postings.get(pk=old.pk)) == made
    actions.void_posting(posting=made, reason="Wrong man", by=world.people["hr-officer"], on=ON, at=AT)
    assert held(world) == old
    world.officer.refresh_from_db()
    assert world.officer.unit == world.station


def test_hardship_months_are_not_cut_by_another_duty(world: World) -> None:
    from organisation.models import UnitClass, UnitClassing

    hardship = UnitClass.objects.filter(scheme="hardship").first()
    UnitClassing.objects.create(
        unit=world.station, unit_class=hardship, scheme="hardship", starts_on=date(2020, 1, 1), source="PSC/1"
    )
    before = _hardship(ON)
    change(world, since=ON - timedelta(days=100))
    assert _hardship(ON) == before != {}


def test_a_deed_on_many_keeps_last_year_and_is_taken_back(world: World) -> None:
    deed = carry_out("duty", [world.officer], world.people["hr-officer"], duty=duty("cook"))
    assert (non_core(world, LAST_YEAR), held(world).duty.code) == (0, "cook")
    desk.take_back(deed=deed, by=world.people["hr-officer"], at=deed.done_at)
    assert (world.officer.postings.count(), held(world).duty.code) == (1, "command")


def test_a_deed_stays_where_a_return_points_at_what_it_began(world: World) -> None:
    hr = world.people["hr-officer"]
    deed = carry_out("duty", [world.officer], hr, duty=duty("cook"))
    now = held(world)
    actions.record_return(
        posting=now, kind="departure", happened_on=now.starts_on, number="CR/1", by=hr, on=now.starts_on, at=AT
    )
    desk.take_back(deed=deed, by=hr, at=deed.done_at)
    assert (held(world), deed.lines.get().outcome) == (now, "kept")


def stay_of(number: str) -> list[Any]:
    rows = Posting.objects.filter(officer__service_number=number, voided_at=None).order_by("starts_on")
    return list(rows.values_list("duty__code", "starts_on", "ends_on", "arrived_on", "tenure_since"))


def test_a_roll_that_shows_another_duty_goes_on_from_its_day_and_is_undone(world: World) -> None:
    apply_roll([row(1)], on=date(2026, 1, 31))
    first = stay_of("100001")
    batch = apply_roll([row(1, duty="cook")])
    arrived, day = date(2024, 2, 15), date(2026, 10, 31)
    assert stay_of("100001") == [("general", arrived, day, None, None), ("cook", day, None, arrived, arrived)]
    again = apply_roll([row(1, duty="cook")])
    assert again.counts["outcomes"] == {"unchanged": 1, "missing": 2}
    undoing = imports.undo(batch=batch, by=None, at=LATER, in_background=False)
    work.read(undoing, at=LATER, watch=work.Watch())
    undoing.refresh_from_db()
    assert shell.commit(undoing, at=LATER).state == "applied"
    assert stay_of("100001") == first


def test_a_roll_mends_the_arrival_of_a_stay_and_not_its_duties(world: World) -> None:
    apply_roll([row(1)], on=date(2026, 1, 31))
    apply_roll([row(1, duty="cook")], on=date(2026, 6, 30))
    batch = apply_roll([row(1, duty="cook", arrived_on="2023-12-01")])
    assert stay_of("100001")[1] == ("cook", date(2026, 6, 30), None, date(2023, 12, 1), date(2023, 12, 1))
    undoing = imports.undo(batch=batch, by=None, at=LATER, in_background=False)
    work.read(undoing, at=LATER, watch=work.Watch())
    undoing.refresh_from_db()
    shell.commit(undoing, at=LATER)
    assert stay_of("100001")[1][3] == date(2024, 2, 15)
    late = apply_roll([row(1, duty="cook", arrived_on="2026-07-15")])
    assert late.counts["outcomes"]["rejected"] == 1
