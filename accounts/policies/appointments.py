"""Who may propose, approve, refuse, withdraw and end appointments: two people, neither of them the appointee."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Appointment, AppointmentState, User, UserKind
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES, Role
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType

TWO_PEOPLE = "HCIMS rule B-1: an appointment needs two people, neither of them the appointee"
FITS = "HCIMS rule B-2: a role is held at the kind of unit it is made for (hcims/access/roles.py)"
ALONE = "HCIMS rule B-3: who watches, or keeps the keys, holds no other role"
POST = "HCIMS rule B-4: a command is held by virtue of a post in the service and ends with the posting"


def check_can_propose(by: Any, user: User, unit: Unit, *, on: date) -> None:
    """Errors: NotAllowed when `by` may not propose at the unit, or it is about himself or herself."""
    if by.pk == user.pk:
        raise NotAllowed(_("Nobody proposes his or her own appointment."), TWO_PEOPLE)
    if not by.can(Permission.PROPOSE_APPOINTMENT, at=unit, on=on):
        raise NotAllowed(_("You do not propose appointments at this unit."), TWO_PEOPLE)


def check_fits(user: User, role: str, unit: Unit, *, starts_on: date, ends_on: date | None) -> Role:
    """The role, when the person can hold it at the unit in the period. Errors: RuleBroken with the reason."""
    found = ROLES.get(role)
    if found is None or role == "officer":
        raise RuleBroken(
            _("Every officer reads his or her own record without an appointment; choose another role."), FITS
        )
    if not user.is_active:
        raise RuleBroken(_("This account is closed."), FITS)
    if found.held_at and unit.type not in found.held_at:
        kinds = ", ".join(str(UnitType(each).label) for each in found.held_at)
        raise RuleBroken(_("This role is held at: %(kinds)s.") % {"kinds": kinds}, FITS)
    if found.by_virtue_of_post and user.kind != UserKind.OFFICER:
        raise RuleBroken(_("Only an officer can hold a command."), POST)
    if ends_on is not None and ends_on <= starts_on:
        raise RuleBroken(_("The appointment would end before it starts."), FITS)
    if unit.closed_on is not None and (ends_on is None or ends_on > unit.closed_on):
        raise RuleBroken(_("The unit closes before the appointment ends."), FITS)
    _check_alone(user, found, unit, starts_on=starts_on, ends_on=ends_on)
    return found


def _check_alone(user: User, role: Role, unit: Unit, *, starts_on: date, ends_on: date | None) -> None:
    for each in user.appointments.filter(state=AppointmentState.APPROVED).exclude(ends_on__lte=starts_on):
        if ends_on is not None and each.starts_on >= ends_on:
            continue
        if each.role == role.code and each.unit_id == unit.pk:
            raise RuleBroken(_("This person already holds this role at this unit in these days."), FITS)
        other = ROLES.get(each.role)
        if other and each.role != role.code and (role.stands_alone or other.stands_alone):
            words = _("%(one)s and %(other)s are not held by one person.") % {"one": role.name, "other": other.name}
            raise RuleBroken(words, ALONE)


def check_can_decide(by: Any, appointment: Appointment, *, on: date) -> None:
    """Errors: NotAllowed when `by` may not approve or refuse this proposal."""
    if by.pk == appointment.user_id:
        raise NotAllowed(_("Nobody decides on his or her own appointment."), TWO_PEOPLE)
    if by.pk == appointment.proposed_by_id:
        raise NotAllowed(_("You proposed it; somebody else decides."), TWO_PEOPLE)
    if not by.can(Permission.APPROVE_APPOINTMENT, at=appointment.unit, on=on):
        raise NotAllowed(_("You do not approve appointments at this unit."), TWO_PEOPLE)


def check_can_withdraw(by: Any, appointment: Appointment) -> None:
    """Errors: NotAllowed for anybody but whoever proposed it."""
    if by.pk != appointment.proposed_by_id:
        raise NotAllowed(_("Only whoever proposed it can withdraw it; others refuse it."), TWO_PEOPLE)


def check_can_end(by: Any, appointment: Appointment, *, on: date) -> None:
    """Errors: NotAllowed when `by` has no say over appointments at the unit, or it is his or her own."""
    if by.pk == appointment.user_id:
        raise NotAllowed(_("Nobody ends his or her own appointment."), TWO_PEOPLE)
    unit = appointment.unit
    if not (
        by.can(Permission.PROPOSE_APPOINTMENT, at=unit, on=on) or by.can(Permission.APPROVE_APPOINTMENT, at=unit, on=on)
    ):
        raise NotAllowed(_("You have no say over appointments at this unit."), TWO_PEOPLE)


def check_end(appointment: Appointment, ends_on: date) -> None:
    """Errors: RuleBroken for an appointment not in force, or an end before its start or after its present end."""
    if appointment.state != AppointmentState.APPROVED:
        raise RuleBroken(_("Only an approved appointment can be ended."), FITS)
    if ends_on < appointment.starts_on:
        raise RuleBroken(_("The appointment would end before it starts."), FITS)
    if appointment.ends_on is not None and ends_on >= appointment.ends_on:
        raise RuleBroken(_("It ends earlier than that already."), FITS)


def may_decide(by: Any, appointment: Appointment, *, on: date) -> bool:
    """Whether `by` may approve or refuse it: for pages that offer it."""
    try:
        check_can_decide(by, appointment, on=on)
    except NotAllowed:
        return False
    return appointment.state == AppointmentState.PROPOSED


def may_end(by: Any, appointment: Appointment, *, on: date) -> bool:
    """Whether `by` may end it: for pages that offer it."""
    try:
        check_can_end(by, appointment, on=on)
    except NotAllowed:
        return False
    over = appointment.ends_on is not None and appointment.ends_on <= on
    return appointment.state == AppointmentState.APPROVED and not over
