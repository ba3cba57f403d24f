"""An invented service of any size to read pages of, and a browser signed in to it."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parent.parent / "hcims" / "ui" / "static" / "built" / "weights.json"
TIMES = 4


def make(scale: int) -> Any:
    """This function will invent the service, unless it is there, and return the Inspector-General's user."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import Appointment

    # Names without a hash: nothing is collected for a benchmark.
    stores: dict[str, Any] = settings.STORAGES
    stores["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with open(os.devnull, "w") as nowhere:
        call_command("make_demo", officers=scale, stdout=nowhere)
    if connection.vendor == "postgresql":  # as autovacuum would have done it by the next morning
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return Appointment.objects.filter(role="inspector-general")[0].user


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
