"""Refusals about records that no other test comes to: each in words, by the action, the rule or the form itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Qualification, Skill
from personnel import actions, files, policies
from personnel.forms.base import check_past
from personnel.forms.facts import IdentityForm, ServiceForm, clean_number
from personnel.forms.family import SpouseForm
from personnel.forms.requests import ClaimForm
from personnel.models import CourseAttended, EvidenceState, NextOfKin, Officer, SkillHeld
from tests.factories.accounts import UserFactory
from tests.factories.organisation import rank
from tests.factories.personnel import CorrectionFactory, NextOfKinFactory, OfficerFactory
from tests.signing_in import client_of
from tests.stand_in import StandIn
from tests.world import World

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 6, 1)
NEXT = date(2026, 6, 2)
PAPER = "NPS/HR/12 of 20 May 2026"
Ask = Callable[[World, dict[str, Any]], Any]  # the world, and who enters what on which paper
ENTERED = {"sex": "F", "rank_since": date(2020, 2, 1), "surname": "Wafula", "other_names": "Neema"}


def leave(reason: str, day: date, **officer: Any) -> Ask:
    return lambda world, who: actions.record_exit(
        officer=OfficerFactory(**officer), exited_on=day, reason=reason, **who
    )


def relative(world: World, **fields: Any) -> NextOfKin:
    return NextOfKinFactory(officer=world.officer, **fields)


def mend_course(starts_on: date, ends_on: date) -> Ask:
    def ask(world: World, who: dict[str, Any]) -> Any:
        course = CourseAttended.objects.create(
            officer=world.officer, title="First aid", starts_on=ON, state=EvidenceState.VERIFIED
        )
        return actions.mend_entry(entry=course, facts={"starts_on": starts_on, "ends_on": ends_on}, **who)

    return ask


def ask_twice(world: World, who: dict[str, Any]) -> Any:
    asked = {"officer": world.officer, "section": "names", "by": world.officer.user, "at": AT}
    actions.ask_correction(**asked, what_is_wrong="Misspelt", should_be="As on the card")
    return actions.ask_correction(**asked, what_is_wrong="Misspelt", should_be="As on the card")


def close_case(world: World, who: dict[str, Any]) -> Any:
    case = actions.open_discipline(officer=world.officer, charge="Absence", opened_on=ON, **who)
    return actions.close_discipline(case=case, outcome="not-proved", closed_on=date(2026, 5, 1), **who)


REFUSED: dict[str, Ask] = {
    "not columns of a record": lambda world, who: actions.change_officer(
        officer=world.officer, changes={"unit": world.ward}, **who
    ),
    "not columns": lambda world, who: actions.enter_officer(
        service_number="1234", unit=world.station, rank=rank(), **ENTERED, unit_id=3, **who
    ),
    "End the posting first": lambda world, who: actions.change_officer(
        officer=world.officer, changes={"member": "civilian"}, **who
    ),
    "Choose the reason": leave("entered-in-error", ON),
    "has an exit already": leave("retirement", ON, exited_on=ON, exit_reason="retirement"),
    "exit is before the enlistment": leave("retirement", date(2001, 1, 1)),
    "close the account first": lambda world, who: actions.void_officer(officer=world.officer, reason="Twice", **who),
    "what was wrong with the entry": lambda world, who: actions.void_officer(officer=OfficerFactory(), reason=" ", **who),
    "another account already": lambda world, who: actions.link_account(
        officer=world.officer, user=UserFactory(), by=who["by"], at=AT
    ),
    "belongs to another record": lambda world, who: actions.link_account(
        officer=OfficerFactory(), user=world.officer.user, by=who["by"], at=AT
    ),
    "case is dated in the future": lambda world, who: actions.open_discipline(
        officer=world.officer, charge="Absence", opened_on=NEXT, **who
    ),
    "case would close before": close_case,
    "Say what is wrong": lambda world, who: actions.ask_correction(
        officer=world.officer, section="names", what_is_wrong=" ", should_be="x", by=world.officer.user, at=AT
    ),
    "asked about this part already": ask_twice,
    "Only whoever asked": lambda world, who: actions.withdraw_correction(
        request=CorrectionFactory(officer=world.officer), by=who["by"], at=AT
    ),
    "been ended by somebody": lambda world, who: actions.record_family_fact(
        officer=world.officer, kind="next-of-kin", facts={}, ref=relative(world, ended_on=ON).ref, **who
    ),
    "ended by somebody else": lambda world, who: actions.end_family_fact(
        fact=relative(world, ended_on=ON), ended_on=ON, **who
    ),
    "his or her own spouse": lambda world, who: actions.record_family_fact(
        officer=world.officer, kind="spouse", facts={"name": "Self", "in_service": world.officer}, **who
    ),
    "year of the certificate": lambda world, who: actions.record_qualification(
        officer=world.officer, qualification=Qualification.objects.first(), year=1899, **who
    ),
    "Say why": lambda world, who: actions.refuse_learning(record=CourseAttended(), note=" ", by=who["by"], at=AT),
    "would end before it began": mend_course(NEXT, ON),
    "holds no police rank": lambda world, who: actions.record_rank(
        officer=civilian(), rank=rank(), since=ON,
        authority=PAPER, by=who["by"], at=AT,
    ),
    "holds this rank already": lambda world, who: actions.record_rank(
        officer=world.officer, rank=world.officer.rank, since=ON, authority=PAPER, by=who["by"], at=AT
    ),
    "picture of the certificate, or name": lambda world, who: actions.submit_skill(
        officer=world.officer, skill=Skill.objects.first(), by=world.officer.user, at=AT
    ),
    "no report for this day": lambda world, who: actions.make_balance_report(
        on=ON, threshold=5, by=world.people["npsc-commissioner"], at=AT
    ),
    "does not open the balance": lambda world, who: actions.make_balance_report(on=ON, threshold=5, by=StandIn(), at=AT),
}  # fmt: skip


def civilian() -> Officer:
    return Officer.objects.create(
        service_number="C00001", surname="Akinyi", other_names="Test", sex="F", member="civilian"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("words", REFUSED)
def test_it_is_refused_in_words(world: World, words: str) -> None:
    who = {"paper": PAPER, "by": world.people["hr-officer"], "at": AT}
    with pytest.raises((RuleBroken, NotAllowed, TypeError), match=words):
        REFUSED[words](world, who)


def picture(width: int = 40, kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("1", (width, width)).save(out, kind)
    return SimpleUploadedFile("picture", out.getvalue())


def too_large() -> SimpleUploadedFile:
    found = picture()
    found.size = files.MAX_EVIDENCE + 1
    return found


RULES: dict[str, Callable[[], Any]] = {
    "does not allow entering": lambda: policies.check_can_enter_at(StandIn(), None, paper=PAPER, on=ON),
    "on your record already": lambda: policies.check_can_claim(SkillHeld(state=EvidenceState.VERIFIED), on=ON),
    "skill is dated in the future": lambda: policies.check_skill_days(NEXT, None, ON),
    "lapse before it was acquired": lambda: policies.check_skill_days(ON, ON, ON),
    "course would end": lambda: policies.check_course_days(NEXT, ON),
    "This day lies ahead": lambda: check_past(NEXT, ON),
    "3 to 20 figures": lambda: clean_number("1"),
    "too many points": lambda: files.photograph(picture(7_500)),
    "or it is damaged": lambda: files.photograph(SimpleUploadedFile("picture", b"GIF89a")),
    "larger than 5 MB": lambda: files.evidence(too_large()),
}


@pytest.mark.parametrize("words", RULES)
def test_a_rule_says_it_in_words(words: str) -> None:
    with pytest.raises((RuleBroken, NotAllowed, ValidationError), match=words):
        RULES[words]()


@pytest.mark.django_db
def test_a_form_says_what_is_wrong_with_a_value() -> None:
    officer = OfficerFactory()
    given = {"officer": officer, "on": ON}
    assert "six to nine figures" in str(IdentityForm({"national_id": "12"}, **given).errors)
    assert "nine figures and a letter" in str(IdentityForm({"kra_pin": "A1"}, **given).errors)
    assert "Nothing is changed" in str(IdentityForm({"paper": PAPER}, **given).errors)
    assert "16 to 100 years" in str(ServiceForm({"born_on": "2020-01-01"}, **given).errors)
    unseen = OfficerFactory(surname="Testa")
    for number, name in (
        ("999999", "Juma Testa"),
        (unseen.service_number, "Juma Onyango"),
    ):  # absent, and unknown by name
        assert "under this name" in str(SpouseForm({"in_service": number, "name": name}, **given).errors)
    known = SpouseForm({"in_service": unseen.service_number, "name": "Juma TESTA", "paper": PAPER}, **given)
    assert known.is_valid(), known.errors
    claim = ClaimForm({"skill": Skill.objects.get(code="ict").pk, "level": "1"}, **given)
    assert "which certificate it is" in str(claim.errors)


@pytest.mark.django_db
def test_addresses_that_lead_to_nothing(world: World) -> None:
    hr, own = client_of(world.people["hr-officer"]), client_of(world.officer.user)
    asked = CorrectionFactory(officer=world.officer, evidence="")
    held = SkillHeld.objects.create(officer=world.officer, skill=Skill.objects.first(), submitted_at=AT)
    file = f"/officers/{world.officer.service_number}"
    absent = [
        f"{file}/enter/praise/", f"{file}/enter/end-next-of-kin/nothing/", f"{file}/enter/course/nothing/", f"{file}/photo/",
        f"{file}/change/nothing/", f"/officers/{civilian().service_number}/enter/void-rank/", "/skills/to-check/nothing/",
        f"/corrections/{asked.ref}/evidence/", f"/skills/{held.ref}/evidence/", "/skills/nothing/evidence/",
    ]  # fmt: skip
    assert {each: hr.get(each).status_code for each in absent} == dict.fromkeys(absent, 404)
    assert hr.get(f"{file}/").status_code == 200
    assert own.post("/me/record/docx/").status_code == 404
