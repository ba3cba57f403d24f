"""Which lines of a sheet are rows of the list, and which are blank lines, totals, headings between pages, signatures.

Pure: a block of cells in, the places of its rows out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hcims.imports.cells import Cell, is_blank, simplified, text_of

TOTALS = ("total", "grand total", "sub total", "subtotal", "jumla", "sum")
SIGNED = (
    "prepared by", "checked by", "approved by", "certified by", "compiled by", "verified by", "submitted by", "signed by",
    "signature", "imetayarishwa na", "imekaguliwa na", "sahihi",
)  # fmt: skip
LABELLED = 6  # a total says so in one of the first columns
SPELT = frozenset(f"{spell(word)}{end}" for word in TOTALS for spell in (str, str.upper, str.title, str.capitalize)
                  for end in ("", ":", " :", "S", "s"))  # fmt: skip
PASSED_SHOWN = 40


@dataclass
class Sieve:
    """Tells rows from other lines. Lines that are passed over are kept, so that the preview can name them."""

    key: int  # place of the column that every row has
    used: list[int]  # places of all matched columns
    heading: list[str]  # the headings, simplified: they come again at the top of each printed page
    passed: list[dict[str, Any]] = field(default_factory=list)
    passed_count: int = 0

    def rows(self, first: int, block: Sequence[Sequence[Cell]]) -> list[int]:
        """The places of the block's rows. `first` is the number of its first line as Excel shows it."""
        keys = block[self.key] if self.key < len(block) else [""] * len(block[0])
        totals = _labelled_totals(block)
        return [
            place
            for place, key in enumerate(keys)
            if (_is_plain(key) and place not in totals) or self._is_row(first + place, place, key, block)
        ]

    def _is_row(self, number: int, place: int, key: Cell, block: Sequence[Sequence[Cell]]) -> bool:
        """A line whose key does not begin with a digit needs a closer look."""
        cells = [_words(column[place]) for column in block if not is_blank(column[place])]
        filled = [text for text in cells if any(map(str.isalnum, text))]  # a line to write upon says nothing
        if not filled:
            return False
        words = [simplified(text) for text in filled]
        is_heading = len(set(words) & set(self.heading)) >= min(3, len(set(self.heading)))
        is_total = is_blank(key) and any(word in TOTALS or word.startswith("total ") for word in words)
        is_total = is_total or (len(filled) <= max(3, len(self.used) // 2) and any(word in TOTALS for word in words))
        is_total = is_total or simplified(_words(key)).rstrip(" 0123456789") in TOTALS
        is_total = is_total or (words[0].startswith(SIGNED) and not any(map(str.isdigit, _words(key))))
        matched = sum(1 for each in self.used if each < len(block) and not is_blank(block[each][place]))
        if is_heading or is_total or matched == 0 or (len(filled) <= 2 and matched <= 1):
            self.passed_count += 1
            if len(self.passed) < PASSED_SHOWN:
                self.passed.append({"row": number, "text": " ".join(filled)[:60]})
            return False
        return True


def _labelled_totals(block: Sequence[Sequence[Cell]]) -> set[int]:
    """Places of lines that say they are totals, although a sum or a count stands where the key of a row would."""
    found = set()
    for column in block[:LABELLED]:
        if not SPELT.isdisjoint(column):
            found |= {place for place, cell in enumerate(column) if cell in SPELT}
    return found


def _is_plain(cell: Cell) -> bool:
    """Nearly every row's key: a number, or text that begins with a digit."""
    return cell[:1].isdigit() if isinstance(cell, str) else cell is not None


def _words(cell: Cell) -> str:
    return text_of(cell, raising=False) if isinstance(cell, str) or cell is None else str(cell)
