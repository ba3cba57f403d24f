"""Deeds that touch more than one module, each made of those modules' own actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.models import UserKind
from deployment import actions as deployment
from deployment.leaving import end_what_is_under_way
from deployment.models import Posting
from desk.bulk import DEEDS, Deed
from desk.queries.bulk import read_for_deed
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from personnel import actions as personnel
from personnel.actions import many
from personnel.many import refs_of
from personnel.models import BulkDeed, Officer
from personnel.queries.many import standings


@action
def void_record(*, officer: Officer, reason: str, paper: str, by: Any, on: date, at: datetime) -> Officer:
    """This function will mark a record, and every posting on it, as entered in error; what is under way for it ends.

    Errors: NotAllowed, RuleBroken (see personnel.actions.void_officer and deployment.actions.void_posting).
    """
    end_what_is_under_way(officer=officer, paper=paper, by=by, on=on, at=at)
    for posting in Posting.objects.filter(officer=officer, voided_at__isnull=True).order_by("pk"):
        deployment.void_posting(posting=posting, reason=reason, by=by, on=on, at=at)
    return personnel.void_officer(officer=officer, reason=reason, paper=paper, by=by, at=at)


@action
def enter_and_post(
    *, facts: dict[str, Any], posting: dict[str, Any], paper: str, by: Any, on: date, at: datetime
) -> Officer:
    """This function will open a new member's record and enter the first posting with it.

    Shape: `facts` as personnel.actions.enter_officer takes them, `posting` as deployment.actions.record_posting does.
    Errors: NotAllowed, RuleBroken.
    """
    if facts.get("enlisted_on") and posting["starts_on"] < facts["enlisted_on"]:
        raise RuleBroken(_("The arrival at the unit lies before the enlistment."), source="order of days")
    officer = personnel.enter_officer(unit=posting["unit"], paper=paper, by=by, at=at, **facts)
    deployment.record_posting(
        officer=officer, order_reference=paper[:80], source=paper[:200], by=by, on=on, at=at, **posting
    )
    return officer


@action
def issue_sign_in_letter(*, officer: Officer, by: Any, at: datetime) -> accounts.IssuedCode:
    """This function will issue an officer's activation or reset letter; with the first one the account is opened.

    Errors: NotAllowed when the issuer's office stands in the officer's own command (see accounts.policies.letters).
    """
    user = officer.user
    if user is None:
        kind = UserKind.OFFICER if officer.member == "officer" else UserKind.CIVILIAN
        user = accounts.open_account(
            login=officer.service_number,
            kind=kind,
            full_name=officer.full_name,
            email=officer.personal_email,
            by=by,
            at=at,
        )
        personnel.link_account(officer=officer, user=user, by=by, at=at)
    purpose = "reset" if user.activated_at else "activation"
    address = (officer.unit.name,) if officer.unit else ()
    return accounts.issue_activation(user=user, unit=officer.unit, purpose=purpose, address=address, by=by, at=at)


@action
def do_to_many(
    *, deed: Deed, officers: Iterable[int], facts: dict[str, Any], what: str, paper: str, ref: str, looked_at: str,
    by: Any, on: date, at: datetime,
) -> BulkDeed:  # fmt: skip
    """This function will carry out a deed on many officers as it was previewed, and keep whom it changed and skipped.

    `ref` is the reference that the preview gave the deed: sent twice, it is done once. `looked_at` is the preview's
    digest. Errors: RuleBroken when somebody changed a record since, or nothing is left to do.
    """
    locked = read_for_deed(officers, lock=True)
    done = BulkDeed.objects.filter(ref=ref).first()
    if done is not None and done.by_id == by.pk:
        return done
    plan = deed.plan(locked, **facts, by=by, on=on)
    if done is not None or plan.digest != looked_at:
        raise RuleBroken(_("Something has changed since the preview. Look at it again."), source="preview")
    if not plan.made:
        raise RuleBroken(_("There is nothing to do."), source="preview")
    deed.write(changes=plan.made, **facts, paper=paper, by=by, at=at)
    done = many.keep_deed(ref=ref, kind=deed.code, what=what, paper=paper, plan=plan, by=by, at=at)
    details = {
        "kind": deed.code, "count": len(plan.made), "skipped": len(plan.skipped),
        "officers": refs_of([each.officer for each in plan.made]),
    }  # fmt: skip
    trail.record(Event.MANY_CHANGED, target=done, by=by, at=at, source=paper, details=details)
    return done


@action
def take_back(*, deed: BulkDeed, by: Any, at: datetime) -> BulkDeed:
    """This function will take a deed on many officers back: what nobody has touched since; the rest is listed.

    Errors: RuleBroken after its ten minutes, and when it was taken back already.
    """
    deed = BulkDeed.objects.select_for_update().get(pk=deed.pk, by=by)
    if not deed.can_be_undone(at):
        raise RuleBroken(_("This deed can no longer be taken back; put it right by new entries."), source="ten minutes")
    kind, on = DEEDS[deed.kind], timezone.localdate(at)
    read_for_deed(deed.lines.values_list("officer", flat=True), lock=True)
    found = standings(deed, kind.model, kind.permission, by=by, on=on)
    found, ended = kind.ended(found) if kind.ended else (found, [])
    many.restore_many(deed=deed, model=kind.model, standings=found, by=by, at=at)
    if kind.take_up_again:
        kind.take_up_again(refs=ended, by=by, paper=f"{deed.what[:60]}: taken back ({deed.ref})", at=at)
    back = [each.line.officer for each in found if not each.kept]
    details = {"kind": deed.kind, "count": len(back), "kept": len(found) - len(back), "officers": refs_of(back)}
    trail.record(Event.MANY_TAKEN_BACK, target=deed, by=by, at=at, details=details)
    return deed
