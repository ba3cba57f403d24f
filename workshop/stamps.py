"""Remembers what was done last, by content: a checkout that touches every file makes nothing run again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def digest(paths: Iterable[Path], *extra: str) -> str:
    """SHA-256 of the named files' names and contents, and of the extra words."""
    total = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def is_done(stamp: Path, value: str) -> bool:
    """Whether the work was last done with this very content."""
    return stamp.exists() and stamp.read_text() == value


def mark(stamp: Path, value: str) -> None:
    """This function will note that the work is done with this content."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
