"""Pages of rule books and rounds: who reads what, what the forms do, and what an officer is told of his own place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hcims import clock
from hcims.audit.models import AuditEvent
from hcims.jobs import runner
from hcims.jobs.models import Job
from tests.factories.accounts import sign_in
from tests.factories.rounds import CALENDAR, at, book_of, pooled, prepared, round_at, staffed
from tests.factories.transfers import ground
from tests.world import World
from transfers import canonical
from transfers.actions import publishing_rounds
from transfers.models import RequestGround, Round, RuleBook

pytestmark = pytest.mark.django_db
ROUND = "/transfers/rounds/2026-q4/"


def reader(world: World, role: str) -> Client:
    return sign_in(Client(), world.people[role])


def officer(world: World) -> Client:
    return sign_in(Client(), world.officer.user)  # type: ignore[arg-type]


def text(client: Client, url: str, **more: Any) -> str:
    answer = client.get(url, **more)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


@contextmanager
def day(year: int, month: int, number: int) -> Iterator[None]:
    """The clock shows noon of that day."""
    moment = at(date(year, month, number))
    with (
        mock.patch.object(clock, "now", return_value=moment["at"]),
        mock.patch.object(clock, "today", return_value=moment["on"]),
    ):
        yield


def published(world: World) -> Round:
    staffed(world)
    found = round_at(world, "accepted")
    publishing_rounds.publish_round(
        round=found, by=world.people["inspector-general"], **at(CALENDAR.draw_on + timedelta(days=1))
    )
    return found


def test_every_officer_reads_rules_and_rounds_but_not_what_is_being_prepared(world: World) -> None:
    found = prepared(world)
    draft = book_of(world, published=False, code="other")
    assert found.title not in text(officer(world), "/transfers/rounds/")
    assert officer(world).get(ROUND).status_code == 404
    assert officer(world).get(f"/transfers/rule-books/{draft.ref}/").status_code == 404
    assert found.title in text(reader(world, "hr-officer"), "/transfers/rounds/")
    round_at(world, "announced", found)
    assert found.title in text(officer(world), "/transfers/rounds/")
    book = text(officer(world), f"/transfers/rule-books/{found.rule_book.ref}/")
    assert "60 % of the strength remains" in book
    assert "Namu v NPSC [2023] KEELRC 1231" in book
    assert found.rule_book.sha256 in book
    file = officer(world).get(f"/transfers/rule-books/{found.rule_book.ref}/file/").content
    assert hashlib.sha256(file).hexdigest() == found.rule_book.sha256


def test_two_versions_are_laid_side_by_side(world: World) -> None:
    book_of(world)
    second = book_of(world, exchange_days=0)
    page = text(officer(world), f"/transfers/rule-books/{second.ref}/compare/")
    assert "Days for exchanges" in page
    assert "Mechanism for comparison" not in page


def form_of(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send of the editor as it is shown."""
    page = client.get(url).context
    sent: dict[str, Any] = {}
    for form in [page["form"], *(row for _name, table in page["tables"] for row in [table.management_form, *table])]:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = value
    return sent


def test_the_editor_keeps_what_it_shows_and_says_what_is_wrong(world: World) -> None:
    client = reader(world, "hr-officer")
    facts = {"code": "ordinary", "title": "Ordinary", "legal_basis": "LN 89/2015", "issuing_authority": "Commission",
             "signatories": "Chairperson\nSecretary"}  # fmt: skip
    sent = {**form_of(client, "/transfers/rule-books/new/"), **facts}
    wrong = client.post("/transfers/rule-books/new/", {**sent, "minimum_months": "40"})
    assert wrong.status_code == 422
    assert "not below the longest" in wrong.content.decode()
    wrong = client.post("/transfers/rule-books/new/", {**sent, "points-0-fact": "performance"})
    assert wrong.status_code == 422
    for said in (
        "points for performance",
        "no appraisal of officers is kept",
        "Take the line away",
    ):  # what, and how to mend
        assert said in wrong.content.decode()
    assert not RuleBook.objects.exists()
    answer = client.post("/transfers/rule-books/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    book = RuleBook.objects.get()
    assert book.signatories == ["Chairperson", "Secretary"]
    assert [each["code"] for each in book.content["points"]][:2] == ["tenure", "hardship"]
    assert canonical.dumps(book.content)
    signer = reader(world, "inspector-general")
    assert "Performance gives no points." in text(signer, f"/transfers/rule-books/{book.ref}/")
    assert signer.post(f"/transfers/rule-books/{book.ref}/publish/").status_code == 302
    book.refresh_from_db()
    assert book.state == "published"
    after = form_of(client, f"/transfers/rule-books/{book.ref}/next/")
    assert client.post(f"/transfers/rule-books/{book.ref}/next/", {**after, "why_changed": "x"}).status_code == 302


def test_trying_a_floor_says_where_it_lets_nobody_leave_and_keeps_nothing(world: World) -> None:
    staffed(world)
    client = reader(world, "hr-officer")
    sent = form_of(client, "/transfers/rule-books/new/")
    sent |= {"code": "x", "title": "x", "legal_basis": "x", "issuing_authority": "x", "signatories": "x", "try": "1",
             "floors-0-percent": "90"}  # fmt: skip
    page = client.post("/transfers/rule-books/new/", sent).content.decode()
    assert "is a trap" in page
    assert "37,999 of 39,147" in page
    assert not RuleBook.objects.exists()


def test_a_round_goes_from_press_to_press(world: World) -> None:
    staffed(world)
    found = prepared(world)
    hr, ig = reader(world, "hr-officer"), reader(world, "inspector-general")
    with day(2026, 11, 3):
        assert "10 November 2026, not before" not in text(hr, ROUND)
        assert ig.post(f"{ROUND}announce/").status_code == 302
        assert "10 November 2026, not before" in text(hr, ROUND)
        hr.post(f"{ROUND}commit/", {"body": "Commission", "sha256": hashlib.sha256(b"7d1f").hexdigest()})
        hr.post(f"{ROUND}commit/", {"body": "Union", "sha256": hashlib.sha256(b"a09c").hexdigest()})
    with day(2026, 11, 10):
        hr.post(f"{ROUND}open/")
        pooled(world.officer, found, world.other_station)
    with day(2026, 11, 20):
        hr.post(f"{ROUND}close/")
    with day(2026, 11, 25):
        hr.post(f"{ROUND}freeze/")
        assert "Facts can be corrected until the end of 25 November 2026" in text(hr, ROUND)
    with day(2026, 11, 26):
        hr.post(f"{ROUND}freeze/")
        hr.post(f"{ROUND}freeze/")  # a second press asks for nothing more
        assert runner.run_waiting() == 1
        page = text(hr, ROUND)
    found.refresh_from_db()
    assert found.state == "frozen"
    assert "Everyone who must move can be placed" in page
    with day(2026, 12, 1):
        wrong = hr.post(f"{ROUND}reveal/", {"body": "Union", "nonce": "7d1f"})
        assert "not the number" in wrong.content.decode()
        hr.post(f"{ROUND}reveal/", {"body": "Union", "nonce": "a09c"})
        hr.post(f"{ROUND}draw/", {"public_result": "04 11 19"})
        hr.post(f"{ROUND}compute/")
        runner.run_waiting()
        page = text(officer(world), ROUND)
    found.refresh_from_db()
    assert found.state == "solved"
    assert "openssl dgst -sha256" in page
    assert "To their first choice" not in page  # before the board has accepted it nobody else sees the result
    round_at(world, "accepted", found)
    with day(2026, 12, 2):
        preview = text(ig, f"{ROUND}publish/")
        assert "Sign and publish 2 orders" in preview or "Sign and publish 1 order" in preview
        answer = ig.post(f"{ROUND}publish/", {"report_by": "2027-01-15"})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        assert runner.run_waiting() == 1
        found.refresh_from_db()
        assert found.state == "published", Job.objects.latest("pk").error
        assert "To their first choice" in text(officer(world), ROUND)


def test_nothing_of_a_round_is_public_before_it_is_published(world: World) -> None:
    round_at(world, "open", prepared(world))
    assert Client().get(f"{ROUND}public/").status_code == 404
    assert Client().get(f"{ROUND}certificate/").status_code == 404
    assert officer(world).get(f"{ROUND}leaf/").status_code == 404


def test_after_publication_anyone_gets_the_public_file_and_only_oversight_the_sealed_one(world: World) -> None:
    published(world)
    page = text(Client(), f"{ROUND}public/")
    assert world.officer.surname not in page
    assert world.officer.full_name not in page
    assert "Kilifi" in page
    assert Client().get(f"{ROUND}certificate/").content.startswith(b"{")
    assert Client().get(f"{ROUND}sealed/").status_code == 302
    assert officer(world).get(f"{ROUND}sealed/").status_code == 404
    assert reader(world, "hr-officer").get(f"{ROUND}sealed/").status_code == 404
    assert reader(world, "auditor").get(f"{ROUND}sealed/").status_code == 200
    assert AuditEvent.objects.filter(event="exported").exists()


def test_each_officer_gets_his_own_lines_and_nobody_elses(world: World) -> None:
    found = published(world)
    mine = found.participations.get(officer=world.officer)
    answer = officer(world).get(f"{ROUND}leaf/")
    assert mine.pseudonym.encode() in answer.content
    assert found.participations.get(officer=world.other_officer).pseudonym.encode() not in answer.content
    assert reader(world, "hr-officer").get(f"{ROUND}leaf/").status_code == 404


def test_too_many_downloads_from_one_address_are_slowed_down(world: World) -> None:
    published(world)
    codes = [Client().get(f"{ROUND}certificate/").status_code for _ in range(31)]
    assert codes[-1] == 429
    assert codes[0] == 200


def test_an_officer_sees_his_points_before_the_freeze_and_how_to_mend_a_fact(world: World) -> None:
    staffed(world)
    found = round_at(world, "open")
    request = found.requests.get()
    RequestGround.objects.create(request=request, ground=ground("spouse"))
    with day(2026, 11, 12):
        page = text(officer(world), f"{ROUND}mine/")
    assert "You are due to move" in page
    assert "600" in page
    assert "not yet checked against papers" in page
    assert "/me/correction/?about=posting" in page
    assert "Nyali Police Station" in page
    with day(2026, 11, 26):
        assert "/me/correction/?about=posting" not in text(officer(world), f"{ROUND}mine/")


def test_points_before_the_freeze_are_those_that_are_frozen(world: World) -> None:
    from transfers.queries.my_round import standing_of

    staffed(world)
    found = round_at(world, "claims")
    standing = standing_of(world.officer, found, on=CALENDAR.claims_until + timedelta(days=1))
    round_at(world, "frozen", found)
    mine = found.participations.get(officer=world.officer)
    assert [(each.rule.code, each.points) for each in standing.items if each.points] == [
        (each["code"], each["points"]) for each in mine.items
    ]
    assert (standing.due, standing.places[0].points) == (mine.standing == "due", mine.points)


def test_who_was_left_out_reads_why(world: World) -> None:
    newcomer = staffed(world)[0]
    found = round_at(world, "open")
    pooled(newcomer, found, world.other_station)
    round_at(world, "frozen", found)
    page = text(sign_in(Client(), newcomer.user), f"{ROUND}mine/")  # type: ignore[arg-type]
    assert "less than the minimum" in page


def test_after_publication_the_officer_reads_where_to(world: World) -> None:
    published(world)
    page = text(officer(world), f"{ROUND}mine/")
    assert "You go to Nyali Police Station" in page


def test_seats_are_shown_by_county_and_the_table_names_each_wrong_line(world: World) -> None:
    staffed(world)
    found = prepared(world, book_of(world, seats="seat-table"))
    client, url = reader(world, "hr-officer"), f"{ROUND}seats/"
    assert "Kilifi County" in text(client, url)
    wrong = client.post(url, {"source": "Table 4", "table": "PS-BAMBA;PC;;12\nPS-NOWHERE;PC;;3\nPS-NYALI;PC;;many"})
    page = wrong.content.decode()
    assert "Line 2" in page
    assert "Line 3" in page
    assert found.seat_lines.count() == 0
    file = SimpleUploadedFile("seats.csv", b"unit,rank,skill,seats\nPS-BAMBA,PC,,12\nPS-NYALI,PC,,4\n")
    assert client.post(url, {"source": "Table 4", "file": file}).status_code == 302
    assert sorted(found.seat_lines.values_list("seats", flat=True)) == [4, 12]
    round_at(world, "open", found)
    assert client.post(url, {"source": "x", "table": "PS-BAMBA;PC;;2"}).status_code == 422


def test_a_round_whose_seats_are_the_working_strength_takes_no_table(world: World) -> None:
    prepared(world)
    answer = reader(world, "hr-officer").post(f"{ROUND}seats/", {"source": "x", "table": "PS-BAMBA;PC;;2"})
    assert answer.status_code == 422
    assert "knows no seat table" in answer.content.decode()
