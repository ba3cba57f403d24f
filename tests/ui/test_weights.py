"""What a page weighs on a slow line, gzipped: phones 40 kB the first time and 10 kB again, desks 100 and 35."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.template import Context, Template
from django.urls import reverse

from tests.signing_in import client_of
from tests.world import World

BUILT = Path(__file__).parents[2] / "hcims/ui/static/built"
PHONE_FILES = ["core.css", "core.js", "icon.svg"]
DESK_FILES = [*PHONE_FILES, "desk.css", "htmx.js", "desk.js"]


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def weight(names: list[str]) -> int:
    missing = [name for name in names if not (BUILT / name).exists()]
    assert not missing, f"Build styles and scripts first (make frontend): {missing}"
    return sum(gzipped((BUILT / name).read_bytes()) for name in names)


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
