"""The columns of the case log that its chain of hashes ties together. Pure: the writer and the verifier use the same lines."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import ClassVar

HASHED = ("sequence", "event", "case_ref", "by_ref", "to_ref", "office_ref", "detail", "reason")


@dataclass(frozen=True)
class CaseRow:
    """One row of the case log, as it stands in the table."""

    HASHED: ClassVar[tuple[str, ...]] = HASHED

    sequence: int
    at: datetime
    event: str
    case_ref: str
    by_ref: str
    to_ref: str
    office_ref: str
    detail: str
    reason: str
    previous_hash: str
    hash: str


COLUMNS = tuple(each.name for each in fields(CaseRow))
