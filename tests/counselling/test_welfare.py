"""Commanders record room, hours, practices and incidents; the coordinator confirms; nobody's attendance is anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from counselling.actions import incidents, welfare
from counselling.models import CriticalIncident, HealingGroupMonth, PracticeHeld, WelfareProvision
from counselling.queries import incidents as queries
from hcims.errors import NotAllowed, NotFound, RuleBroken
from hcims.notify.models import Message, PersonalNotice
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ON = date(2026, 11, 20)
LINK = "/w/offices/"


def provision(world: World, **changes: object) -> WelfareProvision:
    given = {
        "starts_on": ON,
        "room": "own",
        "place": "Behind the armoury",
        "hours_a_week": 2,
        "hours": "Wednesday 14–16",
    }
    commander = world.people["county-commander"]
    return welfare.record_provision(unit=world.station, **{**given, **changes}, by=commander, at=AT)  # type: ignore[arg-type]


def test_a_commander_records_and_another_person_confirms(world: World) -> None:
    entry = provision(world)
    client = client_of(world.people["wellbeing-lead"])
    assert str(world.station) in client.get("/wellbeing/welfare/").content.decode()
    answer = client.post(f"/wellbeing/confirm/provision/{entry.ref}/", {"answer": "no"})
    assert answer.status_code == 422  # sent back without a word
    assert client.post(f"/wellbeing/confirm/provision/{entry.ref}/", {"answer": "yes"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.decided_by) == ("confirmed", world.people["wellbeing-lead"])


def test_every_number_of_the_page_is_the_length_of_its_list(world: World) -> None:
    provision(world)
    unit = world.station
    welfare.open_group(unit=unit, rhythm="weekly", starts_on=ON, by=world.people["county-commander"], at=AT)
    for reader in ("county-commander", "wellbeing-lead"):
        client = client_of(world.people[reader])
        for show in ("units", "room", "hours", "groups"):
            page = client.get(f"/wellbeing/welfare/?show={show}")
            number = {"room": "rooms"}.get(show, show)
            assert page.context["table"].page.paginator.count == getattr(page.context["summary"], number) > 0, show
            assert f'href="?show={show}"' in page.content.decode()
            assert "This field is required" not in page.content.decode()


def test_what_is_recorded_anew_ends_what_stood_before(world: World) -> None:
    before = provision(world, starts_on=date(2026, 1, 1))
    provision(world, room="none", place="")
    before.refresh_from_db()
    assert before.ends_on == ON
    with pytest.raises(RuleBroken, match="later entry"):
        provision(world, starts_on=date(2025, 1, 1))


def test_hours_say_when_and_a_room_says_where(world: World) -> None:
    with pytest.raises(RuleBroken, match="which hours"):
        provision(world, hours="")
    with pytest.raises(RuleBroken, match="where the room is"):
        provision(world, place=" ")


def test_no_desk_and_no_stranger_records_for_a_commander(world: World) -> None:
    for role in ("hr-officer", "wellbeing-lead", "peer-supporter"):
        with pytest.raises(NotAllowed):
            welfare.record_practice(
                unit=world.station, practice="talk", month=date(2026, 11, 1), times=1, by=world.people[role], at=AT
            )


def test_pages_record_a_practice_and_a_group(world: World) -> None:
    client, base = client_of(world.people["station-commander"]), f"/wellbeing/welfare/{world.station.code}/"
    month = client.get(f"{base}practice/").context["form"].fields["month"].choices[0][0]
    assert client.post(f"{base}practice/", {"practice": "talk", "month": month, "times": "2"}).status_code == 302
    assert client.post(f"{base}practice/", {"practice": "talk", "month": month, "times": "1"}).status_code == 422
    assert client.post(f"{base}group/", {"starts_on": "2026-01-05", "rhythm": "weekly"}).status_code == 302
    group = client.get(base).context["found"].groups[0]
    counted = {"month": month, "meetings": "4", "people": "9"}
    assert client.post(f"/wellbeing/groups/{group.ref}/count/", counted).status_code == 302
    assert PracticeHeld.objects.get().times == 2
    assert HealingGroupMonth.objects.get().people == 9
    assert ">9<" not in client.get(base).content.decode()  # people of one group are on no page


def record(world: World, **changes: object) -> CriticalIncident:
    given = {"unit": world.station, "kind": "shots", "happened_on": date(2026, 11, 19), "link": LINK}
    return incidents.record_incident(**{**given, **changes}, by=world.people["county-commander"], at=AT)  # type: ignore[arg-type]


def test_everybody_posted_there_is_offered_support_alike_and_nothing_tells_who_looked(world: World) -> None:
    incident = record(world)
    notice = PersonalNotice.objects.get(kind="support-offered")
    assert notice.user == world.officer.user
    assert not Message.objects.filter(user=world.officer.user).exists()  # no word of it leaves by SMS or e-mail
    assert (incident.posted_there, incident.offered_to) == (1, 1)
    client = client_of(world.officer.user)
    before = PersonalNotice.objects.values().get(pk=notice.pk)
    assert client.post(f"/notices/{notice.ref}/").status_code in (302, 404, 405)
    client.get("/notices/")
    assert PersonalNotice.objects.values().get(pk=notice.pk) == before


def test_an_incident_names_the_place_where_it_happened(world: World) -> None:
    with pytest.raises(RuleBroken, match="station, company or office"):
        record(world, unit=world.county)
    with pytest.raises(RuleBroken, match="still to come"):
        record(world, happened_on=date(2026, 11, 21))
    record(world)
    with pytest.raises(RuleBroken, match="gone out already"):
        record(world)


def test_incidents_stay_within_the_command(world: World) -> None:
    incident = record(world)
    assert client_of(world.people["station-commander"]).get(f"/wellbeing/incidents/{incident.ref}/").status_code == 200
    assert client_of(world.people["hr-officer"]).get("/wellbeing/incidents/").status_code == 404
    other = record_at_other(world)
    seen = client_of(world.people["station-commander"]).get("/wellbeing/incidents/").content.decode()
    assert incident.ref in seen
    assert other.ref in client_of(world.people["wellbeing-lead"]).get("/wellbeing/incidents/").content.decode()


def test_the_numbers_of_an_incident_open_their_list_for_who_sees_the_officers_anyway(world: World) -> None:
    incident = record(world)
    page = f"/wellbeing/incidents/{incident.ref}/"
    commander = client_of(world.people["county-commander"])
    assert f"{page}posted/" in commander.get(page).content.decode()
    for show in ("", "?show=account"):
        assert world.officer.service_number in commander.get(f"{page}posted/{show}").content.decode()
    User.objects.filter(pk=world.officer.user_id).update(is_active=False, closed_at=AT)
    assert world.officer.service_number not in commander.get(f"{page}posted/?show=account").content.decode()
    lead = client_of(world.people["wellbeing-lead"])
    assert "There is no list behind the numbers for you" in lead.get(page).content.decode()
    assert f"{page}posted/" not in lead.get(page).content.decode()
    unseen = (("wellbeing-lead", incident.ref), ("hr-officer", incident.ref), ("county-commander", "zzzzzzzzzzzz"))
    with pytest.raises(NotFound):  # even where the page were open to whoever may see the incident
        queries.access_posted(world.people["wellbeing-lead"], incident.ref, on=ON)
    for role, ref in unseen:
        assert client_of(world.people[role]).get(f"/wellbeing/incidents/{ref}/posted/").status_code == 404


def test_of_those_posted_there_whoever_has_left_the_command_stands_as_a_number_alone(world: World) -> None:
    left = OfficerFactory(posted_to=world.station)
    incident = record(world)
    Officer.objects.filter(pk=left.pk).update(unit=world.other_station)
    commander = client_of(appoint(UserFactory(), "county-commander", world.county))
    text = commander.get(f"/wellbeing/incidents/{incident.ref}/posted/").content.decode()
    linked = [f"/officers/{each.service_number}/" in text for each in (world.officer, left)]
    assert (linked, left.service_number in text) == ([True, False], True)


def record_at_other(world: World) -> CriticalIncident:
    return CriticalIncident.objects.create(
        kind="riot",
        unit=world.other_station,
        happened_on=ON,
        recorded_by=world.people["inspector-general"],
        recorded_at=AT,
    )


def test_an_entry_in_error_is_taken_back_and_the_offer_stands(world: World) -> None:
    incident = record(world)
    client = client_of(world.people["county-commander"])
    assert client.post(f"/wellbeing/incidents/{incident.ref}/withdraw/", {"reason": "Wrong station"}).status_code == 302
    assert incident.ref not in client.get("/wellbeing/incidents/").content.decode()
    assert PersonalNotice.objects.filter(kind="support-offered").exists()
