"""Pages of the board, of trials, of "why not me?", of appeals and of the exchange window, as their readers meet them."""

from __future__ import annotations

import html
import re
import subprocess
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from deployment.models import Posting
from hcims.jobs.runner import run_waiting
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.factories.rounds import more_awards, pooled, round_at, staffed
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World
from transfers import why_words
from transfers.actions.counting import count_board
from transfers.models import Appeal, Award, ExchangeOffer, Participation, Round, RoundRun, TransferRequest
from transfers.queries import board as queries

pytestmark = pytest.mark.django_db
FLOORS = [{"level": "station", "percent": 60, "smallest": 5, "basis": "Test"}]


def result_of(world: World, state: str = "solved", **book: Any) -> Round:
    """A round in which the world's officer asks for the other station; published, where asked, today."""
    staffed(world)
    Posting.objects.filter(officer=world.other_officer).update(starts_on=date(2026, 6, 1))
    found = round_at(world, "accepted" if state == "published" else state, **{"floors": FLOORS, **book})
    if state == "published":
        Round.objects.filter(pk=found.pk).update(
            state="published", published_at=timezone.now(), signed_by=world.people["inspector-general"],
            appeals_until=timezone.localdate() + timedelta(days=14),
        )  # fmt: skip
        found.refresh_from_db()
    return found


def own_award(world: World) -> Award:
    return Award.objects.get(participation__officer=world.officer)


def page(user: Any, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return str(answer.content.decode())


def test_the_board_reads_the_result_and_accepts_it(world: World) -> None:
    found = result_of(world)
    client = client_of(world.people["board-member"])
    text = client.get(f"/transfers/rounds/{found.code}/board/").content.decode()
    assert "hidden: too few" in text
    assert f"/transfers/rounds/{found.code}/board/" in client.get("/transfers/board/").content.decode()
    assert "Accept the result" in text
    answer = client.post(f"/transfers/rounds/{found.code}/board/accept/", {"minutes": "We read the floors."})
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.state == "accepted"
    assert "Accept the result" not in page(world.people["hr-officer"], f"/transfers/rounds/{found.code}/board/")


def test_every_number_of_the_board_is_the_length_of_its_list(world: World) -> None:
    found = result_of(world)
    counts = queries.counts(found)
    for show, count in counts.items():
        text = page(world.people["board-member"], f"/transfers/rounds/{found.code}/board/awards/?show={show}")
        assert text.count("/transfers/awards/") == count
        if show in ("stays", "overdue"):
            assert text.count("due to move") == counts["overdue"]  # and the others “asked”


def numbers_linked(text: str, *, to: str) -> list[tuple[str, int]]:
    """The numbers of a page that lead to this list, with their addresses."""
    found = re.findall(rf'<a href="([^"]*{to}[^"]*)">([\d,]+)</a>', text)
    return [(html.unescape(address), int(number.replace(",", ""))) for address, number in found]


def length_of(user: Any, address: str) -> int:
    counted = re.search(r"<caption>[^<]*<span[^>]*>\((\d+)\)", page(user, address))
    return int(counted[1]) if counted else 0


def test_strengths_sexes_and_held_back_counts_open_lists_of_their_length(world: World) -> None:
    for _ in range(12):  # enough of one sex to be shown
        OfficerFactory(posted_to=world.station, sex="M", posted_to__starts_on=date(2020, 1, 1))
    found = result_of(world, floors=[{"level": "station", "percent": 95, "smallest": 5, "basis": "Test"}])
    reader = world.people["board-member"]
    text = page(reader, f"/transfers/rounds/{found.code}/board/")
    strengths = numbers_linked(text, to="board/strength/")
    groups = numbers_linked(text, to="(?:sex|service|floor)=")
    assert any(number for address, number in strengths if "when=before" in address)
    assert any("floor=" in address and number for address, number in groups)
    assert any("sex=" in address or "service=" in address for address, _number in groups)
    for address, number in [*strengths, *groups]:
        assert length_of(reader, address) == number, address


@pytest.mark.parametrize("varied", [False, True])
def test_who_leaves_and_who_comes_in_stand_in_lists_of_that_length(world: World, varied: bool) -> None:
    found, reader = result_of(world), world.people["board-member"]
    if varied:
        moving = Award.objects.get(participation__round=found, to_unit__isnull=False)
        Award.objects.filter(pk=moving.pk).update(
            is_varied=True, varied_to=None, variation_reason="Needed here", varied_by=reader
        )
        count_board(found)
    strengths = numbers_linked(page(reader, f"/transfers/rounds/{found.code}/board/"), to="board/strength/")
    for when in ("left", "came"):
        assert sum(number for address, number in strengths if f"when={when}" in address) == (0 if varied else 1)
    for address, number in strengths:
        assert length_of(reader, address) == number, address


def test_a_corrected_record_changes_a_group_and_its_list_together(world: World) -> None:
    for sex in "MF":
        for _ in range(12):
            OfficerFactory(posted_to=world.station, sex=sex, posted_to__starts_on=date(2020, 1, 1))
    found, reader = result_of(world), world.people["board-member"]
    changed = found.participations.filter(officer__sex="F").exclude(officer=world.officer).first()
    Officer.objects.filter(pk=changed.officer_id).update(sex="M")  # type: ignore[union-attr]
    groups = numbers_linked(page(reader, f"/transfers/rounds/{found.code}/board/"), to="sex=")
    assert any("sex=F" in address and number for address, number in groups)
    for address, number in groups:
        assert length_of(reader, address) == number, address


def test_the_list_behind_a_strength_names_whom_the_board_decides_about_alone_and_says_when_the_record_changed(
    world: World,
) -> None:
    found = result_of(world)
    reader, address = world.people["board-member"], f"/transfers/rounds/{found.code}/board/strength/"
    of = f"{address}?of={world.county.code}&when=before"
    text = page(reader, of)
    taking = set(found.participations.values_list("officer", flat=True))
    for each in Posting.objects.filter(unit=world.station, officer__rank__code="PC").select_related("officer"):
        assert each.officer.service_number in text
        assert (each.officer.full_name in text) == (each.officer.pk in taking)
    assert "corrected after the freeze" not in text
    Posting.objects.filter(unit=world.station).exclude(officer__in=taking).first().delete()  # type: ignore[union-attr]
    assert "corrected after the freeze" in page(reader, of)
    assert client_of(reader).get(f"{address}?of=C-999").status_code == 404
    assert client_of(world.people["station-commander"]).get(of).status_code in (403, 404)


def test_a_group_too_small_for_the_page_has_no_list_either(world: World) -> None:
    found = result_of(world)
    list_of = f"/transfers/rounds/{found.code}/board/awards/?sex="
    assert [length_of(world.people["board-member"], list_of + sex) for sex in "FM"] == [0, 0]


def test_the_list_behind_a_strength_costs_the_same_for_one_and_for_many(world: World) -> None:
    found = result_of(world)
    client = client_of(world.people["board-member"])
    address = f"/transfers/rounds/{found.code}/board/strength/?of={world.county.code}&when=before"
    client.get(address)
    few = len(statements_of(client, address))
    for _ in range(30):
        OfficerFactory(posted_to=world.station, posted_to__starts_on=date(2026, 6, 1))
    assert len(statements_of(client, address)) == few
    assert length_of(world.people["board-member"], address) > 30


def test_a_round_that_is_impossible_shows_the_officers_posts_and_floors_that_make_it_so(world: World) -> None:
    staffed(world)
    found = round_at(world, "frozen")
    person = found.participations.get(officer=world.officer)
    proof = {"feasible": 0, "missing": 1, "officers": [person.pseudonym], "places": [], "floors": []}
    proof |= {"places": [f"{world.other_station.code}/PC"], "floors": [f"{world.county.code}:PC"]}
    Round.objects.filter(pk=found.pk).update(feasibility=proof)
    address = f"/transfers/rounds/{found.code}/proof/"
    text = page(world.people["hr-officer"], address)
    for each in (world.officer.service_number, world.other_station.name, world.county.name):
        assert each in text
    assert address in page(world.people["board-member"], f"/transfers/rounds/{found.code}/")
    assert address not in page(world.officer.user, f"/transfers/rounds/{found.code}/")
    assert client_of(world.people["station-commander"]).get(address).status_code in (403, 404)
    assert world.officer.user is not None
    appoint(world.officer.user, "hr-officer", world.service)
    assert (
        client_of(world.officer.user).get(address).status_code == 403
    )  # who takes part does not read it before the result


def test_the_list_of_awards_costs_the_same_for_one_and_for_many(world: World) -> None:
    found = result_of(world)
    client = client_of(world.people["board-member"])
    address = f"/transfers/rounds/{found.code}/board/awards/"
    client.get(address)
    few = len(statements_of(client, address))
    shown = length_of(world.people["board-member"], address)
    more_awards(world, own_award(world), 60)
    assert len(statements_of(client, address)) == few
    assert length_of(world.people["board-member"], address) == shown + 60


def test_an_award_is_varied_on_its_page(world: World) -> None:
    result_of(world)
    award, client = own_award(world), client_of(world.people["board-member"])
    answer = client.post(f"/transfers/awards/{award.ref}/", {"stays": "no", "to_unit": "", "reason": "x"})
    assert answer.status_code == 422
    answer = client.post(
        f"/transfers/awards/{award.ref}/", {"stays": "yes", "reason": "The gender desk needs her here."}
    )
    assert answer.status_code == 302
    award.refresh_from_db()
    assert award.is_varied
    client.post(f"/transfers/awards/{award.ref}/restore/")
    award.refresh_from_db()
    assert not award.is_varied


def test_a_trial_is_asked_compared_and_never_told(world: World) -> None:
    found = result_of(world)
    client = client_of(world.people["hr-officer"])
    assert "Hardship time counts double" in client.get(f"/transfers/rounds/{found.code}/trials/").content.decode()
    assert client.post(f"/transfers/rounds/{found.code}/trials/try/tighter/").status_code == 302
    sent = {"label": "Nobody leaves a station", "floor-station": "100", "mechanism": "deferred-acceptance"}
    sent |= {f"weight-{rule['code']}": "100" for rule in found.rule_book.content["points"]}
    assert client.post(f"/transfers/rounds/{found.code}/trials/", sent).status_code == 302
    run_waiting()
    run = RoundRun.objects.get(label="Nobody leaves a station")
    text = client.get(f"/transfers/runs/{run.ref}/").content.decode()
    assert "1 officer would end elsewhere" in text
    assert "a trap" in text  # from the six at the station, nobody could leave
    Round.objects.filter(pk=found.pk).update(state="published", published_at=timezone.now())
    assert world.officer.user is not None
    mine = client_of(world.officer.user)
    for address in (f"/transfers/runs/{run.ref}/", f"/transfers/rounds/{found.code}/trials/",
                    f"/transfers/rounds/{found.code}/board/", f"/transfers/awards/{own_award(world).ref}/"):  # fmt: skip
        assert mine.get(address).status_code == 404, address
    for address in ("/transfers/why/", f"/transfers/why/{own_award(world).ref}/"):
        text = mine.get(address).content.decode()
        assert run.label not in text
        assert run.ref not in text


def test_before_publication_the_officer_is_told_nothing(world: World) -> None:
    result_of(world, "accepted")
    assert own_award(world).ref not in page(world.officer.user, "/transfers/why/")
    assert client_of(world.officer.user).get(f"/transfers/why/{own_award(world).ref}/").status_code == 404


def test_the_officer_reads_why_with_numbers_and_without_names(world: World) -> None:
    """One seat, two who want it, equal points: the lottery decides, and anybody can draw the ticket again."""
    staffed(world)
    Posting.objects.filter(officer=world.other_officer).update(starts_on=date(2026, 6, 1))
    second = OfficerFactory(posted_to=world.station, user=UserFactory(), surname="Zuberi")
    Posting.objects.filter(officer=second).update(starts_on=Posting.objects.get(officer=world.officer).starts_on)
    found = round_at(world, "open", floors=FLOORS, due_must_move=0)
    pooled(second, found, world.other_station)
    found.seat_lines.create(unit=world.other_station, rank=world.officer.rank, seats=2, source="Seat table 1/2026")
    round_at(world, "accepted", found)
    Round.objects.filter(pk=found.pk).update(
        state="published", published_at=timezone.now(), appeals_until=timezone.localdate() + timedelta(days=14)
    )
    loser = Award.objects.get(participation__round=found, to_unit__isnull=True).participation
    winner = Award.objects.get(participation__round=found, to_unit__isnull=False).participation
    text = page(loser.officer.user, f"/transfers/why/{loser.award.ref}/")
    assert "The lottery decided between you" in text
    assert loser.ticket in text
    assert winner.ticket in text
    assert winner.pseudonym not in text
    for private in (winner.officer.surname, winner.officer.service_number, winner.officer.full_name):
        assert private not in text
    line = f"printf '%s' '{loser.pseudonym}' | openssl dgst -sha256 -hmac '{found.seed}'"
    drawn = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout
    assert drawn.strip().endswith(loser.ticket)
    client = client_of(loser.officer.user)
    assert client.post(f"/transfers/why/{loser.award.ref}/change/").status_code == 302
    run_waiting()
    said = client.get(f"/transfers/why/{loser.award.ref}/").content.decode()
    assert "With a lower ticket in the lottery you would have got it." in said
    assert client_of(winner.officer.user).get(f"/transfers/why/{loser.award.ref}/").status_code == 404


def test_who_was_held_by_a_floor_reads_the_line(world: World) -> None:
    floors = [{"level": "station", "percent": 100, "smallest": 1, "basis": "Test"}]
    result_of(world, "published", floors=floors)
    text = page(world.officer.user, f"/transfers/why/{own_award(world).ref}/")
    assert "must keep at least 6 officers of your rank" in text
    assert "Volunteers are held back first" in text


def test_the_pages_speak_kiswahili(world: World) -> None:
    result_of(world, "published")
    client = client_of(world.officer.user)
    client.cookies["django_language"] = "sw"
    text = client.get(f"/transfers/why/{own_award(world).ref}/", headers={"accept-language": "sw"}).content.decode()
    assert "Kwa nini" in text


def test_an_appeal_goes_its_way_through_the_pages(world: World) -> None:
    result_of(world, "published")
    client = client_of(world.officer.user)
    address = f"/transfers/appeals/against-award/{own_award(world).ref}/"
    assert client.post(address, {"ground": "wrong-input", "text": ""}).status_code == 422
    assert (
        client.post(address, {"ground": "wrong-input", "text": "My hardship time was not counted."}).status_code == 302
    )
    appeal = Appeal.objects.get()
    naming, members = client_of(world.people["npsc-commissioner"]), [
        appoint(UserFactory(), "board-member", world.service) for _ in range(2)
    ]  # fmt: skip
    assert appeal.ref in naming.get("/transfers/appeals/").content.decode()
    text = naming.get(f"/transfers/appeals/{appeal.ref}/panel/").content.decode()
    assert members[0].full_name in text
    sent = {"members": [each.ref for each in members]}
    assert naming.post(f"/transfers/appeals/{appeal.ref}/panel/", sent).status_code == 302
    hearing = client_of(members[0])
    assert "hardship time" in hearing.get(f"/transfers/appeals/{appeal.ref}/").content.decode()
    sent = {"item": "hardship", "points": "720", "must_move": "", "opened": ""}
    assert hearing.post(f"/transfers/appeals/{appeal.ref}/again/", sent).status_code == 302
    run_waiting()
    assert (
        "The officer would end at the same place" in hearing.get(f"/transfers/appeals/{appeal.ref}/").content.decode()
    )
    sent = {"upheld": "yes", "remedy": "priority", "reasons": "The months at Bamba were left out.",
            "public_outcome": "Hardship time was left out."}  # fmt: skip
    assert hearing.post(f"/transfers/appeals/{appeal.ref}/decide/", sent).status_code == 302
    assert "The months at Bamba were left out." in client.get(f"/transfers/appeals/{appeal.ref}/").content.decode()
    assert "Hardship time was left out." in page(world.other_officer.user, "/transfers/appeals/outcomes/")
    assert client_of(world.other_officer.user).get(f"/transfers/appeals/{appeal.ref}/").status_code == 404


def test_two_offer_to_exchange_and_a_request_of_its_own_comes_of_it(world: World) -> None:
    found = result_of(world, "published")
    for officer, place in ((world.officer, world.other_station), (world.other_officer, world.station)):
        client = client_of(officer.user)
        answer = client.post(f"/transfers/exchange/{found.code}/", {"place_1": officer.unit.code})
        assert answer.status_code == 422
        assert client.post(f"/transfers/exchange/{found.code}/", {"place_1": place.code}).status_code == 302
    desk = client_of(world.people["hr-officer"])
    assert desk.post(f"/transfers/exchange/{found.code}/circles/").status_code == 409  # the window is open
    Round.objects.filter(pk=found.pk).update(published_at=timezone.now() - timedelta(days=31))
    assert desk.post(f"/transfers/exchange/{found.code}/circles/").status_code == 302
    request = TransferRequest.objects.get(kind="exchange")
    assert {(each.officer, each.to_unit) for each in request.parties.all()} == {
        (world.officer, world.other_station), (world.other_officer, world.station),
    }  # fmt: skip
    assert ExchangeOffer.objects.filter(found=request).count() == 2
    assert f"/transfers/exchange/{found.code}/" in page(world.officer.user, f"/transfers/why/{own_award(world).ref}/")
    assert "An exchange was found" in page(world.officer.user, f"/transfers/exchange/{found.code}/")


def test_who_was_held_by_a_floor_is_not_told_that_there_was_no_room() -> None:
    held = Award(participation=Participation(standing="volunteer"), explanation={"floor": {"ref": "C-1:PC"}})
    assert "held back" in why_words.outcome(held)
    assert "had room" in why_words.outcome(Award(participation=held.participation))
