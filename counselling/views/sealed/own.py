"""Who one is, one's own key, and the colleagues to whom something can be wrapped."""

from __future__ import annotations

from typing import Any

from counselling import age_files, pins
from counselling.actions import keys as actions
from counselling.models import WellbeingRuleCode
from counselling.queries import cases, keys, publications
from counselling.queries.rules import number
from counselling.views.sealed import shapes
from counselling.views.sealed.answering import Ask, answers
from hcims.access.permissions import Permission as P


def about(ask: Ask) -> dict[str, Any]:
    """What every sealed page needs first: who one is, which pins and custodians there are, when it locks."""
    return {
        "user": shapes.person(ask.by),
        "roles": sorted({each.role for each in ask.by.appointments_on(ask.on)}),
        "pins": pins.pinned(),
        "custodians": [shapes.custodian(each) for each in keys.custodians()],
        "idle_minutes": number(WellbeingRuleCode.IDLE_MINUTES, on=ask.on),
        "longest_hours": number(WellbeingRuleCode.LONGEST_HOURS, on=ask.on),
        "today": ask.on.isoformat(),
    }


def _me(ask: Ask) -> dict[str, Any]:
    key = keys.key_of(ask.by)
    offices = [{"ref": each.ref, "name": each.name} for each in cases.offices_on(ask.on)]
    published = [each.isoformat() for each in publications.published_quarters()]
    return {**about(ask), "key": shapes.own_key(key) if key else None, "offices": offices, "published": published}


def _propose(ask: Ask) -> dict[str, Any]:
    fields = ask.fields
    key = actions.propose_key(
        recipient=fields.recipient("recipient"),
        locked=fields.sealed("locked", limit=age_files.LOCKED, kind=age_files.PASSPHRASE),
        recovery_locked=fields.sealed("recovery_locked", limit=age_files.LOCKED),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": key.ref}


def _relock(ask: Ask, ref: str) -> dict[str, Any]:
    key = keys.access_own_key(ask.by, ref)
    locked = ask.fields.sealed("locked", limit=age_files.LOCKED, kind=age_files.PASSPHRASE)
    actions.relock_key(key=key, locked=locked, by=ask.by, at=ask.at)
    return {"ref": key.ref}


def _readers(ask: Ask) -> dict[str, Any]:
    found = keys.certified_keys(but=ask.by)
    return {"readers": [shapes.reader(each, each.user.office(on=ask.on, permission=P.COUNSEL)) for each in found]}


me = answers(P.COUNSEL, P.KEEP_KEYS, P.REQUEST_OPENING, get=_me)
propose = answers(P.COUNSEL, post=_propose)
relock = answers(P.COUNSEL, post=_relock)
readers = answers(P.COUNSEL, get=_readers)
