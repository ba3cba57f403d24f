"""The bird's-eye page of the whole service against the bare aggregate behind it, plain and filtered; statements and bytes.

`--scale` gives the curve: 10000, 107000, 1000000.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Figure, measured

DATABASES = ("postgresql", "sqlite")
BUILT = Path(__file__).parent.parent / "hcims" / "ui" / "static" / "built" / "weights.json"
VIEWS = {
    "as it opens": "",
    "one service, by place": "?service=KPS&counties=place",
    "one rank, a year ago": "?rank=PC&on=2025-11-01",
    "tenure": "?measure=overdue&tenure=over",
}


def run(scale: int) -> Iterator[Figure]:
    """A service is invented first; that is not measured."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from accounts.models import Appointment
    from deployment.forms.overview import PerspectiveForm
    from deployment.queries.catalogue import catalogue
    from deployment.queries.viewed import access_area, question_of, rules_on
    from deployment.strength import cells
    from hcims import clock
    from hcims.access.permissions import Permission

    # Names without a hash: nothing is collected for a benchmark.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with open(os.devnull, "w") as nowhere:
        call_command("make_demo", officers=scale, stdout=nowhere)
    user = Appointment.objects.filter(role="inspector-general").first().user
    client, today, known = Client(), clock.today(), catalogue()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/overview/NPS/", headers={"host": "localhost"})
    for name, query in VIEWS.items():
        asked = dict(each.split("=") for each in query[1:].split("&") if each)
        look = PerspectiveForm(asked, today=today, catalogue=known).perspective()
        area = access_area(user, "NPS", on=look.on, today=today, permission=Permission.SEE_OVERVIEW)
        question = question_of(area, look, known, rules_on(look.on))
        walls = []
        for _ in range(3):
            with measured() as floor:
                cells(question, by_command="territorial")
            with measured() as page:
                answer = client.get(f"/overview/NPS/{query}", headers={"host": "localhost"})
            walls.append((page.wall, floor.wall))
        wall, bare = min(each[0] for each in walls), min(each[1] for each in walls)
        yield Figure(f"page, {name}", wall * 1000, "ms", bare * 1000, 3)
        yield Figure(f"statements, {name}", page.statements, "statements", reach=15)
        if not query and BUILT.exists():
            weights = json.loads(BUILT.read_text())
            files = sum(weights[each] for each in ("core.css", "desk.css", "core.js", "desk.js"))
            yield Figure("first visit", (len(gzip.compress(answer.content)) + files) / 1000, "kB gz", reach=50)
