"""Who opens a case: the person it was granted to, with the wrapped key in the same row, and nobody by being powerful."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import serializers
from django.db import IntegrityError, transaction

from counselling import case_access, grants
from counselling.models import Case, CaseEvent, CaseGrant, GrantKind, SealedReferral
from hcims import clock
from hcims.errors import NotFound
from hcims.references import new_reference
from tests.factories.accounts import UserFactory, appoint
from tests.factories.cases import LOCKED, Circle, Person, seal, text_of

pytestmark = pytest.mark.django_db
OPEN = "counselling.open_case"


def opens(user: Any, case: Case) -> bool:
    """What the wrapper says, and that Django's question gets the same answer."""
    by_list = list(grants.records(Case, user=user, at=clock.now())) == [case]
    try:
        by_one = bool(case_access.access_case(user, case.ref, at=clock.now()))
    except NotFound:
        by_one = False
    asked = user.has_perm(OPEN, case)
    assert by_list == by_one == asked
    return asked


def test_only_the_person_it_was_granted_to_however_one_asks(circle: Circle) -> None:
    case = circle.case()
    assert opens(circle.ann.user, case)
    for role in ("inspector-general", "hr-officer", "auditor", "system-administrator"):
        assert not opens(appoint(UserFactory(), role, circle.unit), case)
    for user in (circle.ben.user, circle.lead, circle.custodians[0].user):
        assert not opens(user, case)
    assert not AnonymousUser().has_perm(OPEN, case)
    assert not grants.records(Case, user=AnonymousUser(), at=clock.now())


def test_no_flag_opens_a_case_nor_lets_its_holder_through(circle: Circle) -> None:
    case = circle.case()
    for user in (circle.ben.user, circle.ann.user):
        user.is_superuser = user.is_staff = True  # as somebody in a shell might
        assert not opens(user, case)
        user.is_superuser = False
        user.is_active = False
        assert not opens(user, case)


def test_a_grant_that_ended_opens_nothing(circle: Circle) -> None:
    case = circle.case()
    CaseGrant.objects.update(ends_at=clock.now() - timedelta(seconds=1), starts_at=clock.now() - timedelta(days=1))
    assert not opens(circle.ann.user, case)


def row(circle: Circle, case: Case, **changes: Any) -> CaseGrant:
    fields = {
        "user": UserFactory(), "permission": grants.permission_of(Case), "content_object": case, "kind": "second",
        "reason": "cover", "given_by": circle.ann.user, "starts_at": clock.now(), "wrapped": LOCKED, **changes,
    }  # fmt: skip
    return CaseGrant(**fields)


@pytest.mark.parametrize(
    "changes",
    [
        {"wrapped": b""},
        {"wrapped": None},
        {"kind": "owner"},
        {"kind": "successor"},
        {"kind": "break-glass"},
        {"ends_at": clock.now() - timedelta(days=400)},
    ],
)
def test_the_database_refuses_a_grant_without_its_key_and_a_second_holder(
    circle: Circle, changes: dict[str, Any]
) -> None:
    case = circle.case()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(circle, case, **changes).save()
    row(circle, case).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(circle, case).save()


def test_a_second_counsellor_reads_and_writes_until_the_end_and_does_not_pass_it_on(circle: Circle) -> None:
    case = circle.case()
    ann, ben = circle.asks(circle.ann), circle.asks(circle.ben)
    ends = (clock.now() + timedelta(days=7)).isoformat()
    sent = {
        "user": circle.ben.user.ref, "key": circle.ben.key.ref, "wrapped": circle.wrapped(case.ref, circle.ben),
        "kind": "second", "reason": "cover", "ends_at": ends, "lookup": "",
    }  # fmt: skip
    assert ann.post(f"cases/{case.ref}/grants/", {**sent, "reason": "curious"}).status_code == 422
    assert ann.post(f"cases/{case.ref}/grants/", {**sent, "wrapped": ""}).status_code == 422
    assert ann.post(f"cases/{case.ref}/grants/", sent).status_code == 200
    assert ann.post(f"cases/{case.ref}/grants/", sent).status_code == 409
    note = {**circle.text(case.ref, "note"), "kind": "note"}
    assert ben.post(f"cases/{case.ref}/texts/", note).status_code == 200
    for deed in ("grants", "handover", "close", "erase", "rekey"):
        assert ben.post(f"cases/{case.ref}/{deed}/", sent).status_code == 403, deed
    assert ann.post(f"cases/{case.ref}/grants/{circle.ben.user.ref}/end/").status_code == 200
    assert ben.get(f"cases/{case.ref}/").status_code == 404
    assert not CaseGrant.objects.filter(kind=GrantKind.SECOND).exists(), "the wrapped key went with the right"


def test_a_third_person_is_not_let_in(circle: Circle) -> None:
    case, third = circle.case(), Person(appoint(UserFactory(), "counsellor", circle.unit))
    circle.certify(third)
    ann = circle.asks(circle.ann)
    for person, status in ((circle.ben, 200), (third, 409)):
        sent = {
            "user": person.user.ref, "key": person.key.ref, "wrapped": circle.wrapped(case.ref, person),
            "kind": "second", "reason": "joint-work", "ends_at": None,
        }  # fmt: skip
        assert ann.post(f"cases/{case.ref}/grants/", sent).status_code == status


def test_handing_over_ends_one_s_own_grant(circle: Circle) -> None:
    case = circle.case()
    sent = {
        "user": circle.ben.user.ref, "key": circle.ben.key.ref, "wrapped": circle.wrapped(case.ref, circle.ben),
        "consent": circle.text(case.ref, "consent"),
    }  # fmt: skip
    assert circle.asks(circle.ann).post(f"cases/{case.ref}/handover/", sent).status_code == 200
    assert circle.asks(circle.ann).get(f"cases/{case.ref}/").status_code == 404
    read = circle.asks(circle.ben).get(f"cases/{case.ref}/").json()
    assert (read["grant"]["kind"], read["grant"]["lookup"]) == ("successor", "")
    assert {each["kind"] for each in read["texts"]} == {"face", "consent"}


def test_a_referral_is_sealed_to_its_receiver_and_destroyed_when_declined(circle: Circle) -> None:
    case = circle.case()
    sent = {
        "to": circle.ben.user.ref, "key": circle.ben.key.ref, "record": circle.text(case.ref, "referral"),
        "ref": new_reference(),
        "sealed": text_of(seal({"body": "what was agreed"}, circle.ben.recipient)),
    }  # fmt: skip
    assert circle.asks(circle.ann).post(f"cases/{case.ref}/referrals/", sent).status_code == 200
    ben = circle.asks(circle.ben)
    (got,) = ben.get("referrals/").json()["referrals"]
    assert circle.ben.opens(got["sealed"])
    assert case.ref not in str(got), "the receiver learns what was chosen, not which case it is"
    assert circle.asks(circle.ann).post(f"referrals/{got['ref']}/", {"answer": "accepted"}).status_code == 404
    assert ben.post(f"referrals/{got['ref']}/", {"answer": "declined"}).status_code == 200
    assert bytes(SealedReferral.objects.get().sealed) == b""
    assert ben.get("referrals/").json()["referrals"] == []


def test_who_read_a_case_is_shown_to_its_counsellor(circle: Circle) -> None:
    case = circle.case()
    ann = circle.asks(circle.ann)
    ann.get(f"cases/{case.ref}/")
    found = ann.get(f"cases/{case.ref}/readings/").json()["readings"]
    assert [each["event"] for each in found] == ["log-read", "case-read", "case-opened"]
    assert {each["by"]["name"] for each in found} == {circle.ann.user.full_name}


def test_the_log_names_nobody(circle: Circle) -> None:
    case = circle.case()
    circle.asks(circle.ann).get(f"cases/{case.ref}/")
    said = serializers.serialize("json", CaseEvent.objects.all())
    assert circle.ann.user.full_name not in said
    assert case.pseudonym not in said
