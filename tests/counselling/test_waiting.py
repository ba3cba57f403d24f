"""The start page says what waits for a custodian, a counsellor, the lead; and to nobody else that there is any of it."""

from __future__ import annotations

from typing import Any

import pytest

from counselling.actions import welfare
from counselling.models import CounsellorKey, KeySignature
from hcims import clock
from hcims.ui.waiting import told_to
from tests.factories.accounts import UserFactory, appoint
from tests.factories.cases import Circle, Person, text_of

pytestmark = pytest.mark.django_db


def waits(user: Any) -> dict[str, int]:
    user.__dict__.pop("_appointments_on", None)
    return {each.title: each.count for each in told_to(user, on=clock.today(), at=clock.now()) if each.count}


def test_custodians_are_told_of_keys_and_openings_that_are_theirs_to_act_on(circle: Circle) -> None:
    first, second, third = (each.user for each in circle.custodians)
    fresh = Person(appoint(UserFactory(), "counsellor", circle.unit))
    assert waits(fresh.user) == {"Your counsellor's key": 1}
    circle.certify(fresh, signers=1)
    case = circle.case()
    asked = {"case": case.ref, "ground": "risk-to-life", "paper": "OB 1/2026", "reader": circle.ben.user.ref}
    assert circle.asks(circle.lead).post("openings/", asked).status_code == 200
    assert waits(first) == {"Openings to decide": 1}  # the key is signed by this one already
    assert waits(second) == waits(third) == {"Openings to decide": 1, "Counsellors' keys to sign": 1}
    listed = circle.asks(circle.custodians[0]).get("custody/").json()["openings"][0]
    half = circle.custodians[0].opens(listed["share"]["sealed"])
    done = circle.asks(circle.custodians[0]).post(f"openings/{listed['ref']}/outer/", {"inner_sealed": text_of(half)})
    assert done.status_code == 200, done.content
    assert waits(first) == {}
    assert waits(second)["Openings to decide"] == 1
    assert waits(UserFactory()) == {}
    assert KeySignature.objects.filter(key=CounsellorKey.objects.get(user=fresh.user)).count() == 1


def test_a_counsellor_is_told_of_referrals_and_of_cases_that_need_a_new_key(circle: Circle) -> None:
    case = circle.case()
    assert waits(circle.ann.user) == waits(circle.ben.user) == {}
    case.rekey_due_at = clock.now()
    case.save()
    assert waits(circle.ann.user) == {"Cases that need a new key": 1}
    assert waits(circle.ben.user) == {}


def test_the_start_page_shows_it_and_the_lead_sees_what_is_to_be_confirmed(circle: Circle, client: Any) -> None:
    commander = appoint(UserFactory(), "county-commander", circle.unit)
    welfare.record_provision(
        unit=circle.unit, starts_on=clock.today(), room="own", place="Room 4", hours_a_week=2, hours="Friday", by=commander,
        at=clock.now(),
    )  # fmt: skip
    assert waits(circle.lead)["Welfare to confirm"] == 1
    page = circle.asks(circle.lead).client.get("/").content.decode()
    assert "Welfare to confirm" in page
    assert "Nothing waits for you" not in page
