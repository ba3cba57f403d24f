"""Entering, changing and ending the record of an officer or civilian member."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Rank, Unit
from personnel import policies
from personnel.actions.ranks import write_rank
from personnel.models import ExitReason, Officer, OfficerBackground, keep

IDENTITY = frozenset({"national_id", "kra_pin", "phone", "personal_email", "bank_name", "bank_branch", "bank_account"})
SERVICE = frozenset(
    {
        "service_number", "surname", "other_names", "sex", "born_on", "service", "enlisted_on", "contract_ends_on",
        "home_county", "house_allowance_place", "member",
    }
)  # fmt: skip
CHANGEABLE = IDENTITY | SERVICE


@action
def enter_officer(
    *,
    unit: Unit,
    rank: Rank | None,
    rank_since: date | None = None,
    paper: str,
    by: Any,
    at: datetime,
    service_number: str,
    surname: str,
    other_names: str,
    sex: str,
    **facts: Any,
) -> Officer:
    """This function will open the record of a new member, kept at `unit`, and his or her first rank.

    Shape: `facts` are other columns of CHANGEABLE. A civilian member has no rank. The posting is entered after this.
    Errors: NotAllowed, RuleBroken (number, ID or PIN taken).
    """
    on = timezone.localdate(at)
    policies.check_can_enter_at(by, unit, paper=paper, on=on)
    unknown = set(facts) - CHANGEABLE
    if unknown:
        raise TypeError(f"not columns of a record: {sorted(unknown)}")
    officer = Officer(
        service_number=service_number.strip(), surname=surname.strip(), other_names=other_names.strip(), sex=sex,
        unit=unit, rank=None, **facts,
    )  # fmt: skip
    policies.check_life(officer, on)
    keep(officer, by=by, paper=paper, at=at)
    if rank is not None:
        since = rank_since or officer.enlisted_on or on
        write_rank(officer, rank, since, start_known=rank_since is not None, authority=paper, by=by, at=at)
    trail.record(Event.OFFICER_ENTERED, target=officer, by=by, at=at, source=paper)
    return officer


@action
def change_officer(*, officer: Officer, changes: dict[str, Any], paper: str, by: Any, at: datetime) -> list[str]:
    """This function will change columns of a record on a paper; it gives the names of those that really changed.

    Shape: `changes` maps names of CHANGEABLE to new values; a foreign key takes the row.
    Errors: NotAllowed, RuleBroken. The trail keeps digests; before and after stand in the record's history.
    """
    on = timezone.localdate(at)
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    policies.check_can_edit(by, officer, paper=paper, on=on)
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise TypeError(f"not columns of a record: {sorted(unknown)}")
    if IDENTITY & set(changes):
        policies.check_holds(by, Permission.SEE_IDENTITY, officer, on)
    if changes.get("member", officer.member) != officer.member and officer.unit_id is not None:
        raise RuleBroken(
            _("End the posting first: an officer fills a post of a rank, a civilian member fills none."),
            source="NPS Act, First Schedule",
        )
    changed: dict[str, list[str]] = {}
    for name, value in changes.items():
        before = getattr(officer, name)
        if before != value:
            changed[name] = [trail.digest(before), trail.digest(value)]
            setattr(officer, name, value)
    if changed:
        if {"born_on", "enlisted_on", "contract_ends_on"} & set(changed):
            policies.check_life(officer, on)
        keep(officer, by=by, paper=paper, at=at)
        details = {"changed": changed}
        trail.record(Event.OFFICER_CHANGED, target=officer, by=by, at=at, source=paper, details=details)
    return sorted(changed)


@action
def keep_record_at(*, officer: Officer, unit: Unit | None) -> None:
    """This function will point the record at the unit of the substantive posting in force.

    For `deployment.actions` alone, inside an action that records the posting; that action is what the trail names.
    """
    Officer.objects.filter(pk=officer.pk).update(unit=unit)
    officer.unit = unit


@action
def record_exit(*, officer: Officer, exited_on: date, reason: str, paper: str, by: Any, at: datetime) -> Officer:
    """This function will record that a member left the service; the posting is ended by `deployment`.

    Errors: NotAllowed, RuleBroken (an exit before the enlistment; a second exit; an error is voided, not exited).
    """
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    if reason == ExitReason.ENTERED_IN_ERROR or reason not in ExitReason.values:
        raise RuleBroken(_("Choose the reason for leaving."), source="reasons for leaving")
    if officer.exited_on is not None:
        raise RuleBroken(_("This record has an exit already."), source="one exit")
    if officer.enlisted_on and exited_on < officer.enlisted_on:
        raise RuleBroken(_("The exit is before the enlistment."), source="order of days")
    officer.exited_on, officer.exit_reason, officer.exit_authority = exited_on, reason, paper[:200]
    keep(officer, by=by, paper=paper, at=at)
    trail.record(Event.EXIT_RECORDED, target=officer, by=by, at=at, source=paper, details={"reason": reason})
    return officer


@action
def take_back_exit(*, officer: Officer, reason: str, paper: str, by: Any, at: datetime) -> Officer:
    """This function will take a member back whose exit does not stand: set aside by a court, or entered in error.

    The record is open again and kept nowhere until a posting is entered. Errors: NotAllowed, RuleBroken (no exit).
    """
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    if officer.exited_on is None:
        raise RuleBroken(_("This record has no exit."), source="one exit")
    details = {"taken_back": officer.exited_on, "was": officer.exit_reason}
    officer.exited_on, officer.exit_reason, officer.exit_authority = None, "", ""
    keep(officer, by=by, paper=paper, at=at)
    trail.record(Event.EXIT_RECORDED, target=officer, by=by, at=at, source=paper, reason=reason, details=details)
    return officer


@action
def void_officer(*, officer: Officer, reason: str, paper: str, by: Any, at: datetime) -> Officer:
    """This function will mark a record as entered in error: kept, listed nowhere, counted nowhere.

    Errors: NotAllowed, RuleBroken (already voided; an account that can be signed in to hangs on it).
    """
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    if officer.user_id is not None and officer.user.is_active:  # type: ignore[union-attr]
        raise RuleBroken(_("An account hangs on this record; close the account first."), source="accounts")
    if not reason.strip():
        raise RuleBroken(_("Say what was wrong with the entry."), source=policies.ON_PAPER)
    officer.exited_on = officer.exited_on or timezone.localdate(at)
    officer.exit_reason, officer.exit_authority = ExitReason.ENTERED_IN_ERROR, paper[:200]
    keep(officer, by=by, paper=paper, at=at)
    trail.record(Event.OFFICER_VOIDED, target=officer, by=by, at=at, source=paper, reason=reason)
    return officer


@action
def link_account(*, officer: Officer, user: Any, by: Any, at: datetime) -> Officer:
    """This function will tie a sign-in account to the record of the person who owns it.

    Errors: NotAllowed, RuleBroken (either is tied already).
    """
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    on = timezone.localdate(at)
    if not policies.holds(by, Permission.EDIT_OFFICERS, officer, on):
        policies.check_holds(by, Permission.ISSUE_ACTIVATION, officer, on)
    policies.check_is_kept(officer)
    if by.pk == user.pk:
        policies.check_not_self(user, Officer(user=user))
    if officer.user_id is not None and officer.user_id != user.pk:
        raise RuleBroken(_("This record has another account already."), source="one account a person")
    if Officer.objects.filter(user=user).exclude(pk=officer.pk).exists():
        raise RuleBroken(_("This account belongs to another record."), source="one account a person")
    officer.user = user
    officer.save_without_historical_record(update_fields=["user"])  # type: ignore[attr-defined]
    trail.record(Event.OFFICER_CHANGED, target=officer, by=by, at=at, details={"account": user.ref})
    return officer


@action
def set_photo(*, officer: Officer, picture: Any, paper: str, by: Any, at: datetime) -> Officer:
    """This function will replace the photograph. `picture` is a file from `personnel.files.photograph`, drawn anew there.

    The one before stays in the record's history, and its file with it.
    """
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    officer.photo.save(f"{officer.ref}.jpg", picture, save=False)
    keep(officer, by=by, paper=paper, at=at)
    trail.record(Event.OFFICER_CHANGED, target=officer, by=by, at=at, source=paper, details={"changed": {"photo": []}})
    return officer


@action
def say_background(
    *, officer: Officer, ethnicity: str, has_disability: bool | None, consents: bool, by: Any, at: datetime
) -> OfficerBackground:
    """This function will keep what the officer says of ethnicity and disability, or forget it when consent is taken back.

    Only the officer says it. The trail says that it was said, never what. Source: Data Protection Act 2019, s.32, s.44.
    """
    policies.check_owns(by, officer)
    values: dict[str, Any] = {"ethnicity": "", "has_disability": None, "consented_on": None}
    if consents:
        values = {
            "ethnicity": ethnicity, "has_disability": has_disability, "consented_on": timezone.localdate(at),
        }  # fmt: skip
    background, _created = OfficerBackground.objects.update_or_create(officer=officer, defaults=values)
    details = {"background": "said" if consents else "taken back"}
    trail.record(Event.OFFICER_CHANGED, target=officer, by=by, at=at, details=details)
    return background
