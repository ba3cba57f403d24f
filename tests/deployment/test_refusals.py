"""Refusals about postings and orders that no other test comes to, asked of the rule by itself."""

from __future__ import annotations

from datetime import date

import pytest

from deployment import policies
from deployment.models import Duty, Posting, PostingOrder, RollDiscrepancy
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import appoint
from tests.stand_in import StandIn
from tests.world import World

ON = date(2026, 11, 2)
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
