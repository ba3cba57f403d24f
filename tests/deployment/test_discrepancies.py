"""A roll that shows an officer elsewhere moves nobody: the difference is listed, looked into and resolved with reasons."""

from datetime import date

import pytest

from deployment.actions import discrepancies as actions
from deployment.models import PostingOrder, RollDiscrepancy
from deployment.queries.discrepancies import to_resolve
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from tests.factories.accounts import UserFactory, appoint
from tests.factories.rolls import AT, apply_roll, row
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
WHEN = {"on": ON, "at": AT}
WORDS = "The station confirms it by signal."


@pytest.fixture
def found(world):
    apply_roll([row(1)])
    apply_roll([row(1, unit="PS-NYALI", arrived_on="2026-09-01", duty="crime", surname="Odhiambo")])
    return RollDiscrepancy.objects.get()


def test_what_else_the_row_says_is_written(found):
    assert found.officer.surname == "Odhiambo"
    assert (found.posting.unit.code, found.unit.code, found.duty.code) == ("PS-BAMBA", "PS-NYALI", "crime")
    assert found.since == date(2026, 9, 1)


def test_the_same_roll_again_opens_no_second_one_and_an_agreeing_roll_closes_it(found):
    apply_roll([row(1, unit="PS-NYALI", arrived_on="2026-09-01", duty="crime", surname="Odhiambo")])
    assert RollDiscrepancy.objects.get().state == "open"
    apply_roll([row(1, surname="Odhiambo")])
    assert RollDiscrepancy.objects.get().state == "agrees"


def test_a_roll_that_leaves_the_officer_out_says_nothing_about_it(found):
    apply_roll([row(2)])
    assert RollDiscrepancy.objects.get(officer=found.officer).state == "open"


def test_whoever_looks_into_it_says_that_the_roll_is_wrong(world, found):
    people = world.people
    assert list(to_resolve(people["hr-officer"], on=ON)) == [found]
    with pytest.raises(NotAllowed):
        actions.say_roll_is_wrong(found, note=WORDS, by=people["station-commander"], **WHEN)
    with pytest.raises(RuleBroken, match="sentence"):
        actions.say_roll_is_wrong(found, note="wrong", by=people["hr-officer"], **WHEN)
    actions.say_roll_is_wrong(found, note=WORDS, by=people["hr-officer"], **WHEN)
    assert found.officer.postings.get().unit == world.station
    with pytest.raises(InvalidTransition):
        actions.say_roll_is_wrong(found, note=WORDS, by=people["hr-officer"], **WHEN)


PAPER = {"starts_on": date(2026, 9, 1), "paper": "SIG/44/2026", "note": "Ordered before this system was in use."}


def test_a_posting_is_corrected_on_paper_by_a_second_person(world, found):
    loader, second = world.people["hr-officer"], appoint(UserFactory(), "hr-officer", world.service)
    RollDiscrepancy.objects.update(opened_by=loader)
    found.refresh_from_db()
    with pytest.raises(NotAllowed, match="second"):
        actions.correct_on_paper(found, **PAPER, by=loader, **WHEN)
    with pytest.raises(RuleBroken, match="no oral posting"):
        actions.correct_on_paper(found, **{**PAPER, "paper": " "}, by=second, **WHEN)
    posting = actions.correct_on_paper(found, **PAPER, by=second, **WHEN)
    assert (posting.unit, posting.order_reference, posting.starts_on) == (
        world.other_station, "SIG/44/2026", date(2026, 9, 1),
    )  # fmt: skip
    old, new = found.officer.postings.order_by("starts_on")
    assert (old.ends_on, new) == (date(2026, 9, 1), posting)
    assert RollDiscrepancy.objects.get().state == "corrected"


def test_an_open_order_is_arrived_at_and_not_written_over(world, found):
    by = world.people["hr-officer"]
    PostingOrder.objects.create(
        number="X/1", officer=found.officer, from_unit=world.station, to_unit=world.other_station, duty=found.duty,
        post_rank=found.officer.rank, issued_on=ON, report_by=ON, issued_by=by,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="X/1"):
        actions.correct_on_paper(found, **PAPER, by=by, **WHEN)


def test_the_pages_list_and_resolve_it(world, found):
    client = client_of(world.people["hr-officer"])
    assert found.ref in client.get("/discrepancies/").content.decode()
    assert "Nyali" in client.get(f"/discrepancies/{found.ref}/").content.decode()
    answer = client.post(f"/discrepancies/{found.ref}/roll-wrong/", {"note": WORDS})
    assert answer.status_code == 302
    assert RollDiscrepancy.objects.get().state == "roll-wrong"
