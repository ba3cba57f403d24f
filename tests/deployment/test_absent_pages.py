"""Addresses of this module that lead to nothing: each is answered like a page that is not there, to whoever may see all."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from deployment.models import Duty, PostingOrder, RollDiscrepancy
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

ON = date(2026, 11, 2)
ABSENT = (
    "/overview/C-KILIFI/confirmed/?kind=never",
    "/overview/C-KILIFI/officers/?show=everything",
    "/vacancies/C-KILIFI/?kind=everything",
    "/forecast/promotion/1/",
    "/forecast/retirement/9/",
    "/skills-gap/flying/",
    "/skills-gap/flying/C-KILIFI/",
    "/skills-gap/holders/?show=everything",
    "/skills-gap/?place=999",
    "/station-return/NOWHERE/",
    "/station-return/answers/nothing/",
    "/postings/nothing/",
    "/orders/nothing/",
    "/discrepancies/nothing/",
    "/postings/{posting}/praise/",
    "/postings/{posting}/return/homecoming/",
    "/orders/{order}/praise/",
    "/discrepancies/{difference}/praise/",
)


@pytest.mark.django_db
def test_addresses_that_lead_to_nothing(world: World) -> None:
    hr, posting = client_of(world.people["hr-officer"]), world.officer.postings.get()
    order = PostingOrder.objects.create(
        officer=OfficerFactory(), to_unit=world.ward, duty=Duty.objects.get(code="general"), number="SIG/1", issued_on=ON,
        post_rank=world.officer.rank, reason="Need", report_by=ON, issued_by=world.people["hr-officer"],
    )  # fmt: skip
    difference = RollDiscrepancy.objects.create(
        officer=world.officer, unit=world.ward, posting=posting, batch="import", roll_on=ON, opened_at=timezone.now()
    )
    made = {"posting": posting.ref, "order": order.ref, "difference": difference.ref}
    found = [f"/postings/{posting.ref}/", f"/orders/{order.ref}/", f"/discrepancies/{difference.ref}/", "/skills-gap/"]
    assert {each: hr.get(each).status_code for each in found} == dict.fromkeys(found, 200)
    assert "before 2000" in hr.get("/overview/?on=1999-12-31").content.decode()
    absent = [each.format(**made) for each in ABSENT]
    assert {each: hr.get(each).status_code for each in absent} == dict.fromkeys(absent, 404)
