"""Entering and changing a record: who may, on what paper, and what is kept of before and after."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hcims.access.permissions import Permission
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, NotFound, RuleBroken
from organisation.models import Rank, Skill
from personnel import actions
from personnel.models import CorrectionState, EvidenceState, Officer
from personnel.queries import access_officer, number_like, own_record, permissions_at, visible_to
from tests.factories.notices import told
from tests.factories.organisation import rank
from tests.world import World

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 6, 1)
PAPER = "NPS/HR/12 of 20 May 2026"


def last_event() -> AuditEvent:
    return AuditEvent.objects.first()


@pytest.fixture
def hr(world: World):
    return world.people["hr-officer"]


def enter(world: World, hr, **facts) -> Officer:
    given = {
        "service_number": "007123", "surname": "Wafula", "other_names": "Neema", "sex": "F",
        "unit": world.station, "rank": rank("PC"), "rank_since": date(2020, 2, 1), "enlisted_on": date(2020, 2, 1),
    } | facts  # fmt: skip
    return actions.enter_officer(**given, paper=PAPER, by=hr, at=AT)


def test_entering_keeps_the_zeros_the_rank_and_the_paper(world: World, hr) -> None:
    officer = enter(world, hr, national_id="12345678")
    officer = Officer.objects.get(pk=officer.pk)
    assert (officer.service_number, officer.rank.code, officer.unit) == ("007123", "PC", world.station)
    assert officer.history.first().history_change_reason == PAPER
    assert officer.history.first().history_user == hr
    assert (last_event().event, last_event().source, last_event().target_ref) == ("officer-entered", PAPER, officer.ref)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({}, {}, "service number"),
        ({"national_id": "1 2 3-4"}, {"national_id": "1234", "service_number": "2"}, "national ID"),
    ],
)
def test_a_number_is_given_once(world: World, hr, first: dict, second: dict, message: str) -> None:
    enter(world, hr, **first)
    with pytest.raises(RuleBroken, match=message):
        enter(world, hr, **second)


def test_a_change_keeps_before_and_after_and_tells_the_trail_digests_only(world: World, hr) -> None:
    changed = actions.change_officer(
        officer=world.officer, changes={"surname": "Otieno", "phone": "0711 000 001"}, paper=PAPER, by=hr, at=AT
    )
    assert changed == ["phone", "surname"]
    after = world.officer.history.get(history_user=hr)
    assert (after.surname, after.history_change_reason, after.history_date) == ("Otieno", PAPER, AT)
    assert "Otieno" not in last_event().details
    assert "0711" not in last_event().details


def test_a_change_that_changes_nothing_writes_nothing(world: World, hr) -> None:
    assert (
        actions.change_officer(
            officer=world.officer, changes={"surname": world.officer.surname}, paper=PAPER, by=hr, at=AT
        )
        == []
    )
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("paper", ["", "  ", "x"])
def test_a_change_without_a_paper_is_refused(world: World, hr, paper: str) -> None:
    with pytest.raises(RuleBroken, match="paper"):
        actions.change_officer(officer=world.officer, changes={"surname": "O"}, paper=paper, by=hr, at=AT)


@pytest.mark.parametrize("role", ["station-commander", "inspector-general", "auditor", "system-administrator"])
def test_only_hr_changes_a_record(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.change_officer(
            officer=world.officer, changes={"surname": "O"}, paper=PAPER, by=world.people[role], at=AT
        )


def test_nobody_changes_his_or_her_own_record(world: World, hr) -> None:
    Officer.objects.filter(pk=world.officer.pk).update(user=hr)
    with pytest.raises(NotAllowed, match="own record"):
        actions.change_officer(officer=world.officer, changes={"surname": "O"}, paper=PAPER, by=hr, at=AT)


def test_a_record_kept_nowhere_is_for_those_who_reach_everywhere(world: World) -> None:
    from tests.factories.accounts import UserFactory
    from tests.world import appoint

    county_hr = appoint({"hr-officer": world.county})["hr-officer"]
    Officer.objects.filter(pk=world.officer.pk).update(unit=None)
    world.officer.refresh_from_db()
    with pytest.raises(NotFound):
        access_officer(county_hr, world.officer.service_number, Permission.SEE_FILE, on=ON)
    with pytest.raises(NotAllowed):
        actions.change_officer(officer=world.officer, changes={"surname": "O"}, paper=PAPER, by=county_hr, at=AT)
    assert UserFactory().pk


def test_a_promotion_ends_the_rank_before(world: World, hr) -> None:
    actions.record_rank(officer=world.officer, rank=rank("CPL"), since=date(2026, 5, 1), authority=PAPER, by=hr, at=AT)
    assert Officer.objects.get(pk=world.officer.pk).rank.code == "CPL"
    steps = [(each.rank.code, each.starts_on, each.ends_on) for each in world.officer.rank_holdings.all()]
    assert steps == [("CPL", date(2026, 5, 1), None), ("PC", world.officer.enlisted_on, date(2026, 5, 1))]


def test_a_rank_entered_in_error_gives_back_the_one_before(world: World, hr) -> None:
    step = actions.record_rank(
        officer=world.officer, rank=rank("CPL"), since=date(2026, 5, 1), authority=PAPER, by=hr, at=AT
    )
    actions.void_rank(holding=step, reason="another officer's order", paper=PAPER, by=hr, at=AT)
    assert Officer.objects.get(pk=world.officer.pk).rank.code == "PC"
    with pytest.raises(RuleBroken):
        actions.void_rank(holding=step, reason="again", paper=PAPER, by=hr, at=AT)


def test_no_rank_is_held_before_the_enlistment(world: World, hr) -> None:
    with pytest.raises(RuleBroken, match="before the enlistment"):
        actions.record_rank(
            officer=world.officer, rank=rank("CPL"), since=date(2001, 1, 1), authority=PAPER, by=hr, at=AT
        )


def test_an_error_leaves_every_list_but_not_the_database(world: World, hr) -> None:
    officer = enter(world, hr)
    actions.void_officer(officer=officer, reason="entered twice", paper=PAPER, by=hr, at=AT)
    assert Officer.objects.filter(pk=officer.pk).exists()
    assert not visible_to(hr, on=ON).filter(pk=officer.pk).exists()
    with pytest.raises(RuleBroken, match="in error"):
        actions.change_officer(officer=officer, changes={"surname": "O"}, paper=PAPER, by=hr, at=AT)


def test_a_claimed_skill_waits_until_somebody_else_has_checked_it(world: World, hr) -> None:
    skill = Skill.objects.filter(validity_months__isnull=False).first()
    held = actions.submit_skill(
        officer=world.officer, skill=skill, acquired_on=date(2025, 1, 1), source="Certificate 9",
        by=world.officer.user, at=AT,
    )  # fmt: skip
    assert (held.state, held.expires_on is not None) == (EvidenceState.UNVERIFIED, True)
    with pytest.raises(NotAllowed):
        actions.verify_skill(held=held, by=world.officer.user, at=AT)
    with pytest.raises(RuleBroken, match="waiting"):
        actions.submit_skill(officer=world.officer, skill=skill, source="again", by=world.officer.user, at=AT)
    actions.verify_skill(held=held, by=hr, at=AT)
    held.refresh_from_db()
    assert (held.state, held.checked_by) == (EvidenceState.VERIFIED, hr)
    assert told(world.officer.user) == [("skill-checked", "/me/")]


def test_a_refused_skill_may_be_claimed_again_with_better_papers(world: World, hr) -> None:
    skill = Skill.objects.first()
    mine = {"officer": world.officer, "skill": skill, "by": world.officer.user, "at": AT}
    held = actions.submit_skill(**mine, source="Letter of a friend")
    with pytest.raises(RuleBroken, match="why"):
        actions.refuse_skill(held=held, note="", by=hr, at=AT)
    actions.refuse_skill(held=held, note="Not a certificate", by=hr, at=AT)
    again = actions.submit_skill(**mine, source="Certificate 10")
    assert (again.pk, again.state, again.check_note) == (held.pk, EvidenceState.UNVERIFIED, "")


def test_a_correction_is_asked_by_the_officer_and_answered_by_another(world: World, hr) -> None:
    later = datetime(2029, 6, 1, 9, 0, tzinfo=UTC)  # than the world itself was entered
    request = actions.ask_correction(
        officer=world.officer, section="names", what_is_wrong="Tset", should_be="Test", by=world.officer.user, at=later
    )
    with pytest.raises(NotAllowed):
        actions.decide_correction(request=request, made=True, answer="done", by=world.officer.user, at=later)
    with pytest.raises(RuleBroken, match="answer"):
        actions.decide_correction(request=request, made=True, answer="", by=hr, at=later)
    with pytest.raises(RuleBroken, match="Enter the change first"):
        actions.decide_correction(request=request, made=True, answer="Corrected after the ID card", by=hr, at=later)
    actions.change_officer(officer=world.officer, changes={"surname": "Test"}, paper="ID card", by=hr, at=later)
    actions.decide_correction(request=request, made=True, answer="Corrected after the ID card", by=hr, at=later)
    assert request.state == CorrectionState.MADE
    assert told(world.officer.user) == [("correction-decided", f"/corrections/{request.ref}/")]
    assert "Tset" not in "".join(AuditEvent.objects.values_list("details", flat=True))


def test_whoever_proposed_a_change_does_not_decide_it(world: World, hr) -> None:
    request = actions.ask_correction(
        officer=world.officer, section="names", what_is_wrong="a", should_be="b", by=hr, at=AT
    )
    with pytest.raises(NotAllowed, match="asked"):
        actions.decide_correction(request=request, made=True, answer="done", by=hr, at=AT)


def test_a_stranger_asks_for_no_correction(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_correction(
            officer=world.officer, section="names", what_is_wrong="a", should_be="b", by=world.other_officer.user, at=AT
        )


def test_background_is_said_by_the_officer_and_forgotten_on_asking(world: World, hr) -> None:
    said = {"officer": world.officer, "ethnicity": "Mijikenda", "has_disability": False, "at": AT}
    with pytest.raises(NotAllowed):
        actions.say_background(**said, consents=True, by=hr)
    actions.say_background(**said, consents=True, by=world.officer.user)
    assert "Mijikenda" not in last_event().details
    background = actions.say_background(**said, consents=False, by=world.officer.user)
    assert (background.ethnicity, background.has_disability, background.consented_on) == ("", None, None)


def test_discipline_has_a_permission_of_its_own(world: World, hr) -> None:
    told = {"officer": world.officer, "charge": "Absence", "opened_on": date(2026, 5, 1), "paper": PAPER, "at": AT}
    with pytest.raises(NotAllowed):
        actions.open_discipline(**told, by=world.people["county-commander"])
    case = actions.open_discipline(**told, by=hr)
    with pytest.raises(RuleBroken, match="punishment"):
        actions.close_discipline(case=case, outcome="proved", closed_on=ON, paper=PAPER, by=hr, at=AT)
    actions.close_discipline(case=case, outcome="proved", closed_on=ON, punishment="Warning", paper=PAPER, by=hr, at=AT)
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("proved", ON)


def test_access_is_the_scope_or_ones_own(world: World) -> None:
    number = world.officer.service_number
    assert access_officer(world.officer.user, number, Permission.SEE_FAMILY, on=ON) == world.officer
    assert own_record(world.officer.user) == world.officer
    with pytest.raises(NotFound):
        access_officer(world.officer.user, world.other_officer.service_number, Permission.SEE_FILE, on=ON)
    with pytest.raises(NotFound):
        access_officer(world.officer.user, number, Permission.EDIT_OFFICERS, on=ON)
    with pytest.raises(NotFound):
        access_officer(world.people["system-administrator"], number, Permission.SEE_FILE, on=ON)


def test_permissions_of_a_page_are_those_that_can_answers_one_by_one(world: World) -> None:
    for person in world.people.values():
        found = permissions_at(person, world.officer, on=ON)
        assert found == {each for each in Permission if person.can(each, at=world.officer.unit, on=ON)}


def test_a_name_is_found_either_way_round_and_only_in_scope(world: World, hr) -> None:
    officer = enter(world, hr, surname="Wafula", other_names="Neema Auma")
    for words in ("wafula", "Wafula Nee", "neema wafula", "NEEMA AUMA WAFULA", "0071", "007123"):
        assert officer in number_like(hr, words, on=ON), words
    assert officer not in number_like(hr, "auma", on=ON)
    assert number_like(world.people["system-administrator"], "wafula", on=ON) == []
    assert Rank.objects.count() == 14
