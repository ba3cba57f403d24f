"""What a deed on many officers would do to each of them. Plain data, made by queries, shown by pages, carried out by actions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

LIMIT = 5_000  # officers of one deed: the record stays locked while it is written
UNDO_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Change:
    """One officer: how it stands, how it would stand, or why nothing is done.

    `key` and `ref` name the row that is changed; a row that is new has a reference and no key.
    """

    officer: Any
    was: str = ""
    will: str = ""
    skipped: str = ""
    key: int | None = None
    ref: str = ""


@dataclass(frozen=True)
class Plan:
    """The changes of one deed, in the order of the service numbers."""

    changes: list[Change] = field(default_factory=list)

    @property
    def made(self) -> list[Change]:
        """Those that are carried out."""
        return [each for each in self.changes if not each.skipped]

    @property
    def skipped(self) -> list[Change]:
        """Those that are not, with the reason."""
        return [each for each in self.changes if each.skipped]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason with how many officers it keeps out, the commonest first."""
        return Counter(each.skipped for each in self.skipped).most_common()

    @property
    def digest(self) -> str:
        """A fingerprint of all that the preview says: equal ones mean that nothing has changed since."""
        lines = (f"{each.officer.ref}\t{each.was}\t{each.will}\t{each.skipped}" for each in self.changes)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def planned(officers: Iterable[Any], barred: dict[int, str], judged: dict[int, Change]) -> Plan:
    """The plan of a deed: who may not be touched stays out, whatever the judgement of the record says."""
    return Plan(
        [
            Change(officer, skipped=barred[officer.pk]) if officer.pk in barred else judged[officer.pk]
            for officer in officers
        ]
    )


def refs_of(officers: Sequence[Any]) -> str:
    """A digest of whom a deed concerned, for the trail."""
    return hashlib.sha256("\n".join(sorted(each.ref for each in officers)).encode()).hexdigest()
