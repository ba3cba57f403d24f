"""A photograph that is replaced stays in the history of the record, before and after, on which paper, and can be seen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from hcims import clock
from personnel import actions
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_before_and_after_stand_in_the_file_and_open(world: World, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    hr: Any = world.people["hr-officer"]
    for content, paper in ((b"first", "HR/1"), (b"second", "HR/2")):
        actions.set_photo(officer=world.officer, picture=ContentFile(content), paper=paper, by=hr, at=clock.now())
    latest, former, _entered = world.officer.history.order_by("-history_id")[:3]
    assert (latest.history_change_reason, former.history_change_reason) == ("HR/2", "HR/1")
    assert latest.history_user == hr
    assert latest.photo != former.photo
    address = f"/officers/{world.officer.service_number}/"
    client = client_of(hr)
    page = client.get(f"{address}?part=changes").content.decode()
    page += client.get(f"{address}changes/").content.decode()
    links = re.findall(r'href="([^"]*photo/\?former=[^"]*)"', page)
    assert len(set(links)) == 2
    assert {client.get(each).getvalue() for each in links} == {b"first", b"second"}
    assert client.get(f"{address}photo/?former=other.jpg").status_code == 404
    other = OfficerFactory(posted_to=world.station)
    elsewhere = links[0].replace(world.officer.service_number, other.service_number)
    assert client.get(elsewhere).status_code == 404
