"""What the authority reads before it signs a round: each letter as a draft, who gets what, and lists behind the numbers."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from deployment.models import PostingOrder
from hcims.letters.models import Letter
from hcims.letters.queries import pdf_of
from organisation.models import ClassScheme, UnitClass, UnitClassing
from tests.factories.rounds import CALENDAR, at, more_awards, round_at, staffed
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.transfers.test_round_pages import day
from tests.world import World
from transfers.actions import publishing_rounds as publishing
from transfers.actions.publishing import print_letters
from transfers.models import Award, Round, RuleBook, TransferOrder
from transfers.queries import before_publication

pytestmark = pytest.mark.django_db
SIGN = "/transfers/rounds/2026-q4/publish/"
TODAY = CALENDAR.draw_on + timedelta(days=1)


def accepted(world: World) -> Round:
    staffed(world)
    return round_at(world, "accepted")


def read(user: Any, address: str) -> str:
    with day(TODAY.year, TODAY.month, TODAY.day):
        answer = client_of(user).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def lasting(text: str, number: str = "–") -> list[str]:
    """The lines of a letter that a draft of it has too: without mark, number and code."""
    gone = ("DRAFT, NOT ISSUED", "Draft, not issued", "Check this letter at", "Code: ", number)
    return [line for line in text.splitlines() if not line.startswith(gone)]


def test_each_number_before_the_signature_opens_a_list_of_its_length(world: World) -> None:
    accepted(world)
    signer = world.people["inspector-general"]
    page = read(signer, SIGN)
    links = re.findall(rf'<a[^>]*href="({SIGN}letters/[^"]*)"[^>]*>\s*([\d,]+)\s*<', page)
    assert len(links) >= 10
    assert any(number == "2" and "allowance=" in address for address, number in links)
    for address, number in links:
        text = read(signer, html.unescape(address))
        counted = re.search(r"<caption>[^<]*<span[^>]*>\((\d+)\)", text)
        assert int(counted[1] if counted else 0) == int(number), address


def test_a_letter_can_be_read_before_the_signature_and_is_marked_as_a_draft(world: World) -> None:
    found = accepted(world)
    signer, award = world.people["inspector-general"], Award.objects.get(participation__officer=world.officer)
    before = Letter.objects.count()
    with day(TODAY.year, TODAY.month, TODAY.day):
        answer = client_of(signer).get(f"{SIGN}letter/?of={award.ref}")
        assert client_of(signer).get(f"{SIGN}letter/?of=nothing").status_code == 404
    assert answer["Content-Type"] == "application/pdf"
    said = " ".join(text_of(answer.content).split())
    for each in (
        "DRAFT, NOT ISSUED",
        world.officer.full_name,
        world.other_station.name,
        "Transfer allowance",
        "Commission",
    ):
        assert each in said
    assert "Check this letter" not in said
    assert (Letter.objects.count(), PostingOrder.objects.count()) == (before, 0)
    found.refresh_from_db()
    assert found.state == "accepted"


def test_the_draft_reads_as_the_letter_that_is_issued_but_for_number_mark_and_code(world: World) -> None:
    found = accepted(world)
    # Longer than an order keeps of either: both are cut alike.
    RuleBook.objects.filter(pk=found.rule_book_id).update(
        legal_basis="LN 89/2015 " * 26, issuing_authority="NPSC " * 38
    )
    award, signer = Award.objects.get(participation__officer=world.officer), world.people["inspector-general"]
    with day(TODAY.year, TODAY.month, TODAY.day):
        draft = client_of(signer).get(f"{SIGN}letter/?of={award.ref}").content
    publishing.publish_round(round=found, by=signer, **at(TODAY))
    order = TransferOrder.objects.get(award=award)
    print_letters([order.pk], at=at(TODAY)["at"])
    order.refresh_from_db()
    assert order.letter is not None
    issued, number = text_of(pdf_of(order.letter)), order.order.number
    assert number in issued
    assert lasting(text_of(draft)) == lasting(issued, number)


def test_the_letter_says_the_allowance_that_publication_will_keep(world: World) -> None:
    found = accepted(world)
    UnitClassing.objects.create(
        unit=world.other_station,
        scheme=ClassScheme.HARDSHIP,
        source="Test",
        starts_on=TODAY,
        unit_class=UnitClass.objects.filter(scheme=ClassScheme.HARDSHIP)[0],
    )
    found.participations.update(standing="due")
    kept = {each.allowance for each in before_publication.lines(found, on=TODAY) if each.goes == world.other_station}
    assert kept == {"hardship"}
    assert "hardship kit" in read(world.people["inspector-general"], SIGN)


def test_only_who_may_sign_this_round_reads_its_letters(world: World) -> None:
    accepted(world)
    with day(TODAY.year, TODAY.month, TODAY.day):
        for address in (SIGN, f"{SIGN}letters/", f"{SIGN}letter/"):
            for role in ("hr-officer", "board-member", "station-commander", "auditor"):
                assert client_of(world.people[role]).get(address).status_code in (403, 404), (role, address)
        Round.objects.update(accepted_by=world.people["inspector-general"])
        assert client_of(world.people["inspector-general"]).get(f"{SIGN}letter/").status_code == 403
        Round.objects.update(accepted_by=world.people["board-member"], state="solved")
        assert client_of(world.people["inspector-general"]).get(SIGN).status_code == 409


def test_the_page_costs_the_same_for_few_and_for_many(world: World) -> None:
    found = accepted(world)
    client = client_of(world.people["inspector-general"])
    with day(TODAY.year, TODAY.month, TODAY.day):
        client.get(SIGN)
        few = len(statements_of(client, SIGN))
        more_awards(world, Award.objects.get(participation__officer=world.officer), 20)
        assert len(statements_of(client, SIGN)) == few
        assert f"Sign and publish {found.participations.count()} orders" in client.get(SIGN).content.decode()
