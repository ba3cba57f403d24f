"""The page that watches long work, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hcims import clock
from hcims.jobs import actions, lease
from tests.signing_in import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_progress_moves_by_itself_and_the_page_says_when_it_is_over(page: Any, world: World) -> None:
    job = actions.enqueue("test-count", by=world.officer.user, at=clock.now())
    taken = lease.take(job.ref, worker="one", at=clock.now())
    assert taken
    lease.renew(taken, lease.Noted(10, 100, "Counting"), at=clock.now())
    sign_in(page, world.officer.user)
    page.goto(reverse("jobs:job", args=[job.ref]))
    page.get_by_text("10 / 100 · 10%").wait_for()
    lease.renew(taken, lease.Noted(90, 100, "Counting"), at=clock.now())
    page.get_by_text("90 / 100 · 90%").wait_for()
    lease.finish(taken, {"counted": 100}, lease.Noted(100, 100), at=clock.now())
    page.get_by_role("heading", name="What was done").wait_for()
    assert page.get_by_text("Counted", exact=True).is_visible()
    assert not page.get_by_role("button", name="Cancel this work").is_visible()
