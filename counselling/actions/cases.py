"""Cases: opened, written to, reviewed, closed, opened again and erased. What is written arrives sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import case_access, case_log
from counselling.models import (
    Case,
    CaseDeed,
    CaseGrant,
    CaseState,
    CounsellingOffice,
    CustodianShare,
    GrantKind,
    GrantReason,
    SealedText,
    Session,
    TextKind,
)
from counselling.moving import move
from counselling.policies import cases as policies
from counselling.policies.cases import Share, Written
from counselling.queries import cases as queries
from counselling.queries import keys, publications
from hcims.actions import action
from hcims.errors import RuleBroken


@action
def open_case(
    *,
    ref: str,
    pseudonym: str,
    office: CounsellingOffice | None,
    recipient: str,
    review_due_on: date | None,
    waited: str,
    wrapped: bytes,
    lookup: str,
    face: Written,
    shares: Sequence[Share],
    by: Any,
    at: datetime,
) -> Case:
    """This function will open a case: its face, its holder's grant with the wrapped key, three custodians' shares.

    Errors: RuleBroken.
    """
    on = timezone.localdate(at)
    keys.certified_key(by.ref)
    policies.check_review(review_due_on, on=on)
    custodians = policies.check_shares(shares)
    if Case.objects.filter(ref=ref).exists():
        raise RuleBroken(_("This reference is taken. Draw another."), "ref")
    case = Case.objects.create(
        ref=ref, pseudonym=pseudonym, office=office, recipient=recipient, opened_on=on, review_due_on=review_due_on,
        waited=waited,
    )  # fmt: skip
    case.face = store_text(case, face, TextKind.FACE, by=by, on=on)
    case.save(update_fields=["face"])
    case_access.give(
        case=case,
        to=by,
        kind=GrantKind.OWNER,
        reason=GrantReason.OWN_CASE,
        wrapped=wrapped,
        lookup=lookup,
        by=by,
        at=at,
    )
    store_shares(case, shares, custodians)
    case_log.record(CaseDeed.CASE_OPENED, case=case, by=by, at=at)
    return case


def store_shares(case: Case, shares: Sequence[Share], custodians: dict[str, Any]) -> None:
    """This function will put a case's shares in the place of those it had."""
    case.shares.all().delete()
    CustodianShare.objects.bulk_create(
        CustodianShare(
            case=case, key_version=case.key_version, outer=custodians[each.outer], inner=custodians[each.inner],
            sealed=each.sealed,
        )
        for each in shares
    )  # fmt: skip


def store_text(
    case: Case,
    text: Written,
    kind: str,
    *,
    by: Any,
    on: date,
    session: Session | None = None,
    replaces: SealedText | None = None,
) -> SealedText:
    """This function will keep a sealed text. Call inside a deed that has checked it. Errors: RuleBroken."""
    if SealedText.objects.filter(ref=text.ref).exists():
        raise RuleBroken(_("This reference is taken. Draw another."), "ref")
    return SealedText.objects.create(
        ref=text.ref, case=case, session=session, kind=kind, author=by, written_on=on, replaces=replaces,
        key_version=case.key_version, size=len(text.ciphertext), ciphertext=text.ciphertext,
    )  # fmt: skip


@action
def write_text(
    *,
    grant: CaseGrant,
    text: Written,
    kind: str,
    session: Session | None,
    replaces: SealedText | None,
    by: Any,
    at: datetime,
) -> SealedText:
    """This function will add a sealed text to a case. A text that changes another replaces it; both stay.

    Errors: NotAllowed, RuleBroken.
    """
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    policies.check_replaces(case, kind, replaces)
    made = store_text(case, text, kind, by=by, on=timezone.localdate(at), session=session, replaces=replaces)
    if kind == TextKind.FACE:
        case.face = made
        case.save(update_fields=["face"])
    case_log.record(CaseDeed.TEXT_WRITTEN, case=case, by=by, at=at, detail=f"{kind} {text.ref}")
    return made


@action
def correct_number(
    *, grant: CaseGrant, face: Written, replaces: SealedText | None, lookup: str, by: Any, at: datetime
) -> SealedText:
    """This function will give a case a face with another service number, and its holder the mark that finds it again.

    Both go together: a browser refuses a face whose number does not give the mark. Errors: NotAllowed, RuleBroken.
    """
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    policies.check_replaces(case, TextKind.FACE, replaces)
    case.face = store_text(case, face, TextKind.FACE, by=by, on=timezone.localdate(at), replaces=replaces)
    case.save(update_fields=["face"])
    case_access.mark_anew(grant, lookup)
    case_log.record(CaseDeed.NUMBER_CORRECTED, case=case, by=by, at=at, detail=face.ref)
    return case.face


@action
def enter_session(
    *,
    grant: CaseGrant,
    ref: str,
    kind: str,
    on: date,
    minutes: int,
    mode: str,
    note: Written | None,
    by: Any,
    at: datetime,
) -> Session:
    """This function will enter a session that was held, with its note. Errors: NotAllowed, RuleBroken."""
    today = timezone.localdate(at)
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    if not case.opened_on <= on <= today:
        raise RuleBroken(_("A session lies between the day on which the case was opened and today."), "on")
    if Session.objects.filter(ref=ref).exists():
        raise RuleBroken(_("This reference is taken. Draw another."), "ref")
    session = Session.objects.create(ref=ref, case=case, kind=kind, on=on, minutes=minutes, mode=mode, by=by)
    if note is not None:
        store_text(case, note, TextKind.NOTE, by=by, on=today, session=session)
    case_log.record(CaseDeed.SESSION_ENTERED, case=case, by=by, at=at, detail=ref)
    return session


@action
def set_review(*, grant: CaseGrant, review_due_on: date | None, by: Any, at: datetime) -> None:
    """This function will set the day of the next review. Errors: NotAllowed, RuleBroken."""
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    policies.check_review(review_due_on, on=timezone.localdate(at))
    case.review_due_on = review_due_on
    case.save(update_fields=["review_due_on"])
    case_log.record(CaseDeed.REVIEW_SET, case=case, by=by, at=at)


@action
def correct_waited(*, grant: CaseGrant, waited: str, by: Any, at: datetime) -> None:
    """This function will put another band of waiting time in the place of the one stated, which is kept nowhere.

    It is a number of the service and no word of the case: a closed one may be corrected as well.
    Errors: RuleBroken once the quarter of the case is published.
    """
    case = case_access.lock_case(grant, at=at)
    policies.check_wait_open(case, published=publications.published_quarters())
    case.waited = waited
    case.save(update_fields=["waited"])
    case_log.record(CaseDeed.WAITED_CORRECTED, case=case, by=by, at=at)


@action
def close_case(*, grant: CaseGrant, face: Written | None, by: Any, at: datetime) -> Case:
    """This function will close a case, with a last face that says how it ended; it is kept for the years of the rule.

    Errors: NotAllowed, RuleBroken, InvalidTransition.
    """
    on = timezone.localdate(at)
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    if face is not None:
        case.face = store_text(case, face, TextKind.FACE, by=by, on=on, replaces=case.face)
    move(
        case, CaseState.CLOSED, closed_on=on, keep_until=queries.kept_until(on, on=on), review_due_on=None, face=case.face
    )  # fmt: skip
    case_log.record(CaseDeed.CASE_CLOSED, case=case, by=by, at=at)
    return case


@action
def reopen_case(*, grant: CaseGrant, by: Any, at: datetime) -> Case:
    """This function will open a closed case again. Errors: InvalidTransition."""
    case = case_access.lock_case(grant, at=at)
    move(case, CaseState.OPEN, closed_on=None, keep_until=None)
    case_log.record(CaseDeed.CASE_REOPENED, case=case, by=by, at=at)
    return case


@action
def erase_case(*, grant: CaseGrant, confirm: str, by: Any, at: datetime) -> Case:
    """This function will destroy a case: every wrapped key, share and text. A reference and three days stay.

    Errors: RuleBroken where the pseudonym does not confirm it, or an opening is in hand; InvalidTransition.
    """
    on = timezone.localdate(at)
    case = case_access.lock_case(grant, at=at)
    if confirm != case.pseudonym:
        raise RuleBroken(_("Write the pseudonym of the case to confirm that it is to be destroyed."), "confirm")
    policies.check_no_opening(case, at=at)
    reason = "time-over" if case.keep_until and case.keep_until <= on else "asked"
    _destroyed_for_good()
    case_access.take(case=case)
    move(
        case, CaseState.ERASED, pseudonym="", recipient="", waited="", office=None, face=None, review_due_on=None,
        keep_until=None, rekey_due_at=None, erased_on=on,
    )  # fmt: skip
    for rows in (case.shares, case.referrals, case.texts, case.sessions):
        rows.all().delete()
    case.openings.update(inner_sealed=b"", paper="")
    case_log.record(CaseDeed.CASE_ERASED, case=case, by=by, at=at, reason=reason)
    return case


def _destroyed_for_good() -> None:
    """SQLite leaves deleted bytes in its file unless told otherwise; PostgreSQL's are gone with its next vacuum."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
