"""A quarter is published once, by the lead, when nothing more can come; nobody is shown a number that the rule hides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from counselling import case_access, grants, publishing
from counselling import published_words as words
from counselling.actions.publications import publish
from counselling.disclosure import Limits
from counselling.models import Case, Contact, ContactGrant, CounsellorKey, Opening, Publication
from counselling.publishing import digest_of
from counselling.queries import publications
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from hcims.quarters import Quarter
from organisation.models import County
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUARTER = Quarter(date(2026, 7, 1))
LIMITS = Limits(smallest=10, harm=20, step=5)
COAST, NAIROBI, WESTERN = "001", "047", "037"


def contacts(user: User, county: str, number: int, *, month: str = "2026-08", **fields: Any) -> None:
    """So many contacts of a supporter, as one line of a tally on paper."""
    given = {"kind": "one-to-one", "theme": "work", "source": "paper", **fields}
    contact = Contact.objects.create(county=County.objects.get(code=county), month=month, count=number, **given)
    ContactGrant.objects.create(user=user, permission=grants.permission_of(Contact), content_object=contact)


@pytest.fixture
def told(world: World) -> World:
    """Two regions with plenty, a third with eight contacts, one small theme and one busy supporter."""
    supporters = [UserFactory() for _each in range(8)]
    for each in supporters:
        for county in (COAST, NAIROBI):
            contacts(each, county, 23)
            contacts(each, county, 17, kind="debriefing", theme="incident", month="2026-09")
        contacts(each, WESTERN, 1)
    contacts(supporters[0], COAST, 3, theme="safety")
    contacts(supporters[0], NAIROBI, 100, kind="family", theme="family")
    return world


def published(world: World) -> Publication:
    return publish(quarter=QUARTER, by=world.people["wellbeing-lead"], at=AT)


def test_a_quarter_is_published_once_and_never_changes(told: World) -> None:
    made = published(told)
    assert made.digest == digest_of(made.content)
    assert AuditEvent.objects.filter(event="help-published").count() == 1
    with pytest.raises(RuleBroken, match="never published a second time"):
        published(told)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(digest="0" * 64)


def test_what_is_small_or_half_made_by_one_person_is_nowhere_in_it(told: World) -> None:
    found = published(told).content["stars"]["contacts"]
    kind, theme = found["kind"], found["theme"]
    assert kind["rows"] == theme["rows"] == found["month"]["rows"]
    assert ["Western"] not in kind["rows"]  # eight contacts do not stand alone
    assert ["safety"] not in theme["columns"]
    shown = [number for table in found.values() for line in table["cells"] for number in line if number is not None]
    assert all(number >= 10 and number % 5 == 0 for number in shown)
    family = next(j for j, codes in enumerate(kind["columns"]) if "family" in codes)
    nairobi = next(i for i, codes in enumerate(kind["rows"]) if "Nairobi" in codes)
    assert kind["columns"][family] != ["family"] or kind["cells"][nairobi][family] is None


def test_only_the_lead_of_the_whole_service_publishes_and_only_closed_quarters(told: World) -> None:
    with pytest.raises(NotAllowed):
        publish(quarter=QUARTER, by=told.people["inspector-general"], at=AT)
    with pytest.raises(RuleBroken, match="may still arrive"):
        publish(quarter=Quarter(date(2026, 10, 1)), by=told.people["wellbeing-lead"], at=AT)
    with pytest.raises(RuleBroken, match="deleted already"):
        publish(quarter=Quarter(date(2024, 7, 1)), by=told.people["wellbeing-lead"], at=AT)
    for role in ("inspector-general", "hr-officer", "counsellor", "system-administrator"):
        assert client_of(told.people[role]).post("/wellbeing/trends/2026-q3/publish/").status_code == 404


def test_every_officer_reads_it_and_takes_it_away_and_nothing_else(told: World) -> None:
    made = published(told)
    client = client_of(told.officer.user)
    assert client.get("/w/trends/").status_code == 302
    page = client.get("/wellbeing/trends/").content.decode()
    assert made.digest in page.replace("<wbr>", "")
    file = b"".join(client.get("/wellbeing/trends/2026-q3/?format=csv").streaming_content).decode("utf-8-sig")
    assert "hidden" in file
    content = made.content
    allowed = {str(each) for each in numbers_in(content)}
    in_file = {line.rsplit(",", 1)[1].strip() for line in file.splitlines()[1:]}
    assert {each for each in in_file if each.isdigit()} <= allowed
    assert client.get("/wellbeing/trends/2026-q3/?region=Coast&month=2026-08").content.decode().count("2026-08") == 0
    assert client.get("/wellbeing/trends/2026-q1/").status_code == 404
    assert client.get("/wellbeing/trends/quarters/").status_code == 404


def numbers_in(thing: Any) -> list[int]:
    """Every number anywhere in the content."""
    if isinstance(thing, dict):
        return [number for each in thing.values() for number in numbers_in(each)]
    if isinstance(thing, list):
        return [number for each in thing for number in numbers_in(each)]
    return [thing] if isinstance(thing, int) else []


def test_waiting_is_published_in_bands_as_counsellors_stated_it(told: World) -> None:
    holders = [UserFactory() for _each in range(5)]
    for number in range(24):
        waited = "" if number < 2 else "week" if number < 13 else "longer"
        opened = Case.objects.create(
            pseudonym="calm lake 47", recipient="age1", opened_on=date(2026, 8, 3), waited=waited
        )
        holder = holders[number % 5]
        case_access.give(
            case=opened, to=holder, kind="owner", reason="own-case", wrapped=b"x", by=holder, at=AT
        )  # fmt: skip
    found = published(told).content["stars"]["opened"]["waited"]
    assert found["whole"] == 20  # twenty-two, rounded; two of which it is not known are left out
    page = client_of(told.officer.user).get("/wellbeing/trends/").content.decode()
    assert "how long the person had waited" in page
    assert "Not stated in this quarter" not in page


def openings(world: World, number: int, state: str) -> None:
    """So many openings asked for in the quarter, each of another case, the cases of three counsellors."""
    holders = [UserFactory() for _each in range(3)]
    keys = [CounsellorKey.objects.create(user=each, recipient="age1", made_on=AT.date()) for each in holders]
    for place in range(number):
        holder, key = holders[place % 3], keys[place % 3]
        case = Case.objects.create(pseudonym="calm lake 47", recipient="age1", opened_on=date(2026, 8, 3))
        case_access.give(case=case, to=holder, kind="owner", reason="own-case", wrapped=b"x", by=holder, at=AT)
        Opening.objects.create(
            case=case, ground="risk-to-life", paper="OB 1", requested_by=holder, reader=holder, reader_key=key,
            state=state, requested_at=datetime(2026, 8, 5, 9, 0, tzinfo=UTC),
        )  # fmt: skip


def test_openings_of_a_case_pass_the_rule_like_every_number(told: World) -> None:
    openings(told, 9, "refused")
    found = publications.counted(QUARTER, on=AT.date())
    assert publishing.content_of("", found, LIMITS)["stars"]["openings"] is None  # nine: too few
    openings(told, 14, "requested")
    content = published(told).content
    assert words.openings(content) == [(str(words.OPENINGS), 25)]  # nine refused do not stand alone, nor what is left
    assert not any("opening" in name for name in content["exact"])
    assert "None goes unseen for that" in client_of(told.officer.user).get("/wellbeing/trends/").content.decode()


def test_a_page_before_the_first_quarter_says_what_will_be_there(world: World) -> None:
    assert b"No quarter has been published yet" in client_of(world.officer.user).get("/wellbeing/trends/").content
    lead = client_of(world.people["wellbeing-lead"])
    assert b"one shown earlier could be subtracted" in lead.get("/wellbeing/trends/quarters/").content
    assert lead.post("/wellbeing/trends/1999-q9/publish/").status_code == 404
