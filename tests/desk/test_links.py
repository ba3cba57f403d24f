"""No page leads its reader to a page that is not there: links are followed from the start page, as each kind of reader."""

from __future__ import annotations

import re
from collections import deque
from datetime import date
from typing import Any

import pytest

from organisation.models import Skill
from personnel.models import Officer
from tests.factories.organisation import establish
from tests.factories.personnel import SkillHeldFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
HREF = re.compile(r'<a [^>]*?href="([^"#]+)')
MANY = 60  # pages a reader, one of each shape
# The phone pages under /w/ are the same for everybody, so their links to what needs an account answer as its guard does.
NOT_PAGES = re.compile(r"^(?!/)|^//|^/(static|sign-out|w)/|format=|\.pdf|/template/")
READERS = [
    "officer", "station-commander", "county-commander", "hr-officer", "training-director", "rollout-coordinator", "auditor",
]  # fmt: skip


def shape_of(address: str) -> str:
    """The address without what is particular to one unit, officer or paper: numbers, codes, references, values."""
    path, _, query = address.partition("?")
    parts = ["*" if re.search(r"\d|[A-Z]", part) else part for part in path.split("/")]
    return "/".join(parts) + "?" + "&".join(sorted(pair.split("=")[0] for pair in query.split("&")))


def followed(client: Any) -> list[tuple[str, str, int]]:
    """Where each link stood, where it led, and the answer."""
    waiting, seen, found = deque([("", "/")]), set[str](), []
    while waiting and len(seen) < MANY:
        page, address = waiting.popleft()
        if shape_of(address) in seen:
            continue
        seen.add(shape_of(address))
        answer = client.get(address)
        found.append((page, address, answer.status_code))
        if answer.status_code == 302:
            waiting.append((address, answer.headers["Location"]))
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in HREF.findall(answer.content.decode()):
            link = link.replace("&amp;", "&")
            link = address.partition("?")[0] + link if link.startswith("?") else link
            if not NOT_PAGES.search(link):
                waiting.append((address, link))
    return found


@pytest.mark.parametrize("role", READERS)
def test_links_lead_somewhere(world: World, role: str) -> None:
    user = world.officer.user if role == "officer" else world.people[role]
    found = followed(client_of(user))
    assert [each for each in found if each[2] not in (200, 302)] == []
    assert len(found) > 10


LISTS = [
    "/officers/", "/overview/NPS/officers/?show=posted", "/skills-gap/holders/?baseline=authorised&show=unverified",
    "/skills-gap/driving-b/PS-NYALI/?baseline=authorised", "/forecast/retirement/5/", "/search/?q={number}",
    "/search/palette/?q={number}",
]  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_a_number_is_a_link_for_those_who_may_open_the_file(world: World, address: str) -> None:
    officer, code = world.officer, "driving-b"
    Officer.objects.filter(pk=officer.pk).update(born_on=date(1969, 1, 1))
    establish(world.other_station, {"PC": 1, f"PC/{code}": 1})
    SkillHeldFactory(officer=officer, skill=Skill.objects.get(code=code))
    address, file = address.format(number=officer.service_number), f"/officers/{officer.service_number}/"
    for role, opens in (("hr-officer", True), ("training-director", False)):
        answer = client_of(world.people[role]).get(address, follow=True)
        text = answer.content.decode()
        assert (file in text or answer.request["PATH_INFO"] == file) == opens, role
        assert officer.service_number in text or "palette" in address
