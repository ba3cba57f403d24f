"""Writing the trail: one line, the last beat of each action."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from hcims.audit.events import Event

_pending: ContextVar[list[dict[str, Any]] | None] = ContextVar("hcims_audit_pending", default=None)


def record(
    event: Event,
    *,
    target: models.Model | str,
    by: Any,
    at: datetime,
    reason: str = "",
    source: str = "",
    purpose: str = "",
    office: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """This function will add one row to the trail, at the end of the action in which it is called.

    `target` is a record with a `ref` (or any record), or a plain reference; `by` is a user, or None for the system.
    `details` holds codes, counts and digests: never a personal value (see `digest`).
    A sealed record (`is_sealed`) leaves the kind of deed and its moment alone: whom it is about and who did it stand there
    as digests, which confirm what a court already knows and tell a searcher nothing.
    """
    if getattr(target, "is_sealed", False):
        row = _sealed(event, target, by, at)
    else:
        row = _open(event, target, by, at, reason, source, purpose, office, details)
    pending = _pending.get()
    if pending is not None:
        pending.append(row)
    else:
        with transaction.atomic():
            _append([row])


def _open(
    event: Event,
    target: models.Model | str,
    by: Any,
    at: datetime,
    reason: str,
    source: str,
    purpose: str,
    office: str,
    details: dict[str, Any] | None,
) -> dict[str, Any]:
    return {
        "event": str(event),
        "target_kind": target if isinstance(target, str) else target._meta.label_lower,
        "target_ref": "" if isinstance(target, str) else str(getattr(target, "ref", target.pk)),
        "by_ref": getattr(by, "ref", ""),
        "office": (office or _office(by, at))[:200],
        "purpose": purpose[:120],
        "reason": reason,
        "source": source[:300],
        "details": json.dumps(details or {}, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str),
        "at": at,
    }


def _sealed(event: Event, target: Any, by: Any, at: datetime) -> dict[str, Any]:
    return {
        "event": str(event),
        "target_kind": target._meta.label_lower,
        "target_ref": digest(target.ref),
        "by_ref": "",
        "details": json.dumps({"by": digest(getattr(by, "ref", ""))}, separators=(",", ":")),
        "at": at,
    }


def _office(by: Any, at: datetime) -> str:
    office = getattr(by, "office", None)
    return office(on=timezone.localdate(at)) if office else "system"


@contextlib.contextmanager
def collected() -> Iterator[list[dict[str, Any]]]:
    """Within it rows wait; the outermost `collected` writes them when its body has succeeded.

    An inner one that fails takes its own rows along: its writes go back with its savepoint, and an action that catches
    the failure and goes on must not leave a row about a deed that was undone.
    """
    outer = _pending.get()
    if outer is not None:
        mark = len(outer)
        try:
            yield outer
        except BaseException:
            del outer[mark:]
            raise
        return
    rows: list[dict[str, Any]] = []
    token = _pending.set(rows)
    try:
        yield rows
        if rows:
            _append(rows)
    finally:
        _pending.reset(token)


def _append(rows: list[dict[str, Any]]) -> None:
    """Number and chain the rows under the head's lock. The head is the last lock a transaction takes."""
    from hcims.audit.chain import GENESIS
    from hcims.audit.models import AuditEvent, AuditHead

    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": GENESIS})
        head = AuditHead.objects.select_for_update().get(pk=1)
    events = []
    for row in rows:
        event = AuditEvent(**row, sequence=head.sequence + 1, previous_hash=head.hash)
        event.hash = event.computed_hash()
        head.sequence, head.hash = event.sequence, event.hash
        events.append(event)
    AuditEvent.objects.bulk_create(events)
    head.save(update_fields=["sequence", "hash"])


def digest(value: object) -> str:
    """A salted digest of a personal value: equal values can be matched by an auditor, none can be read."""
    key = b"hcims audit digest\0" + settings.BLIND_INDEX_KEY.encode()
    return hmac.new(key, str(value).encode(), hashlib.sha256).hexdigest()[:32]
