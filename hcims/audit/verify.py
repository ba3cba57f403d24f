"""Reads the chain from its first row and names what does not fit. Pure: rows in, divergences out.

What each kind means:
  altered     the row's content is not what its hash was made of
  replaced    the row and its hash fit each other, but the row after it was written on another one
  removed     numbers are missing before this row
  moved       the row's hash fits another number: it stood elsewhere in the trail
  cut-off     rows at the end are missing (the head, or a signed checkpoint, knows of later ones)
  inserted    a row stands after the head, which every writer moves
  unsealed    the head or a checkpoint carries another hash than the row it stands for
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hcims.audit.chain import GENESIS, Row, hash_of

Find = Callable[[str], int | None]  # the number of the row that carries this hash


@dataclass(frozen=True)
class Divergence:
    """One place where the trail is not what was written."""

    kind: str
    sequence: int
    words: str

    def __str__(self) -> str:
        return f"row {self.sequence}: {self.kind}: {self.words}"


@dataclass(frozen=True)
class Seal:
    """A place where the chain is known to have stood: the head, or a checkpoint kept elsewhere."""

    sequence: int
    hash: str
    name: str


@dataclass
class Verdict:
    """How many rows were read, and what did not fit."""

    rows: int
    last: int
    divergences: list[Divergence]

    @property
    def is_sound(self) -> bool:
        return not self.divergences


def verify(rows: Iterable[Row], seals: Iterable[Seal] = (), *, find: Find = lambda _: None, limit: int = 20) -> Verdict:
    """This function will read the rows in order of their number and report the first divergences, at most `limit`.

    `find` looks a hash up among all rows: it tells a moved row from an altered one.
    """
    waiting = sorted(seals, key=lambda seal: seal.sequence)
    found: list[Divergence] = [
        Divergence("unsealed", 0, f"{seal.name} has no row yet but another hash than the beginning")
        for seal in waiting
        if seal.sequence == 0 and seal.hash != GENESIS
    ]
    waiting = [seal for seal in waiting if seal.sequence > 0]
    before: Row | None = None
    count = 0
    for row in rows:
        count += 1
        found += _link(before, row, find)
        while waiting and waiting[0].sequence <= row.sequence:
            found += _sealed(waiting.pop(0), row)
        before = row
        if len(found) >= limit:
            return Verdict(count, row.sequence, found[:limit])
    last = before.sequence if before else 0
    found += [
        Divergence("cut-off", last, f"{seal.name} stands at row {seal.sequence}; the rows after {last} are gone")
        for seal in waiting
    ]
    return Verdict(count, last, found[:limit])


def _link(before: Row | None, row: Row, find: Find) -> list[Divergence]:
    found = []
    expected = before.sequence + 1 if before else 1
    is_next = row.sequence == expected
    if not is_next:
        gone = f"row {expected}" if row.sequence - expected == 1 else f"rows {expected} to {row.sequence - 1}"
        found.append(Divergence("removed", row.sequence, f"{gone} before this one missing"))
    if hash_of(row) != row.hash:
        found.append(_own_content(row, find))
    elif is_next and row.previous_hash != (before.hash if before else GENESIS):
        named = before.sequence if before else row.sequence
        found.append(Divergence("replaced", named, f"row {row.sequence} was written on another row than this one"))
    return found


def _own_content(row: Row, find: Find) -> Divergence:
    stood_after = 0 if row.previous_hash == GENESIS else find(row.previous_hash)
    if stood_after is not None and stood_after + 1 != row.sequence:
        there = dataclasses.replace(row, sequence=stood_after + 1)
        if hash_of(there) == row.hash:
            return Divergence("moved", row.sequence, f"this row was written as number {stood_after + 1}")
    return Divergence("altered", row.sequence, f"its content ({row.event}) is not what was recorded")


def _sealed(seal: Seal, row: Row) -> list[Divergence]:
    if seal.sequence < row.sequence:
        return [Divergence("removed", seal.sequence, f"{seal.name} stands at this row, which is gone")]
    if seal.hash != row.hash:
        return [Divergence("unsealed", row.sequence, f"{seal.name} carries another hash for this row")]
    return []
