"""Cases of one's own: the list, one case whole, what is written to it, and how it ends."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from counselling import age_files, case_access
from counselling.actions import cases as actions
from counselling.actions import readings
from counselling.models import CaseDeed, CaseState, SessionKind, SessionMode, TextKind, Waited
from counselling.policies.cases import Share, Written
from counselling.pseudonyms import is_pseudonym
from counselling.queries import cases as queries
from counselling.queries.readings import names_of
from counselling.views.sealed import shapes
from counselling.views.sealed.answering import Ask, answers
from counselling.wire import BadField, Fields, encoded
from hcims.access.permissions import Permission as P

LOOKUP = 64  # hexadecimal digits


def written(fields: Fields, *, limit: int = age_files.TEXT) -> Written:
    """A sealed text: its reference and its bytes."""
    return Written(fields.reference("ref"), fields.sealed("ciphertext", limit=limit))


def shares(fields: Fields) -> list[Share]:
    """The pairs of custodians."""
    return [
        Share(each.reference("outer"), each.reference("inner"), each.sealed("sealed", limit=age_files.SHARE))
        for each in fields.parts("shares", most=3)
    ]


def lookup(fields: Fields) -> str:
    """The opaque mark by which an unlocked browser finds a case again; may be empty."""
    value = fields.text("lookup") if fields.has("lookup") else ""
    if value and (len(value) != LOOKUP or set(value) - set("0123456789abcdef")):
        raise fields.wrong("lookup", _("Sixty-four hexadecimal digits, or nothing."))
    return value


def _pseudonym(fields: Fields) -> str:
    value = fields.text("pseudonym")
    if not is_pseudonym(value):
        raise fields.wrong("pseudonym", _("Two words and a number, drawn from the list."))
    return value


def _list(ask: Ask) -> dict[str, Any]:
    state, page = ask.request.GET.get("state", CaseState.OPEN), ask.request.GET.get("page", "1")
    if state not in (CaseState.OPEN, CaseState.CLOSED):
        raise BadField(_("One of: %(known)s.") % {"known": "open, closed"}, "state")
    if not page.isdecimal() or not 0 < int(page) < 10_000:
        raise BadField(_("A whole number from %(least)s to %(most)s.") % {"least": 1, "most": 9_999}, "page")
    found = queries.cases_visible_to(ask.by, state=state, page=int(page), at=ask.at)
    readings.note_list(count=len(found.cases), by=ask.by, at=ask.at)
    rows = [shapes.case(each, at=ask.at) for each in found.cases]
    return {"cases": rows, "pages": found.pages, "total": found.total}


def _open(ask: Ask) -> dict[str, Any]:
    fields = ask.fields
    office = fields.optional_reference("office")
    case = actions.open_case(
        ref=fields.reference("ref"),
        pseudonym=_pseudonym(fields),
        office=queries.access_office(office, on=ask.on) if office else None,
        recipient=fields.recipient("recipient"),
        review_due_on=fields.optional_day("review_due_on"),
        waited=_waiting(fields),
        wrapped=fields.sealed("wrapped", limit=age_files.WRAPPED),
        lookup=lookup(fields),
        face=written(fields.part("face")),
        shares=shares(fields),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": case.ref}


def _one(ask: Ask, ref: str) -> dict[str, Any]:
    case = case_access.read_case(ask.by, ref, at=ask.at)
    readings.note_reading(case=case, by=ask.by, at=ask.at)
    return {
        **shapes.case(case, at=ask.at),
        "sessions": [shapes.session(each) for each in queries.sessions_of(case)],
        "texts": [shapes.text(each) for each in queries.texts_of(case)],
        "grants": [shapes.holder(each) for each in case_access.readers_shown(case, at=ask.at)],
    }


def _text(ask: Ask, ref: str, text: str) -> dict[str, Any]:
    case = case_access.access_case(ask.by, ref, at=ask.at).content_object
    found = queries.access_text(case, text)
    readings.note_reading(case=case, by=ask.by, at=ask.at, deed=CaseDeed.TEXT_READ, detail=found.ref)
    return {"ciphertext": encoded(found.ciphertext)}


def _write(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    kind = fields.choice("kind", TextKind.values)
    session, replaces = fields.optional_reference("session"), fields.optional_reference("replaces")
    limit = age_files.ATTACHMENT if kind == TextKind.ATTACHMENT else age_files.TEXT
    made = actions.write_text(
        grant=grant,
        text=written(fields, limit=limit),
        kind=kind,
        session=queries.access_session(grant.content_object, session) if session else None,
        replaces=queries.access_text(grant.content_object, replaces) if replaces else None,
        by=ask.by,
        at=ask.at,
    )
    return {"ref": made.ref, "written_on": shapes.day(made.written_on)}


def _face(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_own_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    made = actions.correct_number(
        grant=grant,
        face=written(fields),
        replaces=queries.access_text(grant.content_object, fields.reference("replaces")),
        lookup=lookup(fields),
        by=ask.by,
        at=ask.at,
    )
    return {"ref": made.ref, "written_on": shapes.day(made.written_on)}


def _session(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    session = actions.enter_session(
        grant=grant,
        ref=fields.reference("ref"),
        kind=fields.choice("kind", SessionKind.values),
        on=fields.day("on"),
        minutes=fields.number("minutes", least=1, most=600),
        mode=fields.choice("mode", SessionMode.values),
        note=written(fields.part("note")) if fields.has("note") else None,
        by=ask.by,
        at=ask.at,
    )
    return {"ref": session.ref}


def _review(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_case(ask.by, ref, at=ask.at)
    due = ask.fields.optional_day("review_due_on")
    actions.set_review(grant=grant, review_due_on=due, by=ask.by, at=ask.at)
    return {"ref": ref}


def _waited(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_own_case(ask.by, ref, at=ask.at)
    actions.correct_waited(grant=grant, waited=_waiting(ask.fields), by=ask.by, at=ask.at)
    return {"ref": ref}


def _waiting(fields: Fields) -> str:
    """How long the person had waited; empty where it is not known."""
    return fields.choice("waited", Waited.values) if fields.has("waited") else ""


def _close(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_own_case(ask.by, ref, at=ask.at)
    fields = ask.fields
    face = written(fields.part("face")) if fields.has("face") else None
    case = actions.close_case(grant=grant, face=face, by=ask.by, at=ask.at)
    return {"ref": ref, "closed_on": shapes.day(case.closed_on), "keep_until": shapes.day(case.keep_until)}


def _reopen(ask: Ask, ref: str) -> dict[str, Any]:
    actions.reopen_case(grant=case_access.access_own_case(ask.by, ref, at=ask.at), by=ask.by, at=ask.at)
    return {"ref": ref}


def _erase(ask: Ask, ref: str) -> dict[str, Any]:
    grant = case_access.access_own_case(ask.by, ref, at=ask.at)
    actions.erase_case(grant=grant, confirm=ask.fields.text("confirm"), by=ask.by, at=ask.at)
    return {"ref": ref}


def _readings(ask: Ask, ref: str) -> dict[str, Any]:
    case = case_access.access_case(ask.by, ref, at=ask.at).content_object
    readings.note_reading(case=case, by=ask.by, at=ask.at, deed=CaseDeed.LOG_READ)
    found = queries.readings_of(case)
    names = names_of(ref for each in found for ref in (each.by_ref, each.to_ref))
    return {"pseudonym": case.pseudonym, "readings": [_reading(each, names) for each in found]}


def _reading(row: Any, names: dict[str, str]) -> dict[str, Any]:
    by, to = ({"ref": ref, "name": names.get(ref, "")} if ref else None for ref in (row.by_ref, row.to_ref))
    return {
        "at": shapes.day(row.at), "event": row.event, "words": str(row.get_event_display()), "by": by, "to": to,
        "detail": row.detail, "reason": row.reason,
    }  # fmt: skip


many = answers(P.COUNSEL, get=_list, post=_open)
one = answers(P.COUNSEL, get=_one)
texts = answers(P.COUNSEL, post=_write)
text = answers(P.COUNSEL, get=_text)
face = answers(P.COUNSEL, post=_face)
sessions = answers(P.COUNSEL, post=_session)
review = answers(P.COUNSEL, post=_review)
waited = answers(P.COUNSEL, post=_waited)
close = answers(P.COUNSEL, post=_close)
reopen = answers(P.COUNSEL, post=_reopen)
erase = answers(P.COUNSEL, post=_erase)
log = answers(P.COUNSEL, get=_readings)
