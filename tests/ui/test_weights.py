"""What a page weighs on a slow line, gzipped: phones 40 kB the first time and 10 kB again, desks 100 and 35."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.urls import reverse

from accounts import traffic
from tests.signing_in import client_of
from tests.world import World

FOLDER = Path(__file__).parents[2]
BUILT = FOLDER / "hcims/ui/static/built"
PHONE_FILES = ["core.css", "core.js", "icon.svg"]
DESK_FILES = [*PHONE_FILES, "desk.css", "htmx.js", "desk.js"]
STATIC = re.compile(r'(?:href|src)="/static/([^"]+)"')

PHONE_PAGES = [
    "/me/",
    "/me/readers/",
    "/me/correction/",
    "/me/skill/",
    "/account/",
    "/account/phone/",
    "/notices/",
    "/letters/",
]
NOBODYS_PAGES = ["/sign-in/", "/activate/", "/verify/"]
DESK_PAGES = [
    "/", "/overview/", "/officers/", "/units/", "/units/PS-BAMBA/", "/vacancies/", "/skills-gap/", "/forecast/", "/postings/",
    "/establishment/", "/imports/", "/search/?q=bamba",
]  # fmt: skip


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def weight(names: list[str]) -> int:
    missing = [name for name in names if not (BUILT / name).exists()]
    assert not missing, f"Build styles and scripts first (make frontend): {missing}"
    return sum(gzipped((BUILT / name).read_bytes()) for name in names)


def weighed(client: Any, address: str) -> tuple[int, int]:
    """The page alone, and with every file it names: what comes again, and what comes the first time."""
    answer = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.status_code == 200, address
    assert answer.headers["Content-Encoding"] == "gzip", address
    found = set(STATIC.findall(gzip.decompress(answer.content).decode()))
    assert found, f"{address} names no file: this test looks for them in vain"
    paths = [next(FOLDER.glob(f"*/static/{name}"), None) or FOLDER / "hcims/ui/static" / name for name in found]
    again = len(answer.content)
    return again, again + sum(gzipped(path.read_bytes()) for path in paths)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PHONE_PAGES)
def test_a_phone_page_is_light(address: str, world: World) -> None:
    again, first = weighed(client_of(world.officer.user), address)
    assert (again <= 10_000, first <= 40_000) == (True, True), f"{address}: {again} again, {first} the first time"


@pytest.mark.django_db
@pytest.mark.parametrize("address", NOBODYS_PAGES)
def test_a_page_before_signing_in_is_light(address: str) -> None:
    again, first = weighed(client_of(None), address)
    assert (again <= 10_000, first <= 40_000) == (True, True), f"{address}: {again} again, {first} the first time"


@pytest.mark.django_db
@pytest.mark.parametrize("address", DESK_PAGES)
def test_a_desk_page_keeps_to_its_weight(address: str, world: World) -> None:
    again, first = weighed(client_of(world.people["hr-officer"]), address)
    assert (again <= 35_000, first <= 100_000) == (True, True), f"{address}: {again} again, {first} the first time"


@pytest.mark.django_db
def test_a_reader_is_charged_what_went_over_the_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(traffic, "add", lambda user_id, day, number: sent.append(number))
    client = client_of(world.people["hr-officer"])
    plain = client.get("/officers/")
    packed = client.get("/officers/", HTTP_ACCEPT_ENCODING="gzip")
    assert sent == [len(plain.content) + traffic.HEADERS, len(packed.content) + traffic.HEADERS]
    assert len(packed.content) * 3 < len(plain.content)


@pytest.mark.django_db
def test_a_page_with_everything_on_it_is_a_light_desk_page(world: World) -> None:
    page = gzipped(client_of(world.people["hr-officer"]).get(reverse("ui:components")).content)
    assert page + weight(DESK_FILES) <= 100_000
    assert page <= 35_000


def test_the_frame_of_a_phone_page_leaves_room_for_its_content() -> None:
    source = '{% extends "ui/phone.html" %}{% block content %}<h1>x</h1>{% endblock %}'
    page = gzipped(Template(source).render(Context()).encode())
    assert page + weight(PHONE_FILES) <= 25_000  # 15 kB are left for words and a photograph's preview
    assert page + weight([*PHONE_FILES, "htmx.js", "desk.css"]) <= 40_000 + 5_000
    assert page <= 5_000
