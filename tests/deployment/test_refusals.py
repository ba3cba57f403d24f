"""Refusals about postings and orders that no other test comes to, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms

from deployment import actions, lookups, policies
from deployment.actions.postings import record_return
from deployment.forms.fields import OfficerField, UnitField, tell
from deployment.models import Duty, Posting, PostingOrder, RollDiscrepancy, StationReturn, StationReturnLine
from deployment.payroll import PAYROLL
from deployment.queries.viewed import access_area
from deployment.roll.readers import service_number
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, NotFound, RuleBroken
from hcims.imports.cells import CellProblem
from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.stand_in import StandIn
from tests.world import World

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
DESK = StandIn(*Permission)


def test_who_has_left_is_posted_nowhere() -> None:
    with pytest.raises(RuleBroken, match="left the service"):
        policies.check_can_post(by=DESK, officer=Officer(exited_on=ON, service_number="100001"), to=Unit(), on=ON)


def test_an_order_is_cancelled_where_it_leads_to() -> None:
    with pytest.raises(NotAllowed, match="does not reach the unit"):
        policies.check_can_cancel(PostingOrder(officer=Officer(), to_unit=Unit()), by=StandIn(), on=ON)


def test_a_posting_without_an_order_takes_a_sentence() -> None:
    found = RollDiscrepancy(officer=Officer(), unit=Unit(), opened_by_id=2)
    with pytest.raises(RuleBroken, match="why no order is on record"):
        policies.check_can_correct_on_paper(DESK, found, starts_on=ON, paper="HR/7/2026", note="lost", on=ON)


def test_the_same_posting_twice_would_begin_its_tenure_again() -> None:
    unit, duty = Unit(pk=1), Duty(pk=1)
    with pytest.raises(RuleBroken, match="in this post already"):
        policies.check_is_a_change(Posting(unit=unit, duty=duty), unit=unit, duty=duty, rank=None, skill=None)


def test_a_unit_does_not_close_over_an_open_order(world: World) -> None:
    PostingOrder.objects.create(
        officer=world.officer, to_unit=world.ward, duty=Duty.objects.get(code="general"), post_rank=world.officer.rank,
        number="OLD/1", reason="Need", issued_on=ON, report_by=ON, issued_by=world.people["hr-officer"],
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="is open"):
        policies.check_nobody_left(world.ward, on=ON)


def test_a_unit_does_not_close_over_an_appointment(world: World) -> None:
    appoint(world.officer.user, "hr-officer", world.ward)
    with pytest.raises(RuleBroken, match="runs beyond"):
        policies.check_nobody_left(world.ward, on=ON)


def decided(world: World, **changed: Any) -> actions.DecidedMove:
    """A move to the other station as it may be ordered, but for what is changed."""
    return replace(
        actions.DecidedMove(
            number="T/9", officer=world.officer, to_unit=world.other_station, post_rank=world.officer.rank,
            duty=Duty.objects.get(code="general"), report_by=ON, reason="Need", authority="NPSC/1",
        ), **changed,
    )  # fmt: skip


def given(world: World) -> dict[str, Any]:
    return {"by": world.people["hr-officer"], "on": ON, "at": AT}


def order_the_decided(**changed: Any) -> Callable[[World], Any]:
    return lambda world: actions.issue_decided(moves=[decided(world, **changed)], **given(world))


def order_who_left(world: World) -> Any:
    gone = OfficerFactory(exited_on=ON, exit_reason="retired")
    return actions.issue_decided(moves=[decided(world, officer=gone)], **given(world))


def order_to_where_he_serves(world: World) -> Any:
    return actions.issue_order(
        officer=world.officer, to_unit=world.station, duty=Duty.objects.get(code="general"), number="SIG/1", reason="Need",
        post_rank=world.officer.rank, report_by=ON, authority="NPSC/1", **given(world),
    )  # fmt: skip


def arrive(day: date, *, left: date | None = None) -> Callable[[World], Any]:
    def ask(world: World) -> Any:
        order = actions.issue_decided(moves=[decided(world)], **given(world))[0]
        who = given(world)
        if left:
            actions.record_departure(order=order, happened_on=left, number="CR/1", **who)
        return actions.record_arrival(order=order, happened_on=day, number="CR/2", **who)

    return ask


def record_twice(act: Any, **more: Any) -> Callable[[World], Any]:
    def ask(world: World) -> Any:
        posting = world.officer.postings.get()
        act(posting=posting, reason="Error", **more, **given(world))
        return act(posting=posting, reason="Error", **more, **given(world))

    return ask


def be_absent(world: World) -> Any:
    return actions.record_absence(
        officer=world.officer, kind="holiday", unit=world.station, starts_on=ON, ends_on=None, order_reference="SIG/1",
        **given(world),
    )  # fmt: skip


def send_return(kind: str, day: date) -> Callable[[World], Any]:
    return lambda world: record_return(
        posting=world.officer.postings.get(), kind=kind, happened_on=day, number="CR/1", **given(world)
    )


def answered(resolution: str, by: str) -> Callable[[World], Any]:
    def ask(world: World) -> Any:
        who = appoint(UserFactory(), "hr-officer", world.other_county) if by == "other" else world.people["hr-officer"]
        back = StationReturn.objects.create(
            unit=world.station, month=ON.replace(day=1), confirmed_by=who, confirmed_at=AT
        )
        line = StationReturnLine.objects.create(station_return=back, officer=world.officer, answer="gone")
        return actions.resolve_line(line=line, resolution=resolution, by=who, on=ON, at=AT)

    return ask


class Typed(forms.Form):
    officer = OfficerField(required=False)
    unit = UnitField(required=False)


def typed(**fields: str) -> Callable[[World], Any]:
    def ask(world: World) -> Any:
        for code in ("U-TWIN-1", "U-TWIN-2"):
            UnitFactory(code=code, name="Twin Post")
        form = Typed(fields)
        tell(form, reader=world.people["hr-officer"], on=ON)
        raise RuleBroken(str(form.errors))

    return ask


TOMORROW = ON + timedelta(days=1)
REFUSED: dict[str, Callable[[World], Any]] = {
    "left the service on": order_who_left,
    "day to report lies in the past": order_the_decided(report_by=ON - timedelta(days=1)),
    "Say the rank of the post": order_the_decided(post_rank=None),
    "change the duty instead": order_to_where_he_serves,
    "day of arrival cannot lie ahead": arrive(TOMORROW),
    "cannot have arrived before that": arrive(ON - timedelta(days=9), left=ON),
    "has ended already": record_twice(actions.end_posting, ends_on=ON),
    "entered in error already": record_twice(actions.void_posting),
    "Choose what overlaps": be_absent,
    "its day cannot lie ahead": send_return("arrival", TOMORROW),
    "cannot have left before that": send_return("departure", date(2000, 1, 1)),
    "Say what was done": answered(" ", "hr"),
    "Nobody with this number": typed(officer="999999"),
    "Several units have this name": typed(unit="Twin Post"),
    "No open unit has this": typed(unit="Nowhere"),
}


@pytest.mark.parametrize("words", REFUSED)
def test_it_is_refused_in_words(world: World, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        REFUSED[words](world)


def test_an_answer_of_another_area_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        answered("Looked into", "other")(world)


def test_who_sees_no_area_has_no_overview(world: World) -> None:
    with pytest.raises(NotFound):
        access_area(world.people["system-administrator"], None, on=ON, today=ON, permission=Permission.SEE_OVERVIEW)


def test_the_order_of_a_transfer_is_carried_out_under_transfers() -> None:
    with pytest.raises(RuleBroken, match="under Transfers"):
        policies.check_carries_out_no_transfer(PostingOrder(number="T/1", is_transfer=True))


@pytest.mark.parametrize("deed", [PAYROLL.apply, PAYROLL.undo])
def test_a_comparison_writes_nothing(deed: Any) -> None:
    with pytest.raises(RuleBroken, match="A comparison change"):
        deed(None, by=None, at=AT, step=print)


def test_a_comparison_has_nothing_to_put_back() -> None:
    with pytest.raises(RuleBroken, match="nothing to undo"):
        PAYROLL.stage_undo(RollDiscrepancy(), on=ON)  # type: ignore[arg-type]


def test_a_name_that_several_units_bear_is_asked_and_a_long_number_is_none() -> None:
    names = lookups.Names()
    names.add(1, "PP-1", ["Twin Post"])
    names.add(2, "PP-2", ["Twin Post"])
    with pytest.raises(CellProblem) as asked:
        names.find("Twin Post")
    assert asked.value.code == "several"
    with pytest.raises(CellProblem):
        service_number("A number of more than twenty letters")
