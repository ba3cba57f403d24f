"""The hash that ties each row of the trail to the one before it. Pure: the writer and the verifier use the same lines."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class Row:
    """One row of the trail, as it stands in the table."""

    sequence: int
    at: datetime
    event: str
    target_kind: str
    target_ref: str
    by_ref: str
    office: str
    purpose: str
    reason: str
    source: str
    details: str
    previous_hash: str
    hash: str


HASHED = (
    "sequence", "event", "target_kind", "target_ref", "by_ref", "office", "purpose", "reason", "source", "details",
)  # fmt: skip
COLUMNS = tuple(Row.__dataclass_fields__)


def hash_of(row: object) -> str:
    """SHA-256 of the previous hash, the moment and the row's own content, as canonical JSON.

    A row of another log says in `HASHED` which of its columns are its content.
    """
    moment: datetime = row.at  # type: ignore[attr-defined]
    previous: str = row.previous_hash  # type: ignore[attr-defined]
    content = [previous, moment.timestamp().hex(), *(getattr(row, name) for name in getattr(row, "HASHED", HASHED))]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
