"""The posting pages move nobody from one unit to another: that is a transfer, with a request or a round behind it."""

from __future__ import annotations

import pytest

from deployment.models import Duty, Posting, PostingOrder
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def given(world: World) -> dict[str, str]:
    """What both forms ask for."""
    duty = Duty.objects.get(code="general")
    return {
        "officer": world.officer.service_number, "unit": world.other_station.code, "duty": str(duty.pk),
        "post_rank": str(world.officer.rank_id), "reason": "By word of mouth", "authority": "Nobody/1",
        "order_reference": "SIG/1/2026", "number": "SIG/1/2026",
        "report_by_day": "1", "report_by_month": "12", "report_by_year": "2099",
        "starts_on_day": "1", "starts_on_month": "10", "starts_on_year": "2026",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/orders/new/", "/postings/new/"])
def test_a_posted_officer_is_moved_by_a_transfer_alone(world: World, path: str) -> None:
    before = Posting.objects.count()
    answer = client_of(world.people["hr-officer"]).post(path, given(world))
    assert "A move to another unit is a transfer" in answer.content.decode()
    assert (Posting.objects.count(), PostingOrder.objects.count()) == (before, 0)
