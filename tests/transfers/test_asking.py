"""Asking for a transfer on a phone: places in order, reasons with papers, the family, what the rules say; and who sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hcims.errors import NotAllowed, NotFound, RuleBroken
from hcims.letters.models import Letter
from hcims.notify.models import PersonalNotice
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, asked, drafted, ground, offices, proposed
from tests.world import World
from transfers import ordering
from transfers.actions import exchange as exchanges
from transfers.actions import requests as actions
from transfers.actions.grounds import check_ground, hand_in
from transfers.models import RequestState, TransferRequest
from transfers.queries import own
from transfers.queries.grounds import access_to_check
from transfers.queries.what_rules_say import said_of
from transfers.said import Partner

pytestmark = pytest.mark.django_db
STAMP: dict[str, Any] = {"on": ON, "at": AT}


def reading(client: Client, user: Any) -> Client:
    return sign_in(client, user)


@pytest.mark.parametrize(
    ("deed", "after"),
    [
        ("add:D", ["A", "B", "C", "D"]), ("add:B", ["A", "B", "C"]), ("up:C", ["A", "C", "B"]), ("up:A", ["A", "B", "C"]),
        ("down:A", ["B", "A", "C"]), ("down:C", ["A", "B", "C"]), ("first:C", ["C", "A", "B"]), ("remove:B", ["A", "C"]),
        ("remove:X", ["A", "B", "C"]), ("nonsense", ["A", "B", "C"]), ("add:", ["A", "B", "C"]),
    ],
)  # fmt: skip
def test_the_list_of_places_changes_one_step_at_a_time(deed: str, after: list[str]) -> None:
    assert [code for code, _any in ordering.changed([("A", False), ("B", True), ("C", False)], deed)] == after


def test_an_officer_asks_page_by_page_without_a_script(client: Client, world: World) -> None:
    reading(client, world.officer.user)
    client.post("/transfers/ask/", {"what": "request"})
    request = TransferRequest.objects.get()
    here = f"/transfers/{request.ref}"
    assert b"Nyali" in client.get(f"{here}/places/?q=nyal").content
    for deed in ("add:PS-NYALI", "any:SC-GANZE", "up:SC-GANZE"):
        client.post(f"{here}/places/", {"do": deed})
    assert [(each.unit.code, each.any_below) for each in request.places.all()] == [
        ("SC-GANZE", True),
        ("PS-NYALI", False),
    ]
    client.post(f"{here}/reasons/", {"do": "add", "ground": "spouse", "detail": "She teaches at Nyali"})
    client.post(f"{here}/reasons/", {"do": "say", "statement": "Please"})
    yes_no = {name: "no" for name in ("exam_this_year", "dependant_with_disability", "spouse_at_work")}
    client.post(f"{here}/family/", {"children_at_school": "yes", **yes_no})
    page = client.get(f"{here}/check/").content.decode()
    assert "No round has been published yet" in page
    assert "No paper is attached" in page
    assert "LN 89/2015" in page
    client.post(f"{here}/check/")
    request.refresh_from_db()
    assert (request.state, request.statement, request.family_impact.children_at_school) == ("advice", "Please", True)
    assert "The pen is with" in client.get(here + "/").content.decode()


def test_an_area_is_never_asked_for_as_if_it_were_a_station(client: Client, world: World) -> None:
    request = drafted(world.officer)
    reading(client, world.officer.user).post(f"/transfers/{request.ref}/places/", {"do": "add:C-MOMBASA"})
    client.post(f"/transfers/{request.ref}/places/", {"do": "any:R-COAST"})
    assert not request.places.exists()


def test_places_are_walked_down_from_a_county(client: Client, world: World) -> None:
    request = drafted(world.officer)
    page = reading(client, world.officer.user).get(f"/transfers/{request.ref}/places/?in=C-KILIFI").content.decode()
    assert "any:SC-GANZE" in page
    assert "Mombasa" not in page
    assert "any:C-MOMBASA" in client.get(f"/transfers/{request.ref}/places/?in=-").content.decode()


def test_evidence_is_kept_and_stays_when_something_else_changes(client: Client, world: World) -> None:
    request = drafted(world.officer, world.other_station, grounds=())
    paper = SimpleUploadedFile("card.pdf", b"%PDF-1.7 x")
    reading(client, world.officer.user).post(
        f"/transfers/{request.ref}/reasons/", {"do": "add", "ground": "schooling", "evidence": paper}
    )
    client.post(f"/transfers/{request.ref}/reasons/", {"do": "add", "ground": "skill"})
    assert {each.ground.code: bool(each.evidence) for each in request.grounds.all()} == {
        "schooling": True,
        "skill": False,
    }
    client.post(f"/transfers/{request.ref}/reasons/", {"do": "remove:schooling"})
    assert [each.ground.code for each in request.grounds.all()] == ["skill"]


def test_nobody_else_opens_the_pages_of_a_request(client: Client, world: World) -> None:
    people = offices(world)
    draft, sent = drafted(world.officer, world.other_station), asked(world.officer, world.ward, kind="compassionate")
    for user in (world.other_officer.user, people["station-commander"], people["hr-officer"]):
        reading(client, user)
        for page in ("places/", "reasons/", "family/", "check/"):
            assert client.get(f"/transfers/{draft.ref}/{page}").status_code == 404, (page, user)
        for page in ("", "withdraw/", "answer/"):
            assert client.get(f"/transfers/{sent.ref}/{page}").status_code == 404, (page, user)


def test_the_rules_speak_of_the_home_county_the_time_and_the_way(world: World) -> None:
    world.officer.home_county = world.other_station.county
    world.officer.save()
    request = drafted(world.officer, world.other_station)
    said = said_of(request, on=ON)
    assert said[0].tone == "bad"
    assert "home county" in said[0].text
    assert "Nyali" in said[0].text
    texts = " ".join(each.text for each in said)
    assert "no transfer allowance" in texts
    assert "It goes to" in texts
    assert all(each.source for each in said)


def test_a_request_says_who_has_it_what_holds_it_and_since_when(world: World) -> None:
    request = asked(world.officer, world.other_station)
    (standing,) = own.own_transfers(world.officer.user, on=ON)
    assert (standing.request, standing.days) == (request, 0)
    assert standing.office
    assert own.own_transfers(world.other_officer.user, on=ON) == []


def test_what_is_approved_is_not_read_before_it_is_published(world: World) -> None:
    request = asked(world.officer, world.other_station)
    request.state, request.decided_by, request.decided_at = "approved", world.people["hr-officer"], AT
    assert own.decision_of(request) is None
    request.state, request.typed_by, request.decision_paper = "refused", world.officer.user, "Minute 4"
    decision = own.decision_of(request)
    assert decision is not None
    assert "HR officer" in decision.by
    assert decision.typed
    assert decision.paper == "Minute 4"


# On paper ------------------------------------------------------------------------------------------------------------------


def test_a_paper_request_ends_with_a_numbered_receipt(client: Client, world: World) -> None:
    reading(client, world.people["hr-officer"]).post(
        "/transfers/paper/", {"number": world.officer.service_number, "kind": "request"}
    )
    request = TransferRequest.objects.get()
    assert own.own_transfers(world.officer.user, on=ON) == []
    client.post(f"/transfers/{request.ref}/places/", {"do": "add:PS-NYALI"})
    answer = client.post(f"/transfers/{request.ref}/check/")
    letter = Letter.objects.get()
    assert answer["Location"] == f"/transfers/paper/{request.ref}/"
    request.refresh_from_db()
    assert (request.state, request.receipt_number, letter.recipient) == ("advice", letter.number, world.officer.user)
    assert letter.number in client.get(answer["Location"]).content.decode()
    assert client.get(answer["Location"] + "file/").content.startswith(b"%PDF")
    page = reading(client, world.officer.user).get(f"/transfers/{request.ref}/").content.decode()
    assert letter.number in page


def test_only_the_desk_that_typed_a_paper_hands_it_in(world: World) -> None:
    request = drafted(world.officer, world.other_station, by=world.people["hr-officer"])
    with pytest.raises(NotAllowed):
        hand_in(request, by=world.officer.user, **STAMP)


def test_a_desk_types_for_nobody_outside_its_area_and_finds_no_protected_ground(client: Client, world: World) -> None:
    reading(client, world.people["hr-officer"])
    answer = client.post("/transfers/paper/", {"number": "999999", "kind": "request"})
    assert answer.status_code == 422
    assert b"Nobody with this number" in answer.content
    request = drafted(world.officer, world.other_station, grounds=(), by=world.people["hr-officer"])
    page = client.get(f"/transfers/{request.ref}/reasons/").content.decode()
    assert "spouse" in page
    assert "harassment" not in page
    client.post(f"/transfers/{request.ref}/reasons/", {"do": "add", "ground": "harassment"})
    assert not request.grounds.exists()


# Grounds -------------------------------------------------------------------------------------------------------------------


def test_the_desk_checks_a_ground_with_a_note_and_the_officer_is_told(client: Client, world: World) -> None:
    request = asked(world.officer, world.other_station)
    named = request.grounds.get()
    desk = world.people["hr-officer"]
    with pytest.raises(RuleBroken, match="which paper"):
        check_ground(named, accepted=True, note="ok", by=desk, **STAMP)
    reading(client, desk).post(
        f"/transfers/grounds/{named.ref}/check/", {"outcome": "verified", "note": "Marriage certificate"}
    )
    named.refresh_from_db()
    assert (named.checked, named.checked_by) == ("verified", desk)
    assert PersonalNotice.objects.filter(user=world.officer.user, kind="transfer-news").exists()
    page = reading(client, world.officer.user).get(f"/transfers/{request.ref}/").content.decode()
    assert "Marriage certificate" in page
    assert desk.full_name in page


def test_a_ground_is_checked_by_no_commander_and_never_a_protected_one(world: World) -> None:
    people = offices(world)
    named = asked(world.officer, world.other_station).grounds.get()
    with pytest.raises(NotAllowed):
        check_ground(named, accepted=True, note="Seen by me", by=people["station-commander"], **STAMP)
    sealed = asked(world.other_officer, grounds=["safety"]).grounds.get()
    with pytest.raises(NotFound):
        access_to_check(people["hr-officer"], sealed.ref, on=ON)
    with pytest.raises(NotAllowed):
        check_ground(sealed, accepted=True, note="Seen by me", by=people["hr-officer"], **STAMP)


# Protected -----------------------------------------------------------------------------------------------------------------


def test_a_protected_request_says_first_who_reads_it(client: Client, world: World) -> None:
    page = reading(client, world.officer.user).get("/transfers/ask/safe/").content.decode()
    assert "protection authority" in page
    assert "do not see it" in page
    client.post("/transfers/ask/safe/", {"grounds": ["harassment"], "statement": "Since June"})
    request = TransferRequest.objects.get()
    assert request.is_protected
    assert request.state == "draft"
    client.post(f"/transfers/{request.ref}/check/")
    request.refresh_from_db()
    assert request.state == "decision"
    desk = reading(client, offices(world)["hr-officer"])
    for url in ("/transfers/paper/", "/transfers/propose/", "/"):
        assert request.ref not in desk.get(url).content.decode()
    assert desk.get(f"/transfers/{request.ref}/").status_code == 404


# Exchange ------------------------------------------------------------------------------------------------------------------


def partners(world: World) -> tuple[Any, Any]:
    here, there = world.officer, world.other_officer
    there.rank = here.rank
    there.save()
    return here, there


def test_an_exchange_goes_on_when_each_officer_has_agreed(client: Client, world: World) -> None:
    here, there = partners(world)
    reading(client, here.user).post(
        "/transfers/ask/exchange/", {"number_1": there.service_number, "unit_1": world.other_station.code}
    )
    request = TransferRequest.objects.get()
    assert (request.state, request.to_unit) == ("draft", world.other_station)
    assert PersonalNotice.objects.filter(user=there.user, kind="transfer-to-answer").exists()
    with pytest.raises(RuleBroken, match="all of its officers"):
        actions.submit(request, by=here.user, **STAMP)
    page = reading(client, there.user).get(f"/transfers/exchanges/{request.ref}/").content.decode()
    assert world.station.name in page
    assert here.service_number not in page
    assert here.surname not in page
    client.post(f"/transfers/exchanges/{request.ref}/answer/", {"answer": "yes"})
    request.refresh_from_db()
    assert (request.state, request.from_unit) == ("advice", world.station)
    assert own.agreed(request) == (2, 2)
    assert client.get(f"/transfers/{request.ref}/").status_code == 404


def test_three_officers_exchange_in_a_ring(world: World) -> None:
    here, there = partners(world)
    third = OfficerFactory(posted_to=world.ward, user=UserFactory(), rank=here.rank)
    request = exchanges.propose_exchange(
        officer=here, partners=[Partner(there.service_number, world.other_station), Partner(third.service_number, world.ward)],
        by=here.user, **STAMP,
    )  # fmt: skip
    goals = {each.officer: each.to_unit for each in request.parties.all()}
    assert goals == {here: world.other_station, there: world.ward, third: world.station}
    exchanges.agree(request, by=there.user, **STAMP)
    assert TransferRequest.objects.get().state == "draft"
    exchanges.decline(request, by=third.user, **STAMP)
    assert TransferRequest.objects.get().state == RequestState.WITHDRAWN


def test_trying_numbers_tells_nothing_of_where_anybody_serves(world: World) -> None:
    here, there = partners(world)
    said = set()
    for number, unit in ((there.service_number, world.ward), ("000000", world.ward)):
        with pytest.raises(RuleBroken) as refused:
            exchanges.propose_exchange(officer=here, partners=[Partner(number, unit)], by=here.user, **STAMP)
        said.add(refused.value.message.replace(number, "N"))
    assert len(said) == 1


def test_an_exchange_is_answered_by_its_officers_and_by_nobody_else(client: Client, world: World) -> None:
    here, there = partners(world)
    request = exchanges.propose_exchange(
        officer=here, partners=[Partner(there.service_number, world.other_station)], by=here.user, **STAMP
    )
    for user in offices(world).values():
        assert reading(client, user).get(f"/transfers/exchanges/{request.ref}/").status_code == 404
        with pytest.raises(NotAllowed):
            exchanges.agree(request, by=user, **STAMP)
    with pytest.raises(RuleBroken, match="answered already"):
        exchanges.agree(request, by=here.user, **STAMP)


# Proposed ------------------------------------------------------------------------------------------------------------------


def test_a_commander_puts_a_move_forward_and_the_officer_answers_about_the_family(client: Client, world: World) -> None:
    people = offices(world)
    reading(client, people["station-commander"]).post(
        "/transfers/propose/",
        {
            "number": world.officer.service_number, "kind": "service-need", "to_unit": world.other_station.code,
            "reasons": "Two of six constables have left since May.",
        },
    )  # fmt: skip
    request = TransferRequest.objects.get()
    assert request.proposed_by == people["station-commander"]
    page = reading(client, world.officer.user).get("/transfers/").content.decode()
    assert "Answer the questions about your family" in page
    yes_no = {name: "no" for name in ("exam_this_year", "dependant_with_disability", "spouse_at_work")}
    client.post(f"/transfers/{request.ref}/answer/", {"children_at_school": "yes", **yes_no})
    request.refresh_from_db()
    assert request.family_impact.answered_by == world.officer.user
    assert client.get(f"/transfers/{request.ref}/places/").status_code == 404


def test_a_commander_of_neither_unit_finds_nobody_to_put_forward(client: Client, world: World) -> None:
    elsewhere = appoint(UserFactory(), "station-commander", world.other_station)
    asked_for = {"number": world.officer.service_number, "kind": "service-need", "to_unit": world.ward.code,
                 "reasons": "Two of six constables have left since May."}  # fmt: skip
    answer = reading(client, elsewhere).post("/transfers/propose/", asked_for)
    assert answer.status_code == 422
    assert not TransferRequest.objects.exists()


def test_who_withdraws_is_asked_once_more(client: Client, world: World) -> None:
    request = asked(world.officer, world.other_station)
    page = reading(client, world.officer.user).get(f"/transfers/{request.ref}/withdraw/").content.decode()
    assert "Withdraw this request?" in page
    client.post(f"/transfers/{request.ref}/withdraw/")
    request.refresh_from_db()
    assert request.state == "withdrawn"
    need = proposed(world.officer, world.other_station, by=offices(world)["regional-commander"])
    assert client.post(f"/transfers/{need.ref}/withdraw/").status_code == 403


def test_a_ground_of_another_kind_is_refused_in_words(client: Client, world: World) -> None:
    request = drafted(world.officer, world.other_station)
    reading(client, world.officer.user)
    answer = client.post(f"/transfers/{request.ref}/reasons/", {"do": "add", "ground": ground("safety").code})
    assert answer.status_code == 422
