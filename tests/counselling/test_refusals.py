"""What is refused and why, each rule by itself: whoever takes one out meets a red test here."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import Appointment
from counselling.actions import calls, help, incidents, offices
from counselling.actions.contacts import enter_tally
from counselling.actions.openings import ask_opening
from counselling.models import CounsellingOffice, HelpLine, Opening
from counselling.policies import cases as of_cases
from counselling.policies import cover, custody
from counselling.policies import supporters as of_supporters
from hcims import clock
from hcims.errors import NotAllowed, Refusal, RuleBroken
from hcims.references import new_reference
from organisation.models import County
from tests.factories.accounts import OutsideUserFactory, UserFactory, appoint
from tests.factories.cases import Circle, Person, pin, text_of
from tests.factories.supporters import help_line, supporter_at
from tests.world import World

AT, ON = datetime(2026, 11, 20, 9, tzinfo=UTC), date(2026, 11, 20)


@contextmanager
def refused(kind: type[Refusal], words: str) -> Any:
    with pytest.raises(kind) as raised:
        yield
    assert words in str(raised.value.message)


def says(answer: Any, words: str, status: int = 409) -> None:
    assert (answer.status_code, words in answer.json()["error"]) == (status, True), answer.content


def test_days_that_cannot_be() -> None:
    """Pure rules, without a database."""
    yesterday, late = ON - timedelta(days=1), AT - timedelta(hours=1)
    with refused(RuleBroken, "due today at the earliest"):
        of_cases.check_review(yesterday, on=ON)
    with refused(RuleBroken, "lies in the past"):
        of_cases.check_end(late, at=AT)
    with refused(RuleBroken, "still to come"):
        cover.check_month(date(2026, 12, 1), on=ON)
    with refused(RuleBroken, "more than a year ago"):
        cover.check_month(date(2025, 10, 1), on=ON)
    with refused(RuleBroken, "where this is from"):
        cover.check_source(" ")
    with refused(RuleBroken, "not come yet"):
        of_supporters.check_not_ahead(ON + timedelta(days=1), on=ON)
    unit, county = SimpleNamespace(county_id=1, name="Bamba"), SimpleNamespace(pk=2, name="Kilifi")
    with refused(RuleBroken, "does not lie in"):
        of_supporters.check_area(unit, county)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_what_may_not_be_written_to_a_case(circle: Circle) -> None:
    case = circle.case()
    ann, path = circle.asks(circle.ann), f"cases/{case.ref}/"
    taken = {**circle.text(case.ref, "note"), "ref": case.face.ref, "kind": "note"}
    says(ann.post("cases/", {**circle.new_case(), "ref": case.ref}), "reference is taken")
    says(ann.post(f"{path}texts/", taken), "reference is taken")
    says(
        ann.post(f"{path}texts/", {**circle.text(case.ref, "note"), "kind": "note", "replaces": case.face.ref}),
        "own kind",
    )
    says(ann.post(f"{path}texts/", {**circle.text(case.ref, "face"), "kind": "face"}), "one face")
    held = {"ref": new_reference(), "kind": "intake", "minutes": 50, "mode": "phone", "on": clock.today().isoformat()}
    before = (case.opened_on - timedelta(days=1)).isoformat()
    says(ann.post(f"{path}sessions/", {**held, "on": before}), "between the day")
    assert ann.post(f"{path}sessions/", held).status_code == 200
    says(ann.post(f"{path}sessions/", held), "reference is taken")
    rekeyed = {"recipient": case.recipient, "texts": [], "grants": [], "shares": circle.shares("AGE-SECRET-KEY-1")}
    says(ann.post(f"{path}rekey/", rekeyed), "another recipient")
    too_much = {**circle.text(case.ref, "note"), "kind": "note", "more": "x" * 9_000_000}
    says(ann.post(f"{path}texts/", too_much), "MB were sent", 422)


@pytest.mark.django_db
def test_to_whom_a_case_does_not_go(circle: Circle) -> None:
    case = circle.case()
    ann, path = circle.asks(circle.ann), f"cases/{case.ref}/"
    self = {"user": circle.ann.user.ref, "key": circle.ann.key.ref, "wrapped": circle.wrapped(case.ref, circle.ann)}
    says(ann.post(f"{path}handover/", {**self, "consent": circle.text(case.ref, "consent")}), "yours already")
    letter = {
        "ref": new_reference(), "to": circle.ann.user.ref, "key": circle.ann.key.ref, "sealed": self["wrapped"],
        "record": circle.text(case.ref, "referral"),
    }  # fmt: skip
    says(ann.post(f"{path}referrals/", letter), "Choose a colleague")
    to_ben = {**letter, "to": circle.ben.user.ref, "key": circle.ben.key.ref}
    assert ann.post(f"{path}referrals/", to_ben).status_code == 200
    says(ann.post(f"{path}referrals/", {**to_ben, "record": circle.text(case.ref, "referral")}), "reference is taken")
    Appointment.objects.filter(user=circle.ben.user).update(ends_on=clock.today())
    ended = {"user": circle.ben.user.ref, "key": circle.ben.key.ref, "wrapped": circle.wrapped(case.ref, circle.ben)}
    says(ann.post(f"{path}grants/", {**ended, "kind": "second", "reason": "cover"}), "not appointed")
    pin(*circle.custodians[:2])
    says(ann.post("cases/", circle.new_case()), "not pinned")


@pytest.mark.django_db
def test_keys_and_openings_that_are_refused(circle: Circle) -> None:
    case, first = circle.case(), circle.custodians[0]
    ann, asked = circle.asks(circle.ann), {"case": case.ref, "ground": "risk-to-life", "paper": "OB 1"}
    fresh = {"recipient": Person(circle.ann.user).recipient, "locked": text_of(bytes(circle.ann.key.locked))}
    fresh |= {"recovery_locked": text_of(bytes(circle.ann.key.recovery_locked))}
    says(ann.post("keys/", fresh), "wrapped to your key")
    keys = {**fresh, "body": "ipoa", "signing_key": "bm8="}
    says(circle.asks(first).post("custody/keys/", keys), "P-256")
    says(
        circle.asks(circle.lead).post("openings/", {**asked, "reader": circle.ann.user.ref}),
        "can open the case already",
    )
    made = circle.asks(circle.lead).post("openings/", {**asked, "reader": circle.ben.user.ref}).json()
    opening = Opening.objects.get(ref=made["ref"])
    case.shares.filter(outer=first.key).update(key_version=9)
    says(
        circle.asks(first).post(f"openings/{made['ref']}/outer/", {"inner_sealed": circle.wrapped(case.ref, first)}),
        "no share for you",
    )
    opening.state = "refused"
    opening.save()
    case.shares.update(key_version=9)
    says(
        circle.asks(circle.lead).post("openings/", {**asked, "reader": circle.ben.user.ref}), "No custodian has a share"
    )
    third = circle.custodians[2]
    signed = {"key": circle.ann.key.ref, "signature": third.signature(circle.ann.key)}
    says(circle.asks(third).post("custody/sign/", signed), "does not wait for a signature")
    with refused(NotAllowed, "Counsellors and the wellbeing lead"):
        ask_opening(
            case_ref=case.ref, ground="risk-to-life", paper="OB 1", reader=circle.ben.key, by=UserFactory(), at=AT
        )
    with refused(NotAllowed, "not a custodian"):
        custody.check_can_keep_keys(OutsideUserFactory(), on=clock.today())
    own = SimpleNamespace(user_id=first.user.pk, state="proposed")
    with refused(NotAllowed, "Nobody signs"):
        custody.check_can_sign(first.key, own)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_what_is_not_done_around_cases(world: World) -> None:
    lead, nobody = world.people["wellbeing-lead"], UserFactory()
    with refused(NotAllowed, "Only a peer supporter"):
        enter_tally(month="2026-11", county=County.objects.all()[0], lines={("family", "work"): 1}, by=nobody, on=ON)
    with refused(NotAllowed, "kept by the wellbeing lead"):
        cover.check_can_lead(nobody, world.station, on=ON)
    with refused(NotAllowed, "whole service"):
        of_supporters.check_leads_everywhere(appoint(UserFactory(), "wellbeing-lead", world.county), on=ON)
    supporter = supporter_at(world.station)
    with refused(RuleBroken, "no public key"):
        calls.use_phone(supporter=supporter, point=b"\x04short", by=supporter.user, on=ON)
    line = HelpLine.objects.get(ref=help_line())
    help.record_try(line=line, tried_on=ON, was_answered=True, by=lead, at=AT)
    with refused(RuleBroken, "later than that"):
        help.record_try(line=line, tried_on=ON - timedelta(days=1), was_answered=True, by=lead, at=AT)
    help.end_line(line=line, by=lead, at=AT)
    with refused(RuleBroken, "off the list already"):
        help.end_line(line=line, by=lead, at=AT)
    office = CounsellingOffice.objects.create(
        unit=world.station, name="Office", starts_on=date(2026, 1, 1), source="Paper"
    )
    offices.close_office(office=office, ends_on=ON, source="Letter", by=lead, at=AT)
    with refused(RuleBroken, "closed already"):
        offices.close_office(office=office, ends_on=ON, source="Letter", by=lead, at=AT)
    commander = world.people["county-commander"]
    event = incidents.record_incident(unit=world.station, kind="riot", happened_on=ON, link="/w/", by=commander, at=AT)
    with refused(RuleBroken, "why it is taken back"):
        incidents.withdraw_incident(incident=event, reason=" ", by=commander, at=AT)
    incidents.withdraw_incident(incident=event, reason="Entered twice", by=commander, at=AT)
    with refused(RuleBroken, "taken back already"):
        incidents.withdraw_incident(incident=event, reason="Again", by=commander, at=AT)
