"""The trail as auditors read it: searched, paged, taken away; readers named with a reason; delays by two of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hcims.audit import actions, queries, trail
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, DelayState, DisclosureDelay
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import BulkDeedFactory, OfficerFactory
from tests.signing_in import client_of
from tests.world import World

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def reader(world: World) -> Any:
    return appoint(UserFactory(full_name="Siri Msomaji"), "hr-officer", world.county)


@pytest.fixture
def opened(world: World, reader: Any) -> AuditEvent:
    trail.record(Event.FILE_OPENED, target=world.officer, by=reader, at=AT, purpose="investigation")
    return AuditEvent.objects.latest("sequence")


def page(world: World, address: str) -> str:
    answer = client_of(world.people["auditor"]).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_search_finds_by_every_part(world: World, opened: AuditEvent, reader: Any) -> None:
    rows = queries.visible_to(world.people["auditor"], on=AT.date())
    Search = queries.Search
    for search in (
        Search(event="file-opened"), Search(person="siri"), Search(person=reader.login), Search(office="kilifi"),
        Search(target=world.officer.ref), Search(target=world.officer.user.login), Search(first=AT.date(), last=AT.date()),
    ):  # fmt: skip
        assert opened in queries.found_by(rows, search), search
    for search in (
        Search(event="exported"), Search(person="somebody else"), Search(office="garissa"), Search(target="x"),
        Search(first=date(2026, 11, 21)), Search(last=date(2026, 11, 19)),
    ):  # fmt: skip
        assert opened not in queries.found_by(rows, search), search


def test_a_service_number_finds_all_about_its_owner_without_an_account_and_shows_no_content(world: World) -> None:
    officer = OfficerFactory(posted_to=world.station, surname="Siofichuki")
    posting = officer.postings.get()
    deed = BulkDeedFactory(by=world.people["hr-officer"])
    deed.lines.create(officer=officer, outcome="done")
    for target in (officer, posting, deed, world.officer):
        trail.record(Event.OFFICER_CHANGED, target=target, by=world.people["hr-officer"], at=AT)
    rows = queries.visible_to(world.people["auditor"], on=AT.date())
    found = queries.found_by(rows, queries.Search(target=f" {officer.service_number} "))
    assert {each.target_ref for each in found} == {officer.ref, posting.ref, deed.ref}
    shown = page(world, f"/audit/?target={officer.service_number}")
    assert officer.ref in shown
    assert "Siofichuki" not in shown
    assert not queries.found_by(rows, queries.Search(target="999999")).exists()
    assert AuditEvent.objects.filter(event="trail-searched").count() == 1


def test_deeds_and_things_stand_there_in_words(world: World, opened: AuditEvent) -> None:
    trail.record(Event.CHECKPOINT_EXPORTED, target="audit.checkpoint", by=None, at=AT)
    for address in ("/audit/", f"/audit/{opened.sequence}/"):
        shown = page(world, address)
        assert "File opened" in shown
        assert "Officer" in shown
        assert "personnel.officer" not in shown
    shown = page(world, "/audit/?event=checkpoint-exported")
    assert '<option value="checkpoint-exported" selected>Checkpoint exported</option>' in shown
    assert "audit.checkpoint" in shown  # a thing that is no table stands as it was written


def test_no_search_for_a_person_escapes_the_record(world: World) -> None:
    """Neither by asking for a page of it straight away, nor by naming two people; turning its pages adds nothing."""
    auditor, noted = client_of(world.people["auditor"]), AuditEvent.objects.filter(event="trail-searched")
    for address, count in (
        ("/audit/?person=asha&page=1", 1), ("/audit/?person=asha&page=2", 1), ("/audit/?person=juma&page=1", 2),
        ("/audit/?person=juma&target=100001&page=2", 4), ("/audit/?person=juma&target=100001", 6), ("/audit/?page=2", 6),
    ):  # fmt: skip
        auditor.get(address)
        assert noted.count() == count, address


def test_a_reader_is_not_named_until_an_auditor_says_why(world: World, opened: AuditEvent) -> None:
    address = f"/audit/{opened.sequence}/"
    assert "Siri Msomaji" not in page(world, "/audit/")
    assert "Siri Msomaji" not in page(world, address)
    auditor = client_of(world.people["auditor"])
    assert auditor.post(address + "name/", {}).status_code == 422
    assert auditor.post(address + "name/", {"reason": "The officer asked, letter 4/2026"}).status_code == 302
    assert "Siri Msomaji" in page(world, address)
    named = AuditEvent.objects.get(event="reader-named")
    assert (named.reason, named.by_ref) == ("The officer asked, letter 4/2026", world.people["auditor"].ref)
    other = appoint(UserFactory(), "auditor", world.service)
    assert b"Siri Msomaji" not in client_of(other).get(address).content  # each auditor says why


def test_looking_for_a_person_is_on_record_without_the_words(world: World) -> None:
    page(world, "/audit/?person=Asha+Mwende")
    row = AuditEvent.objects.get(event="trail-searched")
    assert "asha" not in row.details.lower()


def test_the_list_costs_the_same_whatever_its_length(
    world: World, opened: AuditEvent, django_assert_max_num_queries: Any
) -> None:
    for number in range(120):
        trail.record(Event.UNIT_CHANGED, target=f"unit{number}", by=UserFactory(), at=AT)
    client = client_of(world.people["auditor"])
    with django_assert_max_num_queries(10):
        assert client.get("/audit/").status_code == 200


def test_the_export_holds_no_names_and_is_on_record(world: World, opened: AuditEvent) -> None:
    answer = client_of(world.people["auditor"]).get("/audit/?event=file-opened&format=csv")
    content = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "investigation" in content
    assert "Siri" not in content
    assert AuditEvent.objects.filter(event="exported").exists()


class TestDelays:
    def ask(self, world: World, opened: AuditEvent, **fields: Any) -> DisclosureDelay:
        given = {"authority": "IAU/7/2026", "source": "NPS Act s.87", "until_on": date(2027, 2, 1), **fields}
        return actions.ask_delay(event=opened, by=world.people["auditor"], at=AT, **given)

    def test_two_auditors_bring_it_into_force(self, world: World, opened: AuditEvent) -> None:
        delay = self.ask(world, opened)
        with pytest.raises(NotAllowed, match="another auditor"):
            actions.approve_delay(delay=delay, by=world.people["auditor"], at=AT)
        second = appoint(UserFactory(), "auditor", world.service)
        actions.approve_delay(delay=delay, by=second, at=AT)
        delay.refresh_from_db()
        assert (delay.state, delay.approved_by_ref) == (DelayState.APPROVED, second.ref)
        assert queries.is_holding(delay, on=date(2027, 1, 31))
        assert not queries.is_holding(delay, on=date(2027, 2, 1))
        with pytest.raises(InvalidTransition):
            actions.refuse_delay(delay=delay, note="late", by=second, at=AT)

    def test_it_ends_on_a_later_day(self, world: World, opened: AuditEvent) -> None:
        with pytest.raises(RuleBroken, match="later day"):
            self.ask(world, opened, until_on=AT.date())

    @pytest.mark.parametrize("role", ["system-administrator", "inspector-general", "hr-officer"])
    def test_nobody_else_holds_anything_back(self, world: World, opened: AuditEvent, role: str) -> None:
        with pytest.raises(NotAllowed):
            actions.ask_delay(
                event=opened, authority="x", source="y", until_on=date(2027, 1, 1), by=world.people[role], at=AT
            )

    def test_an_auditor_ends_it_earlier(self, world: World, opened: AuditEvent) -> None:
        delay = self.ask(world, opened)
        second = appoint(UserFactory(), "auditor", world.service)
        actions.approve_delay(delay=delay, by=second, at=AT)
        actions.end_delay(delay=delay, note="closed", by=world.people["auditor"], at=AT)
        delay.refresh_from_db()
        assert not queries.is_holding(delay, on=AT.date())
        with pytest.raises(RuleBroken):
            actions.end_delay(delay=delay, note="again", by=second, at=AT)

    def test_the_pages_lead_through_it(self, world: World, opened: AuditEvent) -> None:
        day = {"delay-until_on": "2099-02-01"}
        words = {"delay-authority": "IAU/7", "delay-source": "NPS Act s.87"}
        first = client_of(world.people["auditor"])
        assert first.post(f"/audit/{opened.sequence}/delay/", {**words, **day}).status_code == 302
        ref = DisclosureDelay.objects.get().ref
        assert b"waits for another auditor" in first.get("/audit/delays/").content
        assert first.post(f"/audit/delays/{ref}/", {"deed": "approve"}).status_code == 403
        second = client_of(appoint(UserFactory(), "auditor", world.service))
        assert second.post(f"/audit/delays/{ref}/", {"deed": "approve"}).status_code == 302
        assert b"in force" in second.get("/audit/delays/").content
