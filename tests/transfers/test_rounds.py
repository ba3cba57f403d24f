"""A round up to its result: two people, the calendar, the lottery, and nothing that changes after the freeze."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.notify.models import PersonalNotice
from tests.factories.rounds import BEFORE, CALENDAR, DRAW, NONCES, at, book_of, pooled, prepared, round_at, staffed
from tests.world import World
from transfers import canonical, lottery, rulebook
from transfers.actions import compute, freeze, rounds, rulebooks
from transfers.models import Award, Participation, RuleBook, RunKind, TransferRequest

pytestmark = pytest.mark.django_db


def manager(world: World) -> Any:
    return world.people["hr-officer"]


def signer(world: World) -> Any:
    return world.people["inspector-general"]


def test_a_rule_book_needs_two_people_and_carries_the_digest_of_what_it_says(world: World) -> None:
    book = book_of(world, published=False)
    with pytest.raises(NotAllowed):
        rulebooks.publish_rule_book(book=book, by=manager(world), **at(BEFORE))
    with pytest.raises(NotAllowed):
        rulebooks.draft_rule_book(
            code="x", title="x", content=book.content, legal_basis="x", issuing_authority="x", signatories=[],
            by=world.people["county-commander"], **at(BEFORE),
        )  # fmt: skip
    rulebooks.publish_rule_book(book=book, by=signer(world), **at(BEFORE))
    assert book.sha256 == hashlib.sha256(canonical.dumps(book.content)).hexdigest()
    with pytest.raises(RuleBroken, match="never changes"):
        rulebooks.change_rule_book(book=book, title="Other", by=manager(world), **at(BEFORE))


def test_who_drafted_a_rule_book_cannot_publish_it_whatever_else_he_may(world: World) -> None:
    book = book_of(world, published=False)
    RuleBook.objects.filter(pk=book.pk).update(drafted_by=signer(world))
    book.refresh_from_db()
    with pytest.raises(RuleBroken, match="drafted"):
        rulebooks.publish_rule_book(book=book, by=signer(world), **at(BEFORE))


def test_a_change_is_a_new_version_that_replaces_the_one_before(world: World) -> None:
    first = book_of(world)
    second = book_of(world, exchange_days=0)
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("superseded", "published", 2)


def test_rules_that_make_no_sense_are_refused_in_words(world: World) -> None:
    with pytest.raises(RuleBroken, match="not below the longest"):
        book_of(world, minimum_months=40)


def test_a_round_runs_by_a_published_rule_book_and_opens_on_a_day_to_come(world: World) -> None:
    with pytest.raises(RuleBroken, match="published rule book"):
        prepared(world, book_of(world, published=False))
    book = book_of(world, code="other")
    late = at(CALENDAR.opens_on)
    with pytest.raises(RuleBroken, match="day to come"):
        rounds.prepare_round(
            code="x", title="x", rule_book=book, calendar=CALENDAR, seats_source="x", public_draw="x", by=manager(world),
            **late,
        )  # fmt: skip


def test_who_prepared_a_round_does_not_announce_it_and_nobody_acts_before_the_calendar(world: World) -> None:
    found = prepared(world)
    with pytest.raises(NotAllowed):
        rounds.announce(round=found, by=manager(world), **at(BEFORE))
    rounds.announce(round=found, by=signer(world), **at(BEFORE))
    with pytest.raises(RuleBroken, match="10 November 2026"):
        rounds.open_lists(round=found, by=manager(world), **at(BEFORE))
    rounds.open_lists(round=found, by=manager(world), **at(CALENDAR.opens_on))
    with pytest.raises(RuleBroken, match="20 November 2026"):
        rounds.close_lists(round=found, by=manager(world), **at(CALENDAR.opens_on))
    with pytest.raises(RuleBroken, match="two bodies"):
        rounds.close_lists(round=found, by=manager(world), **at(CALENDAR.closes_on))


def test_a_commitment_is_a_digest_of_one_body_and_before_the_lists_close(world: World) -> None:
    found = round_at(world, "open")
    with pytest.raises(RuleBroken, match="64 digits"):
        rounds.commit(round=found, body="Third", sha256="7d1f", by=manager(world), **at(CALENDAR.opens_on))
    body, digest = next(iter(NONCES)), lottery.commitment("x")
    with pytest.raises(RuleBroken, match="never replaced"):
        rounds.commit(round=found, body=body.upper(), sha256=digest, by=manager(world), **at(CALENDAR.opens_on))
    round_at(world, "claims", found)
    with pytest.raises(RuleBroken, match="committed to"):
        rounds.commit(round=found, body="Third", sha256=digest, by=manager(world), **at(CALENDAR.closes_on))


def test_those_who_waited_for_a_round_are_in_the_next_one_that_opens(world: World) -> None:
    found = prepared(world)
    request = pooled(world.officer, found, world.other_station)
    TransferRequest.objects.filter(pk=request.pk).update(round=None, reason_code="open-discipline")
    round_at(world, "open", found)
    request.refresh_from_db()
    assert (request.round, request.reason_code) == (found, "")


def test_the_freeze_waits_for_the_end_of_the_claims(world: World) -> None:
    staffed(world)
    found = round_at(world, "claims")
    with pytest.raises(RuleBroken, match="25 November 2026"):
        freeze.freeze(round=found, by=manager(world), **at(CALENDAR.claims_until))


def test_the_freeze_writes_down_who_takes_part_with_points_and_the_proof(world: World) -> None:
    staffed(world)
    found = round_at(world, "frozen")
    mine = Participation.objects.get(round=found, officer=world.officer)
    assert mine.standing == "due"  # since 2020 at the station
    assert mine.points == 600
    assert [each["code"] for each in mine.items] == ["tenure"]
    assert found.feasibility["feasible"] == 1
    with found.problem.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == found.problem_sha256
    assert not lottery.ticket("", mine.pseudonym) == mine.ticket == ""


def test_who_asked_and_is_left_out_is_told_why_and_waits_for_the_next_round(world: World) -> None:
    newcomer = staffed(world)[0]
    found = round_at(world, "open")
    request = pooled(newcomer, found, world.other_station)
    round_at(world, "frozen", found)
    request.refresh_from_db()
    assert (request.state, request.round, request.reason_code) == ("pooled", None, "under-minimum-tenure")
    assert PersonalNotice.objects.filter(user=newcomer.user, link=f"/transfers/rounds/{found.code}/mine/").exists()
    assert not Participation.objects.filter(officer=newcomer).exists()


def test_nobody_changes_a_frozen_round(world: World) -> None:
    staffed(world)
    found = round_at(world, "frozen")
    root = found.problem_root
    for deed in (freeze.freeze, rounds.close_lists, rounds.open_lists):
        with pytest.raises((RuleBroken, InvalidTransition)):
            deed(round=found, by=manager(world), **at(CALENDAR.draw_on))  # type: ignore[operator]
    with pytest.raises(RuleBroken, match="computed"):
        compute.compute(round=found, by=manager(world), **at(CALENDAR.draw_on))
    found.refresh_from_db()
    assert found.problem_root == root


def test_the_number_revealed_is_the_one_committed_to(world: World) -> None:
    staffed(world)
    found = round_at(world, "frozen")
    first = found.commitments.get(body=next(iter(NONCES)))
    day = at(CALENDAR.draw_on)
    with pytest.raises(RuleBroken, match="not the number"):
        rounds.reveal(commitment=first, nonce="7d1e", by=manager(world), **day)
    with pytest.raises(RuleBroken, match="No body"):
        rounds.draw(round=found, public_result=DRAW, by=manager(world), **day)
    rounds.reveal(commitment=first, nonce="7d1f", by=manager(world), **day)
    with pytest.raises(RuleBroken, match="already"):
        rounds.reveal(commitment=first, nonce="7d1f", by=manager(world), **day)
    with pytest.raises(RuleBroken, match="1 December 2026"):
        rounds.draw(round=found, public_result=DRAW, by=manager(world), **at(CALENDAR.draw_on - timedelta(days=1)))
    rounds.draw(round=found, public_result=DRAW, by=manager(world), **day)
    assert found.seed == lottery.seed(found.code, found.problem_root, ["7d1f"], DRAW)  # who did not reveal is left out


def test_the_result_is_computed_once_with_the_second_mechanism_beside_it(world: World) -> None:
    staffed(world)
    found = round_at(world, "solved", shadow="top-trading-cycles")
    assert {each.kind for each in found.runs.all()} == {RunKind.OFFICIAL, RunKind.SHADOW}
    award = Award.objects.get(participation__officer=world.officer)
    assert (award.to_unit, award.choice, award.reason_code) == (world.other_station, 1, "assigned")
    assert award.explanation["moved"] == 1
    assert award.explanation["choices"][0]["place"] == "PS-NYALI/PC"


def test_a_frozen_file_that_was_altered_is_refused(world: World) -> None:
    staffed(world)
    found = round_at(world, "drawn")
    with open(found.problem.path, "ab") as file:
        file.write(b"{}\n")
    with pytest.raises(RuleBroken, match="altered"):
        compute.compute(round=found, by=manager(world), **at(CALENDAR.draw_on))


def test_a_cancelled_round_says_why_and_lets_its_requests_wait(world: World) -> None:
    found = round_at(world, "open")
    with pytest.raises(NotAllowed):
        rounds.cancel_round(round=found, reason="Elections", by=manager(world), **at(CALENDAR.opens_on))
    rounds.cancel_round(round=found, reason="Elections", by=signer(world), **at(CALENDAR.opens_on))
    assert (found.state, TransferRequest.objects.get().round) == ("cancelled", None)


def test_the_ranks_of_a_round_are_those_of_its_book(world: World) -> None:
    assert [each.code for each in prepared(world).ranks.all()] == ["PC"]
    assert rulebook.read(RuleBook.objects.get().content).ranks == ("PC",)
