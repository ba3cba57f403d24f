"""Appointments: two people, neither of them the appointee; the right kind of unit; privileged ones told to auditors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts import actions
from accounts.models import Appointment, AppointmentState, User
from accounts.queries.roles import permissions_in_words, roles_in_words
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.notify.models import PersonalNotice
from tests.factories.accounts import AppointmentFactory, OutsideUserFactory, UserFactory, appoint
from tests.signing_in import client_of
from tests.world import World

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ON = date(2026, 11, 20)


def propose(world: World, **fields: Any) -> Appointment:
    given = {
        "user": fields.pop("user", None) or UserFactory(), "role": "county-commander", "unit": world.county,
        "starts_on": ON, "ends_on": None, "authority": "NPS/HR/7/2026", "by": world.people["hr-officer"], "at": AT,
    }  # fmt: skip
    return actions.propose_appointment(**{**given, **fields})


def approve(world: World, made: Appointment, by: User | None = None) -> Appointment:
    return actions.approve_appointment(appointment=made, by=by or world.people["npsc-commissioner"], at=AT)


def test_it_opens_nothing_until_somebody_else_approves(world: World) -> None:
    made = propose(world)
    assert not User.objects.get(pk=made.user_id).can(Permission.SEE_FILE, at=world.county, on=ON)
    approve(world, made)
    assert User.objects.get(pk=made.user_id).can(Permission.SEE_FILE, at=world.station, on=ON)
    row = AuditEvent.objects.get(event="appointment-approved")
    assert (row.source, row.by_ref) == ("NPS/HR/7/2026", world.people["npsc-commissioner"].ref)


def test_a_closed_account_holds_no_right_though_its_appointment_runs_on(world: World) -> None:
    user = appoint(UserFactory(), "hr-officer", world.service)
    assert user.can(Permission.SEE_FILE, at=world.station, on=ON)
    actions.close_account(user=user, by=world.people["system-administrator"], at=AT, reason="suspended")
    closed = User.objects.get(pk=user.pk)
    assert closed.appointments_on(ON)
    assert not closed.can(Permission.SEE_FILE, at=world.station, on=ON)
    assert not closed.can(Permission.SEE_FILE, on=ON)
    assert closed.scope(Permission.SEE_FILE, on=ON).is_empty


def test_nobody_takes_part_in_ones_own(world: World) -> None:
    with pytest.raises(NotAllowed, match="his or her own"):
        propose(world, user=world.people["hr-officer"])
    made = propose(world, user=world.people["npsc-commissioner"], role="board-member")
    with pytest.raises(NotAllowed, match="his or her own"):
        approve(world, made)


def test_whoever_proposed_does_not_decide(world: World) -> None:
    both = appoint(appoint(UserFactory(), "hr-officer", world.service), "npsc-commissioner", world.service)
    made = propose(world, by=both)
    with pytest.raises(NotAllowed, match="somebody else decides"):
        approve(world, made, by=both)


def test_the_database_holds_the_same_rules(world: World) -> None:
    person, other = UserFactory(), UserFactory()
    for fields in (
        {"proposed_by": person}, {"decided_by": person}, {"proposed_by": other, "decided_by": other},
        {"decided_by": None, "decided_at": None},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            AppointmentFactory(user=person, unit=world.county, state="approved", **fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "station-commander"}, "held at"),
        ({"role": "auditor"}, "held at"),
        ({"role": "officer"}, "without an appointment"),
        ({"role": "no-such-role"}, "another role"),
        ({"ends_on": ON}, "end before it starts"),
        ({"user": "closed"}, "closed"),
        ({"user": "outside"}, "Only an officer"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(world: World, fields: dict[str, Any], said: str) -> None:
    people = {
        "closed": UserFactory(is_active=False, closed_at=AT), "outside": OutsideUserFactory(),
    }  # fmt: skip
    if "user" in fields:
        fields = {**fields, "user": people[fields["user"]]}
    with pytest.raises(RuleBroken, match=said):
        propose(world, **fields)


def test_who_watches_holds_no_other_role(world: World) -> None:
    auditor = appoint(UserFactory(), "auditor", world.service)
    with pytest.raises(RuleBroken, match="not held by one person"):
        propose(world, user=auditor)
    commander = appoint(UserFactory(), "county-commander", world.county)
    with pytest.raises(RuleBroken, match="not held by one person"):
        propose(world, user=commander, role="system-administrator", unit=world.service)


def test_the_rules_are_asked_again_when_it_is_approved(world: World) -> None:
    user = UserFactory()
    made = propose(world, user=user)
    appoint(user, "auditor", world.service)
    with pytest.raises(RuleBroken, match="not held by one person"):
        approve(world, made)


def test_one_proposes_only_where_one_may(world: World) -> None:
    elsewhere = appoint(UserFactory(), "hr-officer", world.other_county)
    with pytest.raises(NotAllowed, match="at this unit"):
        propose(world, by=elsewhere)


def test_auditors_are_told_of_privileged_roles_only(world: World) -> None:
    auditor = world.people["auditor"]
    approve(world, propose(world))
    assert not PersonalNotice.objects.filter(user=auditor).exists()
    approve(world, propose(world, role="hr-officer"))
    assert PersonalNotice.objects.get(user=auditor).kind == "privileged-grant"


def test_a_decision_is_made_once(world: World) -> None:
    made = propose(world)
    second = Appointment.objects.get(pk=made.pk)
    actions.refuse_appointment(appointment=made, by=world.people["npsc-commissioner"], at=AT, note="No vacancy")
    with pytest.raises(InvalidTransition):
        approve(world, second, by=world.people["inspector-general"])
    assert Appointment.objects.get(pk=made.pk).state == AppointmentState.REFUSED


def test_only_whoever_proposed_it_takes_it_back(world: World) -> None:
    made = propose(world)
    with pytest.raises(NotAllowed):
        actions.withdraw_appointment(appointment=made, by=world.people["inspector-general"], at=AT)
    actions.withdraw_appointment(appointment=made, by=world.people["hr-officer"], at=AT)
    assert Appointment.objects.get(pk=made.pk).state == AppointmentState.WITHDRAWN


def test_it_ends_by_a_day_and_not_by_its_holder(world: World) -> None:
    user = UserFactory()
    made = approve(world, propose(world, user=user))
    with pytest.raises(NotAllowed, match="his or her own"):
        actions.end_appointment(appointment=made, ends_on=date(2027, 1, 1), by=user, at=AT, reason="tired")
    actions.end_appointment(
        appointment=made, ends_on=date(2027, 1, 1), by=world.people["hr-officer"], at=AT, reason="posted"
    )
    fresh = User.objects.get(pk=user.pk)
    assert fresh.can(Permission.SEE_FILE, on=date(2026, 12, 31))
    assert not fresh.can(Permission.SEE_FILE, on=date(2027, 1, 1))


def test_a_command_ends_with_the_posting_and_the_next_one_stays(world: World) -> None:
    user = UserFactory()
    old = AppointmentFactory(user=user, unit=world.county, role="county-commander", by_virtue_of_post=True)
    other = AppointmentFactory(user=user, unit=world.county, role="counsellor")
    coming = AppointmentFactory(
        user=user, unit=world.other_county, role="county-commander", by_virtue_of_post=True, starts_on=ON
    )
    ended = actions.end_appointments_by_virtue(user=user, on=ON, by=world.people["hr-officer"], at=AT, reason="PO/1")
    assert [each.pk for each in ended] == [old.pk]
    other.refresh_from_db()
    coming.refresh_from_db()
    assert (other.ends_on, coming.ends_on) == (None, None)


def test_the_queue_shows_age_and_whose_turn_it_is(world: World, django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        propose(world)
    client = client_of(world.people["npsc-commissioner"])
    with django_assert_max_num_queries(16):
        content = client.get("/appointments/").content.decode()
    assert content.count("for you") == 30
    assert "other than you" in client_of(world.people["hr-officer"]).get("/appointments/").content.decode()


def test_the_pages_lead_from_proposal_to_force(world: World) -> None:
    user = UserFactory(login="007123")
    hr, commissioner = client_of(world.people["hr-officer"]), client_of(world.people["npsc-commissioner"])
    given = {
        "person": "007 123", "role": "county-commander", "unit": "c-kilifi", "starts_on": "2026-12-01",
        "authority": "NPS/HR/8/2026",
    }  # fmt: skip
    assert b"Nobody with an open account" in hr.post("/appointments/propose/", {**given, "person": "1"}).content
    answer = hr.post("/appointments/propose/", given)
    assert answer.status_code == 302
    ref = Appointment.objects.get(user=user).ref
    assert hr.post(f"/appointments/{ref}/approve/").status_code == 404
    assert commissioner.post(f"/appointments/{ref}/refuse/", {}).status_code == 422
    assert commissioner.post(f"/appointments/{ref}/approve/", {}).status_code == 302
    assert Appointment.objects.get(user=user).state == AppointmentState.APPROVED


def test_suggestions_come_while_one_types(world: World) -> None:
    UserFactory(login="007123", full_name="Asha Mwende")
    hr = client_of(world.people["hr-officer"])
    assert b'value="007123"' in hr.get("/appointments/people/?person=asha").content
    assert b'value="C-KILIFI"' in hr.get("/appointments/units/?unit=kilifi").content
    assert hr.get("/appointments/people/").content.strip() == b""


def test_roles_in_plain_words_for_everybody(world: World) -> None:
    content = client_of(world.officer.user).get("/roles/").content.decode()
    assert "Manages accounts and settings. Sees no personnel content of any kind." in content
    assert "see-audit" in content


def test_the_same_role_is_neither_proposed_nor_held_twice(world: World) -> None:
    made = propose(world)
    with pytest.raises(RuleBroken, match="waits for a decision"):
        propose(world, user=made.user)
    approve(world, made)
    with pytest.raises(RuleBroken, match="already holds"):
        propose(world, user=made.user)


@pytest.mark.django_db
def test_the_page_of_roles_is_in_kiswahili_too() -> None:
    """Every officer's account leads to it: each role and each permission says there in both languages what it may do."""
    with override("en"):
        english = {each.description for each in ROLES.values()} | {str(each.meaning) for each in Permission}
    with override("sw"):
        roles, permissions = roles_in_words(), permissions_in_words()
    assert not english & ({each.description for each in roles} | {each.meaning for each in permissions})
    assert not {each.name for each in ROLES.values()} & {each.name for each in roles}
    officer = roles[0]
    assert (officer.reach, officer.held_at) == ("yeye mwenyewe tu", "hakuna uteuzi unaohitajika")
    client = client_of(UserFactory())
    client.cookies["django_language"] = "sw"
    assert "Mei<" not in client.get("/roles/").content.decode()  # what one may, not the month
