"""An invented service of any size to read pages of, and a browser signed in to it."""

from __future__ import annotations

import gzip
import json
import os
import random
from datetime import date
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parent.parent / "hcims" / "ui" / "static" / "built" / "weights.json"
TIMES = 4


def make(scale: int) -> Any:
    """This function will invent the service, unless it is there, and return the Inspector-General's user."""
    from django.core.management import call_command

    from accounts.models import Appointment

    with open(os.devnull, "w") as nowhere:
        call_command("make_demo", officers=scale, stdout=nowhere)
    _as_in_the_morning()
    return Appointment.objects.filter(role="inspector-general")[0].user


def make_posts_and_officers(scale: int) -> Any:
    """As `make`, with what the bird's-eye page reads and nothing else, so that a million can be invented in an evening."""
    from accounts.models import Appointment
    from desk.demo import establishment, life, people, plan, planner, records, sign_ins, units
    from hcims import clock
    from personnel.models import Officer

    chance, on, at = random.Random(47), clock.today(), clock.now()
    drafts = units.Builder(chance, plan.Size(scale), on).build()
    units.store(drafts, at)
    users = sign_ins.outsiders(at)
    two = {"drafted_by": users["system-administrator"], "decided_by": users["npsc-commissioner"]}
    working = establishment.store(drafts, chance, on=on, at=at, **two)
    posts = people.posts_to_hold(drafts, working, chance, scale)
    records.store(
        people.Maker(chance, drafts, on, scale).people(posts), drafts, at=at, by=users["system-administrator"]
    )
    planner.look()
    head = Officer.objects.filter(unit__code="NPS").order_by("rank__order")[0]
    user = sign_ins.account(head, at, plan.PASSWORD)
    Appointment.objects.create(
        user=user, role="inspector-general", unit=drafts["NPS"].unit, starts_on=date(on.year - 1, 1, 1), authority="Benchmark",
        state="approved", proposed_by=two["drafted_by"], proposed_at=at, decided_by=two["decided_by"], decided_at=at,
    )  # fmt: skip
    pks = range(1, scale + 1)
    life._absences(chance, chance.sample(pks, scale // 60), on)
    life._exits(chance, chance.sample(pks, scale // 55), on)
    life._station_returns(chance, on, at, user)
    _as_in_the_morning()
    return user


def _as_in_the_morning() -> None:
    from django.conf import settings
    from django.db import connection

    # Names without a hash: nothing is collected for a benchmark.
    stores: dict[str, Any] = settings.STORAGES
    stores["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    if connection.vendor == "postgresql":  # as autovacuum would have done it by then
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def browser_of(user: Any) -> Any:
    """A test client signed in as the user."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def read(client: Any, address: str) -> tuple[Any, bytes]:
    """The cheapest of several readings of a page, after one that warms it up; and the page."""
    from benchmarks.measuring import best_of

    kept = {}

    def once() -> None:
        kept["answer"] = client.get(address, headers={"host": "localhost"})

    once()
    cost = best_of(TIMES, once)
    assert kept["answer"].status_code == 200, (address, kept["answer"].status_code)
    return cost, kept["answer"].content


def first_visit(page: bytes) -> float | None:
    """Kilobytes of the page and of its files, packed; None where the front end is not built."""
    if not BUILT.exists():
        return None
    weights = json.loads(BUILT.read_text())
    files = sum(weights[each] for each in ("core.css", "desk.css", "core.js", "desk.js"))
    return (len(gzip.compress(page)) + files) / 1000
