"""What a letter is made of, as plain data. Text stays text: nothing in it is ever read as markup.

A template (`typst/letter.typ`) knows how each block looks; whoever writes a letter only says what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


def paragraph(text: str) -> Block:
    """A paragraph."""
    return {"kind": "paragraph", "text": str(text)}


def heading(text: str) -> Block:
    """A heading inside the letter."""
    return {"kind": "heading", "text": str(text)}


def facts(rows: Iterable[tuple[str, object]]) -> Block:
    """Label and value, line by line: name, number, station."""
    return {"kind": "facts", "rows": [[str(label), str(value)] for label, value in rows]}


def items(texts: Iterable[str]) -> Block:
    """A numbered list: what to do, what to bring."""
    return {"kind": "items", "items": [str(text) for text in texts]}


def code(label: str, value: str) -> Block:
    """A code to type in, large, in groups of four."""
    return {"kind": "code", "label": str(label), "value": in_fours(value)}


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    numbers: Sequence[int] = (),
    unbroken: Sequence[int] = (),
) -> Block:
    """A table whose head repeats on each page; `numbers` are the columns set right, `unbroken` those kept on one line."""
    return {
        "kind": "table",
        "columns": [str(column) for column in columns],
        "rows": [["" if cell is None else str(cell) for cell in row] for row in rows],
        "numbers": list(numbers),
        "unbroken": list(unbroken),
    }


def in_fours(value: str) -> str:
    """ "abcdefgh" as "ABCD EFGH": how a code is printed and read out."""
    plain = "".join(character for character in value if character.isalnum()).upper()
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def initials(full_name: str) -> str:
    """ "Wanjiru Njeri Kamau" as "W. N. K.": as much of a name as a stranger checking a paper is shown."""
    return " ".join(f"{word[0].upper()}." for word in full_name.split())


@dataclass(frozen=True)
class Draft:
    """One letter before it has a number: who it is for and what it says."""

    title: str
    blocks: list[Block]
    to: list[str] = field(default_factory=list)  # name, number, station: the lines of the address
    signed: list[str] = field(default_factory=list)  # name, rank, office of whoever signs
    initials: str = ""  # shown to whoever checks the paper
    about: str = ""  # reference of what it is about; never shown
    recipient: Any = None  # the account that may open it again
    language: str = "en"
