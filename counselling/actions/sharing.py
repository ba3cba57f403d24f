"""Letting a colleague into a case, handing it over, referring, and giving a case a new secret."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import case_access, case_log
from counselling.actions.cases import store_shares, store_text
from counselling.models import (
    HOLDING,
    CaseDeed,
    CaseGrant,
    CounsellorKey,
    GrantKind,
    GrantReason,
    ReferralState,
    SealedReferral,
    TextKind,
)
from counselling.moving import locked, move
from counselling.policies import cases as policies
from counselling.policies.cases import Share, Written
from hcims.actions import action
from hcims.errors import NotFound, RuleBroken

BESIDE = (GrantReason.JOINT_WORK, GrantReason.SUPERVISION, GrantReason.COVER)


@action
def grant_second(
    *,
    grant: CaseGrant,
    to: CounsellorKey,
    wrapped: bytes,
    reason: str,
    ends_at: datetime | None,
    by: Any,
    at: datetime,
) -> CaseGrant:
    """This function will open a case to a second counsellor, for a reason, up to an end. Errors: RuleBroken."""
    case = case_access.lock_case(grant, at=at)
    policies.check_can_receive(to.user, case, on=timezone.localdate(at))
    policies.check_end(ends_at, at=at)
    made = case_access.give(
        case=case, to=to.user, kind=GrantKind.SECOND, reason=reason, wrapped=wrapped, ends_at=ends_at, by=by, at=at
    )
    case_access.renew_key_from(case, ends_at)
    case_log.record(CaseDeed.GRANTED, case=case, by=by, at=at, to=to.user, reason=reason)
    return made


@action
def end_second(*, grant: CaseGrant, user_ref: str, by: Any, at: datetime) -> None:
    """This function will close a case to its second counsellor; who was let in may also leave. Errors: NotFound."""
    case = case_access.lock_case(grant, at=at)
    found = case_access.readers(case, at=at).filter(user__ref=user_ref, kind=GrantKind.SECOND).first()
    if found is None or (grant.kind not in HOLDING and found.user_id != by.pk):
        raise NotFound(user_ref)
    case_access.take(case=case, of=found.user, kinds=(GrantKind.SECOND,))
    case_access.renew_key_from(case, at)
    case_log.record(CaseDeed.GRANT_ENDED, case=case, by=by, at=at, to=found.user)


@action
def hand_over(
    *, grant: CaseGrant, to: CounsellorKey, wrapped: bytes, consent: Written, by: Any, at: datetime
) -> CaseGrant:
    """This function will hand a case over with the client's consent, sealed: the successor's grant begins, one's own ends.

    Errors: RuleBroken.
    """
    on = timezone.localdate(at)
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    policies.check_can_receive(to.user, case, on=on)
    if to.user_id == by.pk:
        raise RuleBroken(_("The case is yours already."), "user")
    store_text(case, consent, TextKind.CONSENT, by=by, on=on)
    made = replace_holder(case=case, to=to.user, reason=GrantReason.HANDOVER, wrapped=wrapped, by=by, at=at)
    case_access.renew_key_from(case, at)
    case_log.record(CaseDeed.HANDED_OVER, case=case, by=by, at=at, to=to.user, reason=GrantReason.HANDOVER)
    return made


def replace_holder(*, case: Any, to: Any, reason: str, wrapped: bytes, by: Any, at: datetime) -> CaseGrant:
    """This function will make a case somebody else's: the holder's grant goes, and the successor's as second, if any."""
    case_access.take(case=case, kinds=HOLDING)
    case_access.take(case=case, of=to)
    return case_access.give(case=case, to=to, kind=GrantKind.SUCCESSOR, reason=reason, wrapped=wrapped, by=by, at=at)


@action
def rekey(
    *,
    grant: CaseGrant,
    recipient: str,
    texts: dict[str, bytes],
    wrapped: dict[str, bytes],
    shares: Sequence[Share],
    by: Any,
    at: datetime,
) -> None:
    """This function will give a case a new secret: every text sealed anew, every grant and share wrapped anew, or nothing.

    Errors: RuleBroken naming what is missing.
    """
    case = case_access.lock_case(grant, at=at)
    policies.check_no_opening(case, at=at)
    custodians = policies.check_shares(shares)
    if recipient == case.recipient:
        raise RuleBroken(_("A new secret has another recipient."), "recipient")
    rows = {each.ref: each for each in case.texts.select_for_update().order_by("pk")}
    if set(rows) != set(texts):
        raise RuleBroken(_("Send each of the %(count)s texts of the case once.") % {"count": len(rows)}, "texts")
    readers = {each.user.ref: each.user_id for each in case_access.readers(case, at=at)}
    if set(readers) != set(wrapped):
        raise RuleBroken(_("Wrap the new secret for each person who may read the case, and for nobody else."), "grants")
    case.recipient, case.key_version, case.rekey_due_at = recipient, case.key_version + 1, None
    case.save(update_fields=["recipient", "key_version", "rekey_due_at"])
    for ref, row in rows.items():
        row.ciphertext, row.size, row.key_version = texts[ref], len(texts[ref]), case.key_version
        row.save(update_fields=["ciphertext", "size", "key_version"])
    case_access.rewrap(case=case, wrapped={readers[ref]: content for ref, content in wrapped.items()}, at=at)
    for reader in case_access.readers(case, at=at):
        case_access.renew_key_from(case, reader.ends_at)
    store_shares(case, shares, custodians)
    case_log.record(CaseDeed.CASE_REKEYED, case=case, by=by, at=at, detail=case.key_version)


@action
def refer(
    *, grant: CaseGrant, ref: str, to: CounsellorKey, sealed: bytes, record: Written, by: Any, at: datetime
) -> SealedReferral:
    """This function will send a colleague what the client agreed to share, and keep in the case what that was.

    Errors: NotAllowed, RuleBroken.
    """
    on = timezone.localdate(at)
    case = case_access.lock_case(grant, at=at)
    policies.check_can_write(grant)
    policies.check_can_receive(to.user, case, on=on)
    if to.user_id == by.pk:
        raise RuleBroken(_("Choose a colleague."), "to")
    if SealedReferral.objects.filter(ref=ref).exists():
        raise RuleBroken(_("This reference is taken. Draw another."), "ref")
    store_text(case, record, TextKind.REFERRAL, by=by, on=on)
    made = SealedReferral.objects.create(ref=ref, case=case, to=to, by=by, sealed=sealed, sent_on=on)
    case_log.record(CaseDeed.REFERRED, case=case, by=by, at=at, to=to.user, detail=made.ref)
    return made


@action
def answer_referral(*, referral: SealedReferral, answer: str, by: Any, at: datetime) -> None:
    """This function will accept or decline a referral to oneself; declined, its bytes are destroyed.

    Errors: InvalidTransition.
    """
    referral = locked(referral)
    declined = {"sealed": b""} if answer == ReferralState.DECLINED else {}
    move(referral, answer, **declined)
    case_log.record(CaseDeed.REFERRAL_ANSWERED, by=by, at=at, detail=referral.ref, reason=answer)
