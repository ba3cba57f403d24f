"""Every number of the bird's-eye page is as long as the list it opens, and nothing outside an area is shown in it."""

from __future__ import annotations

import re

import pytest

from deployment.gaps import total
from deployment.measures import LISTS, OFFICERS
from deployment.queries.holders import holders
from deployment.strength import Question, cells
from tests.deployment import small_services
from tests.deployment.small_services import DAYS, STEP
from tests.deployment.test_strength import question
from tests.factories.organisation import EstablishmentLineFactory
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World

NAMES = {"posted": "officers", "non-core": "non_core"}
OF_OFFICERS = [kind for kind, (what, _label) in LISTS.items() if what == OFFICERS]


@pytest.mark.django_db
@pytest.mark.parametrize("choice", [{}, {"service": "APS"}, {"sex": "F"}, {"tenure": "over"}, {"tenure": "unknown"}])
def test_each_list_of_officers_is_as_long_as_its_number(choice: dict[str, str]) -> None:
    made = small_services.make(small_services.dense(3))
    for on in map(small_services.day, range(0, DAYS + 1, 4 * STEP)):
        for unit in (0, 1, 3):
            asked: Question = question(made, unit, on, **choice)
            counts = total(cells(asked).values())
            for kind in OF_OFFICERS:
                assert holders(asked, kind).count() == getattr(counts, NAMES.get(kind, kind)), (kind, on, unit)


@pytest.fixture
def vacant(world: World) -> World:
    EstablishmentLineFactory(unit=world.station, posts=4, baseline="working")
    EstablishmentLineFactory(unit=world.other_station, posts=9, baseline="working")
    return world


def lists_of(html: str) -> list[tuple[str, int]]:
    """Addresses of the lists on a page, with the number each is linked from."""
    found = re.findall(
        r'<a href="(/(?:vacancies|overview)/[^"]*)"[^>]*>([\d,]+)(?:<span class="sr">[^<]*</span>)?</a>', html
    )
    return [(url.replace("&amp;", "&"), int(number.replace(",", ""))) for url, number in found]


def test_every_number_on_the_page_opens_a_list_of_that_length(vacant: World) -> None:
    client = client_of(vacant.people["inspector-general"])
    for measure in ("vacancies", "strength", "over"):
        links = lists_of(client.get("/overview/NPS/", {"measure": measure}).content.decode())
        assert len(links) > 20
        for url, number in links:
            answer = client.get(url).content.decode()
            length = re.search(r'data-total="(\d+)"', answer)
            assert length, url
            assert int(length[1]) == number, url


def test_a_commander_sees_his_own_area_and_nothing_outside_it(vacant: World) -> None:
    from tests.factories.accounts import UserFactory, appoint

    client = client_of(appoint(UserFactory(), "county-commander", vacant.county))
    page = client.get("/overview/").content.decode()
    assert "Kilifi County" in page
    assert "Nyali" not in page
    assert "C-MOMBASA" not in page
    for address in ("/overview/{}/", "/overview/{}/officers/", "/vacancies/{}/"):
        assert client.get(address.format(vacant.station.code)).status_code == 200
        for outside in ("C-MOMBASA", "PS-NYALI", "R-COAST", "NPS", "NOWHERE"):
            assert client.get(address.format(outside)).status_code == 404, (address, outside)


def test_the_page_costs_a_constant_number_of_statements(vacant: World) -> None:
    client = client_of(vacant.people["inspector-general"])
    client.get("/overview/")
    assert len(statements_of(client, "/overview/NPS/?service=KPS&rank=PC&counties=place")) <= 15


def test_what_cannot_be_read_is_said(vacant: World) -> None:
    answer = client_of(vacant.people["inspector-general"]).get("/overview/NPS/?on=2026-13-01&measure=nonsense")
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
