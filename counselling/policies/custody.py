"""Who can be a custodian, and what a custodian may do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from counselling import pins, vouching
from counselling.models import CounsellorKey, CustodianKey, KeyState, Opening
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.errors import NotAllowed, RuleBroken

OUTSIDE = "rule: custodians come from bodies outside any police command"
TWO = "rule: two custodians act, neither of them who asked"


def check_can_keep_keys(by: Any, *, on: date) -> None:
    """Errors: NotAllowed for whoever is of the service, or holds a command."""
    if not by.can(Permission.KEEP_KEYS, on=on):
        raise NotAllowed(_("You are not a custodian today."), OUTSIDE)
    commands = [each.role for each in by.appointments_on(on) if ROLES[each.role].by_virtue_of_post]
    if by.kind != "outside" or commands:
        raise NotAllowed(_("A custodian belongs to no police command."), OUTSIDE)


def check_can_sign(by: CustodianKey, key: CounsellorKey) -> None:
    """Errors: RuleBroken for a key that is no longer proposed, or a custodian who is not pinned; NotAllowed for one's own."""
    if vouching.fingerprint(by.signing_key, by.recipient) not in pins.pinned():
        raise RuleBroken(
            _("The fingerprint of your key does not stand in the pins file yet: whoever runs the server enters it."),
            "HCIMS_CUSTODIAN_PINS",
        )
    if key.state != KeyState.PROPOSED:
        raise RuleBroken(_("This key does not wait for a signature."), "")
    if key.user_id == by.user_id:
        raise NotAllowed(_("Nobody signs for himself or herself."), TWO)


def check_can_act(by: Any, opening: Opening) -> None:
    """Errors: NotAllowed for who asked for the opening or is to read."""
    if by.pk in (opening.requested_by_id, opening.reader_id):
        raise NotAllowed(_("Who asks for an opening, or is to read, does not act in it."), TWO)
