"""Keys are made in browsers; here their public halves and locked forms are kept, signed and taken out of use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import case_access, case_log, vouching
from counselling.models import (
    CaseDeed,
    CounsellorKey,
    CustodianKey,
    CustodianKeyState,
    KeySignature,
    KeyState,
)
from counselling.moving import locked as locked_row
from counselling.moving import move
from counselling.policies import custody
from counselling.queries import keys
from hcims.actions import action
from hcims.errors import RuleBroken
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice


@action
def propose_key(*, recipient: str, locked: bytes, recovery_locked: bytes, by: Any, at: datetime) -> CounsellorKey:
    """This function will keep a counsellor's new key; two custodians certify it. One nothing is wrapped to makes way.

    Errors: RuleBroken.
    """
    on = timezone.localdate(at)
    for old in CounsellorKey.objects.select_for_update().filter(user=by).exclude(state=KeyState.RETIRED):
        if case_access.is_held(by):
            raise RuleBroken(
                _("Cases are wrapped to your key. Unlock it with its passphrase or the printed recovery key."), ""
            )
        move(old, KeyState.RETIRED, retired_on=on)
        case_log.record(CaseDeed.KEY_RETIRED, case=old, by=by, at=at)
    key = CounsellorKey.objects.create(
        user=by, recipient=recipient, locked=locked, recovery_locked=recovery_locked, made_on=on
    )
    case_log.record(CaseDeed.KEY_PROPOSED, case=key, by=by, at=at)
    people = [each.user for each in keys.custodians()]
    notify_many(people, Notice.SOMETHING_WAITS, at=at, link="/counselling/keys/")
    return key


@action
def relock_key(*, key: CounsellorKey | CustodianKey, locked: bytes, by: Any, at: datetime) -> None:
    """This function will replace the locked form of one's own key: another passphrase, or pins accepted."""
    key.locked = locked
    key.save(update_fields=["locked"])
    case_log.record(CaseDeed.KEY_RELOCKED, case=key, by=by, at=at)


@action
def make_custodian_key(
    *,
    body: str,
    signing_key: str,
    recipient: str,
    locked: bytes,
    recovery_locked: bytes,
    by: Any,
    at: datetime,
) -> CustodianKey:
    """This function will keep a custodian's new key. It is worth nothing before its fingerprint stands in the pins file.

    Errors: NotAllowed, RuleBroken.
    """
    on = timezone.localdate(at)
    custody.check_can_keep_keys(by, on=on)
    if not vouching.is_signing_key(signing_key):
        raise RuleBroken(_("The signing key must be a P-256 public key (SPKI, base64)."), "signing_key")
    for old in CustodianKey.objects.select_for_update().filter(user=by, state=CustodianKeyState.ACTIVE):
        move(old, CustodianKeyState.RETIRED)
        case_access.share_anew(old, at=at)
        case_log.record(CaseDeed.KEY_RETIRED, case=old, by=by, at=at)
    key = CustodianKey.objects.create(
        user=by, body=body, signing_key=signing_key, recipient=recipient, locked=locked,
        recovery_locked=recovery_locked, made_on=on,
    )  # fmt: skip
    case_log.record(CaseDeed.CUSTODIAN_KEY_MADE, case=key, by=by, at=at, detail=body)
    return key


@action
def sign_key(*, key: CounsellorKey, signature: str, by: Any, at: datetime) -> KeySignature:
    """This function will keep a custodian's signature, and call the key certified with the second one.

    Errors: NotAllowed, RuleBroken for a signature that does not fit.
    """
    on = timezone.localdate(at)
    custody.check_can_keep_keys(by, on=on)
    custodian = keys.access_custodian_key(by)
    key = locked_row(key)
    custody.check_can_sign(custodian, key)
    said = vouching.statement(key.ref, key.user.ref, key.recipient)
    if not vouching.is_signed(custodian.signing_key, signature, said):
        raise RuleBroken(_("The signature does not fit this key."), "signature")
    made = KeySignature.objects.create(key=key, custodian=custodian, signature=signature, signed_on=on)
    case_log.record(CaseDeed.KEY_SIGNED, case=key, by=by, at=at)
    if keys.vouched(keys.key_to_sign(key.ref)) >= vouching.NEEDED:
        move(key, KeyState.CERTIFIED)
        case_log.record(CaseDeed.KEY_CERTIFIED, case=key, by=by, at=at)
    return made
