"""Openings for those who ask for them, and the custodians' own page: keys to make and to sign, openings to act in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from counselling import age_files
from counselling.actions import keys as key_actions
from counselling.actions import openings as actions
from counselling.actions import readings
from counselling.models import Body, OpeningGround, RefusalReason
from counselling.queries import keys
from counselling.queries import openings as queries
from counselling.views.sealed import shapes
from counselling.views.sealed.answering import Ask, answers, deeds
from counselling.views.sealed.own import about
from counselling.wire import encoded
from hcims.access.permissions import Permission as P

if TYPE_CHECKING:
    from counselling.models import CustodianKey, Opening


def _openings(ask: Ask) -> dict[str, Any]:
    """What was asked for by oneself, is read by oneself, or concerned one's own case; a custodian's own part."""
    actions.end_over(at=ask.at)
    key = keys.custodian_key_of(ask.by)
    found = queries.for_custodian(key) if key else queries.for_requester(ask.by, at=ask.at)
    readers = [] if key else keys.certified_keys()
    return {
        "openings": [shapes.opening(each, at=ask.at) for each in found],
        "readers": [shapes.reader(each, each.user.office(on=ask.on, permission=P.COUNSEL)) for each in readers],
    }


def _ask(ask: Ask) -> dict[str, Any]:
    fields = ask.fields
    made = actions.ask_opening(
        case_ref=fields.reference("case"),
        ground=fields.choice("ground", OpeningGround.values),
        paper=fields.text("paper", most=60),
        reader=keys.certified_key(fields.reference("reader")),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": made.ref}


def _outer(ask: Ask, ref: str) -> dict[str, Any]:
    opening = queries.access_opening(keys.access_custodian_key(ask.by), ref)
    inner = ask.fields.sealed("inner_sealed", limit=age_files.SHARE)
    actions.act_first(opening=opening, inner_sealed=inner, by=ask.by, at=ask.at)
    return {"ref": ref, "state": "half-open"}


def _inner(ask: Ask, ref: str) -> dict[str, Any]:
    opening = queries.access_opening(keys.access_custodian_key(ask.by), ref)
    fields = ask.fields
    wrapped = fields.sealed("wrapped", limit=age_files.WRAPPED)
    if fields.content.get("saw") is not True:
        raise fields.wrong("saw", _("The second custodian says that he or she saw the secret of the case."))
    actions.act_second(opening=opening, wrapped=wrapped, by=ask.by, at=ask.at)
    return {"ref": ref, "state": "open"}


def _refuse(ask: Ask, ref: str) -> dict[str, Any]:
    opening = queries.access_opening(keys.access_custodian_key(ask.by), ref)
    reason = ask.fields.choice("reason", RefusalReason.values)
    actions.refuse_opening(opening=opening, reason=reason, by=ask.by, at=ask.at)
    return {"ref": ref, "state": "refused"}


def _custody(ask: Ask) -> dict[str, Any]:
    actions.end_over(at=ask.at)
    key = keys.custodian_key_of(ask.by)
    acting = queries.for_custodian(key) if key else []
    mine = shapes.own_custodian_key(key) if key else None
    return {
        **about(ask),
        "me": shapes.person(ask.by),
        "key": mine,
        "bodies": [{"code": code, "name": str(name)} for code, name in Body.choices],
        "to_sign": [
            {
                "key": each.ref, "user": each.user.ref, "name": each.user.full_name, "recipient": each.recipient,
                "office": each.user.office(on=ask.on, permission=P.COUNSEL),
            }
            for each in keys.keys_to_sign(key)
        ],
        "openings": [_to_act(each, key, ask) for each in acting if key],
    }  # fmt: skip


def _to_act(opening: Opening, key: CustodianKey, ask: Ask) -> dict[str, Any]:
    """An opening with the part of the share that this custodian opens; on record before it is served."""
    shape = shapes.opening(opening, at=ask.at)
    share, inner = queries.share_of(opening, key), queries.inner_of(opening, key)
    if not keys.is_pinned(key):
        share = inner = None
    if share is not None:
        readings.note_share(opening=opening, by=ask.by, at=ask.at, is_inner=False)
    if inner is not None:
        readings.note_share(opening=opening, by=ask.by, at=ask.at, is_inner=True)
    reader_key = opening.reader_key
    shape["reader"]["key"] = {
        "ref": reader_key.ref, "recipient": reader_key.recipient, "signatures": shapes.signatures(reader_key),
    }  # fmt: skip
    return {
        **shape,
        "key_version": opening.case.key_version,
        "recipient": opening.case.recipient,
        "share": {"inner": share.inner.ref, "sealed": encoded(share.sealed)} if share else None,
        "inner_sealed": encoded(inner) if inner else None,
    }


def _make(ask: Ask) -> dict[str, Any]:
    fields = ask.fields
    key = key_actions.make_custodian_key(
        body=fields.choice("body", Body.values),
        signing_key=fields.text("signing_key"),
        recipient=fields.recipient("recipient"),
        locked=fields.sealed("locked", limit=age_files.LOCKED, kind=age_files.PASSPHRASE),
        recovery_locked=fields.sealed("recovery_locked", limit=age_files.LOCKED),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": key.ref}


def _relock(ask: Ask) -> dict[str, Any]:
    locked = ask.fields.sealed("locked", limit=age_files.LOCKED, kind=age_files.PASSPHRASE)
    key = keys.access_custodian_key(ask.by)
    key_actions.relock_key(key=key, locked=locked, by=ask.by, at=ask.at)
    return {"ref": key.ref}


def _sign(ask: Ask) -> dict[str, Any]:
    fields = ask.fields
    signature = fields.text("signature")
    made = key_actions.sign_key(
        key=keys.key_to_sign(fields.reference("key")), signature=signature, by=ask.by, at=ask.at
    )
    return {"key": made.key.ref, "state": made.key.state}


many = answers(P.KEEP_KEYS, P.REQUEST_OPENING, P.COUNSEL, get=_openings, post=_ask)
one = deeds(
    P.KEEP_KEYS,
    outer=answers(P.KEEP_KEYS, post=_outer),
    inner=answers(P.KEEP_KEYS, post=_inner),
    refuse=answers(P.KEEP_KEYS, post=_refuse),
)
custody = answers(P.KEEP_KEYS, get=_custody)
own_custody = deeds(
    P.KEEP_KEYS,
    keys=answers(P.KEEP_KEYS, post=_make),
    relock=answers(P.KEEP_KEYS, post=_relock),
    sign=answers(P.KEEP_KEYS, post=_sign),
)
