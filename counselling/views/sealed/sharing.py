"""A colleague let in, a case handed over or referred, a new secret for a case."""

from __future__ import annotations

from typing import Any

from counselling import age_files, case_access
from counselling.actions import readings
from counselling.actions import sharing as actions
from counselling.queries import cases as queries
from counselling.queries import keys
from counselling.views.sealed import shapes
from counselling.views.sealed.answering import LARGEST_OF_ALL, Ask, answers
from counselling.views.sealed.cases import shares, written
from counselling.wire import encoded
from hcims.access.permissions import Permission as P

MOST_TEXTS = 5_000


def _grant(ask: Ask, ref: str) -> dict[str, Any]:
    own = case_access.access_own_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    fields.choice("kind", ["second"])
    made = actions.grant_second(
        grant=own,
        reason=fields.choice("reason", actions.BESIDE),
        ends_at=fields.optional_moment("ends_at"),
        wrapped=fields.sealed("wrapped", limit=age_files.WRAPPED),
        to=keys.certified_key(fields.reference("user"), fields.reference("key")),
        by=ask.by,
        at=ask.at,
    )
    return {"user": made.user.ref, "ends_at": shapes.day(made.ends_at)}


def _end(ask: Ask, ref: str, user: str) -> dict[str, Any]:
    own = case_access.access_case(ask.by, ref, at=ask.at)
    actions.end_second(grant=own, user_ref=user, by=ask.by, at=ask.at)
    return {"user": user}


def _hand_over(ask: Ask, ref: str) -> dict[str, Any]:
    own = case_access.access_own_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    made = actions.hand_over(
        grant=own,
        wrapped=fields.sealed("wrapped", limit=age_files.WRAPPED),
        consent=written(fields.part("consent")),
        to=keys.certified_key(fields.reference("user"), fields.reference("key")),
        by=ask.by,
        at=ask.at,
    )
    return {"user": made.user.ref}


def _rekey(ask: Ask, ref: str) -> dict[str, Any]:
    own = case_access.access_own_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    texts = [written(each, limit=age_files.ATTACHMENT) for each in fields.parts("texts", most=MOST_TEXTS)]
    grants = fields.parts("grants", most=20)
    actions.rekey(
        grant=own,
        recipient=fields.recipient("recipient"),
        texts={each.ref: each.ciphertext for each in texts},
        wrapped={each.reference("user"): each.sealed("wrapped", limit=age_files.WRAPPED) for each in grants},
        shares=shares(fields),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": ref}


def _refer(ask: Ask, ref: str) -> dict[str, Any]:
    own = case_access.access_own_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    made = actions.refer(
        grant=own,
        ref=fields.reference("ref"),
        sealed=fields.sealed("sealed", limit=age_files.TEXT),
        record=written(fields.part("record")),
        to=keys.certified_key(fields.reference("to"), fields.reference("key")),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": made.ref}


def _referrals(ask: Ask) -> dict[str, Any]:
    found = list(queries.referrals_to(ask.by))
    if found:
        readings.note_referrals(count=len(found), by=ask.by, at=ask.at)
    senders = keys.keys_of({each.by_id for each in found})
    rows = [
        {
            "ref": each.ref, "by": shapes.sender(each.by, senders.get(each.by_id)), "state": each.state,
            "sent_on": shapes.day(each.sent_on), "sealed": encoded(each.sealed),
        }
        for each in found
    ]  # fmt: skip
    return {"referrals": rows}


def _answer(ask: Ask, ref: str) -> dict[str, Any]:
    referral = queries.access_referral(ask.by, ref)
    answer = ask.fields.choice("answer", ["accepted", "declined"])
    actions.answer_referral(referral=referral, answer=answer, by=ask.by, at=ask.at)
    return {"ref": ref, "state": answer}


grants = answers(P.COUNSEL, post=_grant)
end_grant = answers(P.COUNSEL, post=_end)
handover = answers(P.COUNSEL, post=_hand_over)
rekey = answers(P.COUNSEL, post=_rekey, largest=LARGEST_OF_ALL)
refer = answers(P.COUNSEL, post=_refer)
referrals = answers(P.COUNSEL, get=_referrals)
referral = answers(P.COUNSEL, post=_answer)
