"""The phone app: what it weighs, what it knows of its reader (nothing), and that own pages are one's own."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from accounts.models import User
from counselling.models import Contact, ContactGrant, HelpLine, PhoneDevice
from counselling.queries.contacts import closed_contacts
from hcims import clock
from tests.factories.accounts import UserFactory, appoint
from tests.factories.counselling import contact_of, phone_of
from tests.factories.organisation import UnitFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
FIRST_VISIT = 15_000
SHELL = ["/w/", "/w/now/", "/w/words/", "/w/out/", "/w/sw.js", "/w/manifest.webmanifest"]


@pytest.fixture
def supporter(db: None) -> User:
    return appoint(UserFactory(), "peer-supporter", UnitFactory())


def this_month() -> str:
    return f"{clock.today():%Y-%m}"


def kept_by(worker: str, name: str) -> list[str]:
    found = re.search(rf"^const {name} = (\[.*?\]);$", worker, re.M)
    assert found
    return json.loads(found[1])


def test_a_first_visit_with_everything_it_keeps_weighs_at_most_15_kb() -> None:
    client = client_of(None)
    worker = client.get("/w/sw.js").content.decode()
    weights = {}
    for address in dict.fromkeys([*SHELL, *kept_by(worker, "PAGES")]):
        answer = client.get(address, headers={"accept-language": "sw", "accept-encoding": "gzip"})
        assert answer.status_code == 200, address
        weights[address] = len(answer.content)
    for address in kept_by(worker, "FILES"):
        path = Path(finders.find(address.removeprefix(settings.STATIC_URL)))
        weights[address] = len(gzip.compress(path.read_bytes(), 9))
    assert sum(weights.values()) < FIRST_VISIT, weights


@pytest.mark.parametrize("address", SHELL)
def test_the_shell_is_the_same_for_everybody_and_sets_no_cookie(address: str, supporter: User) -> None:
    mine, theirs = (client_of(user).get(address) for user in (supporter, None))
    assert mine.content == theirs.content
    assert not mine.cookies
    assert "cookie" not in mine.headers.get("Vary", "").lower()
    assert "csrf" not in mine.content.decode()


def test_a_phone_that_has_the_page_is_told_so_in_a_few_bytes() -> None:
    client = client_of(None)
    tag = client.get("/w/").headers["ETag"]
    assert client.get("/w/", headers={"if-none-match": tag}).status_code == 304


def test_name_and_title_say_nothing_of_what_it_is_for() -> None:
    client = client_of(None)
    assert "<title>Notes</title>" in client.get("/w/").content.decode()
    assert "<title>Madokezo</title>" in client.get("/w/?lang=sw").content.decode()
    assert client.get("/w/manifest.webmanifest").json()["short_name"] == "Notes"


def test_the_worker_changes_with_what_it_keeps() -> None:
    client = client_of(None)
    before = client.get("/w/sw.js").content
    assert client.get("/w/sw.js").content == before
    HelpLine.objects.update(number="0800 000 000")
    assert client.get("/w/sw.js").content != before


def test_own_contacts_are_seen_by_their_supporter_and_by_nobody_else(world: World, supporter: User) -> None:
    contact = contact_of(supporter, month=this_month(), theme="grief")
    page = client_of(supporter).get("/w/mine/").content.decode()
    assert "Loss, grief" in page
    for role, person in world.people.items():
        client = client_of(person)
        assert "Loss, grief" not in client.get("/w/mine/").content.decode(), role
        assert client.post(f"/w/mine/{contact.pk}/strike-out/").status_code in (302, 404), role
    person.is_superuser = True
    assert not person.has_perm("counselling.own_contact", contact)
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_ones_own_is_struck_out_while_its_month_is_open(supporter: User) -> None:
    open_one, closed = contact_of(supporter, month=this_month()), contact_of(supporter, month="2024-01")
    client = client_of(supporter)
    assert "Struck out" in client.post(f"/w/mine/{open_one.pk}/strike-out/", follow=True).content.decode()
    assert "This month is closed" in client.post(f"/w/mine/{closed.pk}/strike-out/", follow=True).content.decode()
    assert set(Contact.objects.all()) == {closed}
    assert ContactGrant.objects.count() == 1


def test_a_tally_from_paper_is_counted_like_contacts(supporter: User) -> None:
    client = client_of(supporter)
    sent: dict[str, Any] = {"month": this_month(), "county": contact_of(supporter).county_id}
    assert "The tally is empty" in client.post("/w/tally/", sent).content.decode()
    answer = client.post("/w/tally/", sent | {"group__work": 4, "family__money": 1}, follow=True).content.decode()
    assert "5 contacts entered." in answer
    assert client.post("/w/tally/", sent | {"group__work": 201}).status_code == 422
    assert client.post("/w/tally/", sent | {"group__work": 1, "month": "2024-01"}).status_code == 422
    assert set(Contact.objects.filter(source="paper").values_list("kind", "theme", "count")) == {
        ("group", "work", 4),
        ("family", "money", 1),
    }


def test_a_phone_is_enrolled_once_and_ended_by_its_owner_alone(supporter: User, world: World) -> None:
    first = client_of(supporter).post("/w/enrol/").json()
    given = client_of(supporter).post("/w/enrol/", {"instead_of": first["ref"]}).json()  # the same phone, a new PIN
    assert PhoneDevice.objects.get(ref=first["ref"]).ended_month == this_month()
    device = PhoneDevice.objects.get(ref=given["ref"])
    assert given["secret"] not in str(vars(device))
    other = client_of(appoint(UserFactory(), "peer-supporter", UnitFactory()))
    assert other.post(f"/w/enrol/{device.ref}/end/").status_code == 404
    assert client_of(supporter).post(f"/w/enrol/{device.ref}/end/").status_code == 302
    assert PhoneDevice.objects.get(ref=given["ref"]).ended_month == this_month()
    assert client_of(world.people["county-commander"]).post("/w/enrol/").status_code == 404
    assert client_of(supporter, second_factor=False).post("/w/enrol/").status_code == 302


def test_own_pages_are_kept_by_no_cache(supporter: User) -> None:
    client = client_of(supporter)
    for address in ("/w/mine/", "/w/tally/", "/w/enrol/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_only_closed_months_are_counted_and_persons_told_apart(supporter: User) -> None:
    contact_of(supporter, month="2026-10")
    contact_of(supporter, month="2026-07", theme="money")
    contact_of(UserFactory(), month="2026-08")
    phone_of(supporter)
    found = list(closed_contacts(["2026-07", "2026-08", "2026-10"], on=date(2026, 11, 22)))
    assert {(each.month, each.theme) for each in found} == {("2026-07", "money"), ("2026-08", "work")}
    assert {each.person for each in found} == {0, 1}
