"""Appointments: proposed by one, approved or refused by another, ended by date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, AppointmentState, User
from accounts.policies import appointments as policy
from accounts.queries.people import approvers_at, auditors
from hcims import workflow
from hcims.access.roles import ROLES
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from organisation.models import Unit

QUEUE = "/appointments/"


@action
def propose_appointment(
    *, user: User, role: str, unit: Unit, starts_on: date, ends_on: date | None, authority: str, by: Any, at: datetime
) -> Appointment:
    """This function will propose that a person holds a role at a unit for a period; somebody else decides.

    Errors: NotAllowed, RuleBroken with the rule it would break.
    """
    on = timezone.localdate(at)
    policy.check_can_propose(by, user, unit, on=on)
    found = policy.check_fits(user, role, unit, starts_on=starts_on, ends_on=ends_on)
    same = Appointment.objects.filter(user=user, role=role, unit=unit, state=AppointmentState.PROPOSED)
    if same.exists():
        raise RuleBroken(_("The same appointment is proposed already and waits for a decision."), policy.TWO_PEOPLE)
    appointment = Appointment.objects.create(
        user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on, authority=authority.strip(),
        by_virtue_of_post=found.by_virtue_of_post, proposed_by=by, proposed_at=at,
    )  # fmt: skip
    deciders = [each for each in approvers_at(unit, on=on) if each.pk not in (by.pk, user.pk)]
    notify_many(deciders, Notice.APPOINTMENT_TO_APPROVE, at=at, by=by, link=QUEUE)
    trail.record(
        Event.APPOINTMENT_PROPOSED, target=appointment, by=by, at=at, source=authority, details=_facts(appointment)
    )
    return appointment


def _facts(appointment: Appointment) -> dict[str, Any]:
    return {
        "user": appointment.user.ref,
        "role": appointment.role,
        "unit": appointment.unit.code,
        "from": appointment.starts_on.isoformat(),
        "to": appointment.ends_on.isoformat() if appointment.ends_on else None,
    }


@action
def approve_appointment(*, appointment: Appointment, by: Any, at: datetime, note: str = "") -> Appointment:
    """This function will bring a proposal into force. A privileged role is told to the auditors.

    The rules are checked again: much may have changed since it was proposed. Errors: NotAllowed, RuleBroken.
    """
    on = timezone.localdate(at)
    policy.check_can_decide(by, appointment, on=on)
    # One row of the person is locked, so that two approvals at once cannot both find the other absent.
    user = User.objects.select_for_update().get(pk=appointment.user_id)
    policy.check_fits(
        user, appointment.role, appointment.unit, starts_on=appointment.starts_on, ends_on=appointment.ends_on
    )
    fields = {"decided_by": by, "decided_at": at, "decision_note": note.strip()}
    workflow.move(appointment, AppointmentState.APPROVED, by=by, at=at, note=note, **fields)
    notify(user, Notice.APPOINTED, at=at, by=by, link="/account/")
    notify(appointment.proposed_by, Notice.APPOINTMENT_DECIDED, at=at, by=by, link=f"{QUEUE}{appointment.ref}/")
    if ROLES[appointment.role].is_privileged:
        told = [each for each in auditors(on=on) if each.pk != by.pk]
        notify_many(told, Notice.PRIVILEGED_GRANT, at=at, by=by, link=f"{QUEUE}{appointment.ref}/")
    trail.record(
        Event.APPOINTMENT_APPROVED, target=appointment, by=by, at=at, reason=note, source=appointment.authority,
        details=_facts(appointment) | {"privileged": ROLES[appointment.role].is_privileged},
    )  # fmt: skip
    return appointment


@action
def refuse_appointment(*, appointment: Appointment, by: Any, at: datetime, note: str) -> Appointment:
    """This function will refuse a proposal, with the reason."""
    policy.check_can_decide(by, appointment, on=timezone.localdate(at))
    fields = {"decided_by": by, "decided_at": at, "decision_note": note.strip()}
    workflow.move(appointment, AppointmentState.REFUSED, by=by, at=at, note=note, **fields)
    notify(appointment.proposed_by, Notice.APPOINTMENT_DECIDED, at=at, by=by, link=f"{QUEUE}{appointment.ref}/")
    trail.record(Event.APPOINTMENT_REFUSED, target=appointment, by=by, at=at, reason=note, details=_facts(appointment))
    return appointment


@action
def withdraw_appointment(*, appointment: Appointment, by: Any, at: datetime) -> Appointment:
    """This function will take one's own proposal back before anybody has decided."""
    policy.check_can_withdraw(by, appointment)
    fields = {"decided_by": by, "decided_at": at}
    return workflow.move(appointment, AppointmentState.WITHDRAWN, by=by, at=at, **fields)


@action
def end_appointment(*, appointment: Appointment, ends_on: date, by: Any, at: datetime, reason: str) -> Appointment:
    """This function will end an appointment on a day (that day no longer counts), with the reason."""
    policy.check_can_end(by, appointment, on=timezone.localdate(at))
    appointment = _locked(appointment)
    policy.check_end(appointment, ends_on)
    return _end(appointment, ends_on, by=by, at=at, reason=reason)


@action
def end_appointments_by_virtue(*, user: User, on: date, by: Any, at: datetime, reason: str) -> list[Appointment]:
    """This function will end, on the day a posting ends, every command the person holds by virtue of a post.

    For `deployment`, which has checked who may end the posting. One that begins on that day or later is left alone: it
    goes with the next posting.
    """
    held = Appointment.objects.select_for_update(of=("self",)).select_related("unit", "user")
    held = held.filter(user=user, by_virtue_of_post=True, state=AppointmentState.APPROVED, starts_on__lt=on)
    running = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).order_by("pk")
    return [_end(each, on, by=by, at=at, reason=reason) for each in running]


def _locked(appointment: Appointment) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).select_related("unit", "user")
    return found.get(pk=appointment.pk)


def _end(appointment: Appointment, ends_on: date, *, by: Any, at: datetime, reason: str) -> Appointment:
    appointment.ends_on, appointment.ended_reason = ends_on, reason.strip()[:200]
    appointment.save(update_fields=["ends_on", "ended_reason"])
    last_day = ends_on - timedelta(days=1)
    notify(appointment.user, Notice.APPOINTMENT_ENDED, at=at, by=by, link="/account/")
    details = _facts(appointment) | {"last_day": last_day.isoformat()}
    trail.record(Event.APPOINTMENT_ENDED, target=appointment, by=by, at=at, reason=reason, details=details)
    return appointment
