"""The pages of advice, the queue and decisions, as their readers meet them."""

from __future__ import annotations

import difflib
import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from hcims.audit.models import AuditEvent
from personnel.models import DisciplineRecord
from tests.access.asking import Reader, comparable
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import establish
from tests.factories.personnel import OfficerFactory, SkillHeldFactory
from tests.factories.transfers import asked, offices, proposed
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World
from transfers.actions import decisions as actions
from transfers.models import SchoolTerm, TransferRequest

pytestmark = pytest.mark.django_db
WHY = "The station keeps enough constables, and the ground was checked."
CHAIN = ("station-commander", "subcounty-commander", "county-commander", "regional-commander")


@pytest.fixture(autouse=True)
def holidays() -> None:
    """Pages are read on the day of the test, which may lie in a term."""
    SchoolTerm.objects.all().delete()


def now() -> dict[str, Any]:
    return {"on": timezone.localdate(), "at": timezone.now()}


def waiting(world: World, officer: Any, people: dict[str, User], *, for_decision: bool = True) -> TransferRequest:
    request = asked(officer, world.other_station, **now())
    for role in CHAIN if for_decision else ():
        request = actions.advise(request, verdict="support", reasons=WHY, by=people[role], **now())
    return request


def decision(world: World, **more: str) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=30)
    return {
        "outcome": "approve", "reason_code": "own-request", "reasons": WHY, "place": world.other_station.code, "duty": "1",
        "post_rank": str(world.officer.rank_id), "report_by": day.isoformat(),
        **more,
    }  # fmt: skip


def test_a_commander_advises_on_a_phone_and_the_next_one_is_asked(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people, for_decision=False)
    client = client_of(people["station-commander"])
    assert world.officer.full_name in client.get("/transfers/advice/").content.decode()
    page = client.get(f"/transfers/advice/{request.ref}/").content.decode()
    assert "personal ground, not yet checked" in page
    assert "Spouse" not in page
    answer = client.post(f"/transfers/advice/{request.ref}/", {"verdict": "oppose", "reasons": ""})
    assert answer.status_code == 422
    answer = client.post(f"/transfers/advice/{request.ref}/", {"verdict": "oppose", "reasons": WHY})
    assert answer.status_code == 302
    request.refresh_from_db()
    assert request.waits_at == world.subcounty
    assert "does not support it" in client.get(f"/transfers/queue/{request.ref}/").content.decode()


def test_the_queue_says_where_it_is_stuck_and_what_it_does_to_both_units(world: World) -> None:
    people = offices(world)
    establish(world.station, {"PC": 5, "PC/driving-b": 1})
    establish(world.other_station, {"PC": 1})
    held = SkillHeldFactory(officer=world.officer, state="verified")
    held.skill = type(held.skill).objects.get(code="driving-b")
    held.save()
    request = waiting(world, world.officer, people, for_decision=False)
    TransferRequest.objects.filter(pk=request.pk).update(waits_since=timezone.now() - timedelta(days=20))
    page = client_of(people["hr-officer"]).get("/transfers/queue/?show=stuck").content.decode()
    assert "20 days, stuck" in page
    assert people["station-commander"].full_name in page
    assert "1 → 0 of 6" in page
    assert "1 → 2 of 1" in page
    assert f"−{held.skill}" in page


def test_the_counts_on_the_tabs_are_the_lengths_of_their_lists(world: World) -> None:
    people = offices(world)
    waiting(world, world.officer, people)
    for _ in range(2):
        waiting(world, OfficerFactory(posted_to=world.station, user=UserFactory()), people, for_decision=False)
    page = client_of(people["hr-officer"]).get("/transfers/queue/")
    for tab in page.context["tabs"]:
        shown = client_of(people["hr-officer"]).get(f"/transfers/queue/{tab.url}")
        assert shown.context["total"] == tab.count, tab.label


def test_a_page_of_the_queue_costs_the_same_for_one_row_and_for_many(world: World) -> None:
    people = offices(world)
    establish(world.other_station, {"PC": 9})
    client = client_of(people["hr-officer"])
    waiting(world, world.officer, people)
    statements_of(client, "/transfers/queue/")
    one = len(statements_of(client, "/transfers/queue/"))
    for _ in range(6):
        waiting(world, OfficerFactory(posted_to=world.station, user=UserFactory()), people, for_decision=False)
    assert len(statements_of(client, "/transfers/queue/")) == one


def test_the_authority_decides_and_takes_it_back(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    client = client_of(people["deputy-inspector-general"])
    assert client.get(f"/transfers/queue/{request.ref}/decide/").status_code == 200
    answer = client.post(f"/transfers/queue/{request.ref}/decide/", decision(world))
    assert answer.status_code == 302, answer.content.decode()
    request.refresh_from_db()
    assert (request.state, request.to_unit) == ("approved", world.other_station)
    client.post(f"/transfers/queue/{request.ref}/undo/")
    request.refresh_from_db()
    assert request.state == "decision"


def test_a_stop_met_by_the_choice_is_kept_and_can_be_lifted(world: World) -> None:
    people = offices(world)
    establish(world.other_station, {"CPL": 1})
    request = waiting(world, world.officer, people)
    client = client_of(people["deputy-inspector-general"])
    answer = client.post(f"/transfers/queue/{request.ref}/decide/", decision(world))
    assert answer.status_code == 422
    stop = request.stops.get(code="over-strength")
    assert client_of(people["inspector-general"]).get(f"/transfers/stops/{stop.ref}/lift/").status_code == 200
    lifting = {"reason": "Two houses come free in December."}
    assert client_of(people["inspector-general"]).post(f"/transfers/stops/{stop.ref}/lift/", lifting).status_code == 302
    page = client_of(people["hr-officer"]).get("/transfers/stops/").content.decode()
    assert "Two houses come free" in page
    assert client.post(f"/transfers/queue/{request.ref}/decide/", decision(world)).status_code == 302


def test_the_desk_types_a_decision_and_the_page_says_who_did_which(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    client = client_of(people["hr-officer"])
    typed = decision(world, holder=people["deputy-inspector-general"].ref, paper="Minute DIG/4")
    assert client.post(f"/transfers/queue/{request.ref}/decide/", {**typed, "paper": ""}).status_code == 422
    assert client.post(f"/transfers/queue/{request.ref}/decide/", typed).status_code == 302
    page = client.get(f"/transfers/queue/{request.ref}/").content.decode()
    for words in ("Decided by", people["deputy-inspector-general"].full_name, "Typed by", "Minute DIG/4"):
        assert words in page


def test_many_are_shown_before_they_are_decided_and_can_be_taken_back(world: World) -> None:
    people = offices(world)
    establish(world.other_station, {"PC": 3})  # one is held: two free posts for three officers
    officers = [OfficerFactory(posted_to=world.station, user=UserFactory()) for _ in range(4)]
    DisciplineRecord.objects.create(
        officer=officers[3], charge="x", opened_on="2026-01-05", source="y", entered_by=people["hr-officer"]
    )
    requests = [waiting(world, each, people) for each in officers]
    client = client_of(people["deputy-inspector-general"])
    refs = {"refs": [each.ref for each in requests]}
    assert client.post("/transfers/queue/decide/", refs).status_code == 200
    day = timezone.localdate() + timedelta(days=30)
    asked_for = {
        **refs, "outcome": "approve", "reason_code": "own-request", "reasons": WHY, "report_by_day": str(day.day),
        "report_by_month": str(day.month), "report_by_year": str(day.year),
    }  # fmt: skip
    page = client.post("/transfers/queue/decide/", asked_for)
    words = page.content.decode()
    assert "Approve 2 of 4?" in words
    assert "A discipline case is open" in words
    assert "none of the places asked for has a free post" in words
    assert not TransferRequest.objects.filter(state="approved").exists()
    done = client.post("/transfers/queue/decide/", kept_in(page))
    assert done.status_code == 302
    assert TransferRequest.objects.filter(state="approved").count() == 2
    assert client.get(done["Location"]).content.decode().count("approved, to be published") == 2
    assert client.post(done["Location"]).status_code == 302
    assert not TransferRequest.objects.filter(state="approved").exists()
    names = set(AuditEvent.objects.values_list("event", flat=True))
    assert {"transfer-decided", "transfer-decision-undone"} <= names


def kept_in(page: Any) -> dict[str, list[str]]:
    """What the page's own form would send."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()):
        fields.setdefault(name, []).append(html.unescape(value))
    return fields


def test_a_preview_that_is_out_of_date_is_shown_again(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    client = client_of(people["deputy-inspector-general"])
    asked_for = {"refs": [request.ref], **decision(world)}
    mark = client.post("/transfers/queue/decide/", asked_for).context["mark"]
    establish(world.other_station, {"CPL": 1})  # no free post any more
    again = client.post("/transfers/queue/decide/", {**asked_for, "checked": mark})
    assert "Something changed since you looked" in again.content.decode()
    request.refresh_from_db()
    assert request.state == "decision"


def test_an_oral_direction_is_recorded_with_dissent_and_its_paper_attached(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    client = client_of(people["hr-officer"])
    told = {
        "directed_by": "A senior officer", "directed_on": timezone.localdate().isoformat(),
        "is_oral": "yes", "what": "Approve it today.", "dissent": "The station falls short.",
    }  # fmt: skip
    assert client.post(f"/transfers/queue/{request.ref}/direct/", told).status_code == 302
    page = client.get(f"/transfers/queue/{request.ref}/").content.decode()
    assert "by word of mouth: paper missing" in page
    assert "The station falls short." in page
    direction = request.directions.get()
    assert client.post(f"/transfers/directions/{direction.ref}/paper/", {"reference": "Signal 12"}).status_code == 302
    assert not request.stops.filter(gone_at__isnull=True).exists()


def test_an_emergency_waits_on_the_reviewers_page(world: World) -> None:
    people = offices(world)
    request = proposed(world.officer, world.other_station, by=people["county-commander"], kind="emergency", **now())
    posted = decision(world, reason_code="urgent-safety")
    client_of(people["deputy-inspector-general"]).post(f"/transfers/queue/{request.ref}/decide/", posted)
    reviewer = client_of(people["npsc-commissioner"])
    assert world.officer.service_number in reviewer.get("/transfers/queue/?show=review").content.decode()
    found = {"upheld": "yes", "outcome": "The threat was shown by two reports."}
    assert reviewer.post(f"/transfers/queue/{request.ref}/review/", found).status_code == 302
    request.refresh_from_db()
    assert request.review_upheld is True


def test_the_readers_of_personal_grounds_are_in_the_officers_own_list(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    openings = AuditEvent.objects.filter(event="file-opened", target_ref=world.officer.ref)
    client_of(people["county-commander"]).get(f"/transfers/queue/{request.ref}/")
    assert not openings.exists()
    client_of(people["hr-officer"]).get(f"/transfers/queue/{request.ref}/")
    assert openings.get().by_ref == people["hr-officer"].ref


PAGES = ("/transfers/queue/", "/transfers/advice/", "/transfers/stops/", "/", "/officers/", "/notices/", "/audit/")


def test_nobody_can_tell_that_a_protected_request_is_there(world: World) -> None:
    """Lists, counts, the officer's file, the trail, notices: the same bytes with it and without it."""
    people = offices(world)
    asked(OfficerFactory(posted_to=world.station, user=UserFactory()), world.other_station, **now())
    file = f"/officers/{world.officer.service_number}/"
    watchers = [role for role in people if role != "protection-authority"]
    before = {(role, page): seen(people[role], page) for role in watchers for page in (*PAGES, file)}
    request = asked(world.officer, world.other_station, grounds=["harassment"], **now())
    for (role, page), answer in before.items():
        if page == "/audit/" and role == "auditor":
            continue  # rows were added; what they say is looked at below
        assert not difference(answer, seen(people[role], page)), (role, page)
    auditor = client_of(people["auditor"])
    user = world.officer.user
    assert user is not None
    for words in (user.login, user.full_name, world.officer.ref, request.ref, people["protection-authority"].login):
        for search in ({"person": words}, {"target": words}):
            rows = auditor.get("/audit/", search).context["page"].object_list
            assert {row.event for row in rows} <= {"trail-searched"}, words


def difference(before: Any, after: Any) -> list[str]:
    """The lines in which two answers differ."""
    if before == after:
        return []
    lines = difflib.ndiff(before[1].decode().splitlines(), after[1].decode().splitlines())
    return [f"{before[0]} {after[0]}", *(line for line in lines if line[0] in "+-")]


def seen(user: User, page: str) -> tuple[int, bytes, str]:
    with_no_trace = Reader(user)
    return comparable(with_no_trace.ask("GET", page), page)


def test_a_protected_request_and_its_papers_are_absent_for_everyone_else(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station, grounds=["harassment"], **now())
    named = request.grounds.get()
    places = [f"/transfers/queue/{{}}/{deed}" for deed in ("", "decide/", "direct/", "pass-over/", "undo/", "review/")]
    for role, user in people.items():
        reader = Reader(user)
        for place in places:
            for method in ("GET", "POST"):
                unseen, absent = place.format(request.ref), place.format("zzzzzzzzzzzz")
                if role == "protection-authority":
                    continue
                assert reader.traces(method, unseen) == reader.traces(method, absent), (role, unseen)
        paper = reader.traces("GET", f"/transfers/grounds/{named.ref}/evidence/")
        assert role == "protection-authority" or paper == reader.traces(
            "GET", "/transfers/grounds/zzzzzzzzzzzz/evidence/"
        )


def test_the_protection_authority_decides_with_a_neutral_reason(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station, grounds=["harassment"], **now())
    client = client_of(people["protection-authority"])
    assert world.officer.service_number in client.get("/transfers/protected/").content.decode()
    assert "Harassment" in client.get(f"/transfers/queue/{request.ref}/").content.decode()
    assert client.post(f"/transfers/queue/{request.ref}/decide/", decision(world)).status_code == 422
    posted = decision(world, reason_code="posted")
    assert client.post(f"/transfers/queue/{request.ref}/decide/", posted).status_code == 302
    request.refresh_from_db()
    assert request.state == "approved"


def test_the_protection_authority_does_not_see_the_queue_of_the_line(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    client = client_of(people["protection-authority"])
    assert client.get("/transfers/queue/").status_code == 404
    assert client.get(f"/transfers/queue/{request.ref}/").status_code == 404


def test_an_officer_of_the_desk_does_not_process_a_request_of_his_own(world: World) -> None:
    people = offices(world)
    assert world.officer.user is not None
    appoint(world.officer.user, "hr-officer", world.county)
    request = waiting(world, world.officer, people, for_decision=False)
    client = client_of(world.officer.user)
    assert world.officer.service_number not in client.get("/transfers/queue/").content.decode()
    page = client.get(f"/transfers/queue/{request.ref}/")
    assert page.status_code == 200
    assert not any(vars(page.context["case"].deeds).values())


ENGLISH = (
    "Advice on",
    "Serves at",
    "support",
    "Your ",
    "Family",
    "waiting",
    "Grounds",
    "Send ",
    "personal ground",
    "month",
)


def test_the_pages_of_advice_speak_kiswahili(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people, for_decision=False)
    client = client_of(people["station-commander"])
    client.cookies["django_language"] = "sw"
    for page in ("/transfers/advice/", f"/transfers/advice/{request.ref}/"):
        words = re.sub(r"<[^>]+>", " ", client.get(page).content.decode().split("<main", 1)[1])
        assert not [each for each in ENGLISH if each in words], words


def test_the_start_page_counts_what_waits_for_the_pen(world: World) -> None:
    people = offices(world)
    waiting(world, world.officer, people)
    waiting(world, OfficerFactory(posted_to=world.station, user=UserFactory()), people, for_decision=False)
    for role, title in (
        ("deputy-inspector-general", "Transfers to decide"),
        ("station-commander", "Transfers to advise on"),
    ):
        found = [each for each in client_of(people[role]).get("/").context["queues"] if each.title == title]
        assert [each.count for each in found] == [1], role


def test_a_stop_whose_time_has_run_out_does_not_contradict_the_page(world: World) -> None:
    people = offices(world)
    request = waiting(world, world.officer, people)
    said = "10 of at least 12 months at the station."
    request.stops.create(
        code="too-soon", message=said, source="SSO 72", lifted_by_role="a second authority", raised_at=timezone.now()
    )
    page = client_of(people["hr-officer"]).get(f"/transfers/queue/{request.ref}/").content.decode()
    assert "Its cause is gone" in page
    assert said in page  # as what was so when it was last looked at
