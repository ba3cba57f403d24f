"""Invented trails for the tests of the verifier: rows as the writer would have made them, without a database."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

from hcims.audit.chain import GENESIS, Row, hash_of

START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


def sealed(row: Row, **changes: Any) -> Row:
    """The row with changes, and a hash that fits them."""
    row = dataclasses.replace(row, **changes)
    return dataclasses.replace(row, hash=hash_of(row))


def trail_of(length: int) -> list[Row]:
    """A sound trail of that many rows."""
    rows: list[Row] = []
    for number in range(1, length + 1):
        rows.append(
            sealed(
                Row(
                    sequence=number, at=START + timedelta(minutes=number), event="officer-changed",
                    target_kind="personnel.officer", target_ref=f"ref{number}", by_ref="someone", office="HR officer",
                    purpose="", reason="", source="NPS/HR/1", details="{}",
                    previous_hash=rows[-1].hash if rows else GENESIS, hash="",
                )
            )
        )  # fmt: skip
    return rows
