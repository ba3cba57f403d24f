"""The JSON that the sealed pages get. Their description: docs/counselling/api.md."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from counselling.queries import cases as queries
from counselling.queries import keys
from counselling.wire import encoded

if TYPE_CHECKING:
    from counselling.case_access import CaseRow
    from counselling.models import CounsellorKey, CustodianKey, Opening
    from counselling.queries.cases import SessionRow, TextRow


def day(value: Any) -> str | None:
    """A day or moment as it travels."""
    return value.isoformat() if value else None


def person(user: Any) -> dict[str, str]:
    """Somebody who works here."""
    return {"ref": user.ref, "name": user.full_name}


def signatures(key: CounsellorKey) -> list[dict[str, str]]:
    """The custodians' words for a key."""
    return [{"custodian": each.custodian.ref, "signature": each.signature} for each in key.signatures.all()]


def own_key(key: CounsellorKey) -> dict[str, Any]:
    """One's own key, locked."""
    return {
        "ref": key.ref, "recipient": key.recipient, "state": key.state, "locked": encoded(key.locked),
        "recovery_locked": encoded(key.recovery_locked), "signatures": signatures(key),
    }  # fmt: skip


def reader(key: CounsellorKey, office: str) -> dict[str, Any]:
    """A colleague to whom something can be wrapped."""
    public = {"ref": key.ref, "recipient": key.recipient, "signatures": signatures(key)}
    return {"user": key.user.ref, "name": key.user.full_name, "office": office, "key": public}


def sender(user: Any, key: CounsellorKey | None) -> dict[str, Any]:
    """Whom a referral is from, with the key that its proof is checked against; None where there is none in use."""
    public = {"ref": key.ref, "recipient": key.recipient, "signatures": signatures(key)} if key else None
    return {**person(user), "key": public}


def custodian(key: CustodianKey) -> dict[str, Any]:
    """A custodian's public keys."""
    return {
        "ref": key.ref, "body": key.body, "body_name": str(key.get_body_display()), "signing_key": key.signing_key,
        "recipient": key.recipient,
    }  # fmt: skip


def own_custodian_key(key: CustodianKey) -> dict[str, Any]:
    """A custodian's own keys, the secret halves locked."""
    return {
        **custodian(key), "state": key.state, "locked": encoded(key.locked),
        "recovery_locked": encoded(key.recovery_locked), "pinned": keys.is_pinned(key),
    }  # fmt: skip


def case(row: CaseRow, *, at: datetime) -> dict[str, Any]:
    """A case as it stands in the list of whoever holds the grant."""
    return {
        "ref": row.ref, "pseudonym": row.pseudonym, "state": row.state, "opened_on": day(row.opened_on),
        "review_due_on": day(row.review_due_on), "closed_on": day(row.closed_on), "keep_until": day(row.keep_until),
        "office": row.office_name or "", "recipient": row.recipient, "key_version": row.key_version,
        "rekey_due": queries.is_rekey_due(row, at=at), "waited": row.waited or None,
        "grant": {"kind": row.kind, "ends_at": day(row.ends_at), "wrapped": encoded(row.wrapped), "lookup": row.lookup},
        "face": _face(row) if row.face_ciphertext is not None else None,
    }  # fmt: skip


def _face(row: CaseRow) -> dict[str, Any]:
    return {
        "ref": row.face_ref, "author": row.face_author, "written_on": day(row.face_written_on), "session": None,
        "replaces": row.face_replaces, "ciphertext": encoded(row.face_ciphertext or b""),
    }  # fmt: skip


def text(row: TextRow) -> dict[str, Any]:
    """A text of a case; an attachment comes without its bytes."""
    return {
        "ref": row.ref, "kind": row.kind, "session": row.session, "author": row.author,
        "written_on": row.written_on.isoformat(), "replaces": row.replaces, "key_version": row.key_version,
        "size": row.size, "ciphertext": None if row.content is None else encoded(row.content),
    }  # fmt: skip


def session(row: SessionRow) -> dict[str, Any]:
    """A session."""
    return {**row._asdict(), "on": row.on.isoformat()}


def holder(row: tuple[Any, ...]) -> dict[str, Any]:
    """One of those who may open a case."""
    user, name, kind, starts_at, ends_at = row
    return {"user": user, "name": name, "kind": kind, "starts_at": day(starts_at), "ends_at": day(ends_at)}


def opening(row: Opening, *, at: datetime) -> dict[str, Any]:
    """An opening, without any share."""
    is_over = row.ends_at is not None and row.ends_at <= at
    return {
        "ref": row.ref, "case": row.case.ref, "ground": row.ground, "paper": row.paper,
        "requested_by": person(row.requested_by), "requested_at": day(row.requested_at),
        "reader": {"user": row.reader.ref, "name": row.reader.full_name},
        "state": "ended" if row.state == "open" and is_over else row.state,
        "opened_at": day(row.opened_at), "ends_at": day(row.ends_at), "told_on": day(row.told_on),
        "refused_reason": row.refused_reason,
    }  # fmt: skip
