"""Single cells: text cleaned of what cannot be seen, numbers and texts taken for each other, look-alike letters.

Pure: a cell in (as `hcims.imports.reading` writes it), a plain value out, or CellProblem.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from hcims.imports.problems import CellProblem
from hcims.imports.reading import DATE, ERROR

Cell = str | int | float | bool | None
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u0060\u00b4"), "'")
TIDY = {**INVISIBLE, **DASHES, **QUOTES}
# Letters that look the same in print. Source: Unicode TR 39, confusables, those of Latin capitals and small letters.
LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаеѕіјорсухԛԝһ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρ",
    "ABESIJKMHOPCTYXQWaesijopcyxqwh" + "ABEZHIKMNOPTYXoavp",
)
DIGIT_LIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "L": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
NO_WORD = re.compile(r"[^a-z0-9]+")
FOREIGN = re.compile(r"[^\W\d_]")
BLANKS = frozenset({"", "-", "--", "---", "n/a", "na", "nil", "none", "null", "."})
LONGEST_BLANK = max(map(len, BLANKS))
EXACT_INTEGER = 10**15  # a spreadsheet keeps fifteen digits


def is_blank(cell: Cell) -> bool:
    """Whether the cell says nothing: empty, spaces, a dash, N/A."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > LONGEST_BLANK and cell[0].isalnum():
        return False  # nearly every cell
    return text_of(cell, raising=False).casefold() in BLANKS


def text_of(cell: Cell, *, raising: bool = True) -> str:
    """The cell as clean text: a number without its decimals, spaces single, nothing invisible, Latin letters.

    Errors: CellProblem for an error cell, a shortened number, or letters of another alphabet.
    """
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return _number_as_text(cell)
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split()) if "  " in cell else cell.strip()
    if raising and cell[:1] == ERROR:
        raise error_of(cell)
    cell = " ".join(unicodedata.normalize("NFC", cell.lstrip(DATE + ERROR)).translate(TIDY).split())
    return _latin(cell) if raising else cell


def error_of(cell: str) -> CellProblem:
    """The problem that an error cell is."""
    return CellProblem("formula") if cell[1:] == "formula" else CellProblem("error", error=cell[1:])


def _number_as_text(cell: float) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if abs(cell) >= EXACT_INTEGER:
        raise CellProblem("shortened")
    return str(int(cell)) if float(cell).is_integer() else repr(cell)


def _latin(text: str) -> str:
    if text.isascii():
        return text
    text = text.translate(LOOK_ALIKES)
    foreign = sorted({letter for letter in FOREIGN.findall(text) if not _is_latin(letter)})
    if foreign:
        raise CellProblem("letters", letters=" ".join(foreign[:5]))
    return text


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "LATIN" in unicodedata.name(letter, "")


def name_of(cell: Cell, limit: int) -> str:
    """A name or other words. Errors: CellProblem."""
    text = text_of(cell)
    if len(text) > limit:
        raise CellProblem("too-long", limit=limit)
    return text


def split_name(text: str, order: str) -> tuple[str, str]:
    """Surname and other names of a whole name. A comma stands after the surname, whatever the order of the column.

    Errors: CellProblem when there is one name only.
    """
    before, comma, after = text.partition(",")
    words = text.split()
    if comma:
        surname, others = before.strip(), after.replace(",", " ").strip()
    elif order == "surname-first":
        surname, others = " ".join(words[:1]), " ".join(words[1:])
    else:
        surname, others = " ".join(words[-1:]), " ".join(words[:-1])
    if not surname or not others:
        raise CellProblem("one-name")
    return surname, " ".join(others.split())


def code_of(cell: Cell) -> str:
    """A number or code as it is compared: no spaces, no punctuation but - and /, capitals."""
    return text_of(cell).replace(" ", "").upper()


def matching(cell: Cell, pattern: re.Pattern[str], shape: str) -> str:
    """A code of a known shape. Errors: CellProblem; it names the reading that fits where a letter stands for a digit."""
    code = code_of(cell)
    if pattern.fullmatch(code):
        return code
    fitting = code.translate(DIGIT_LIKE)
    if not pattern.fullmatch(fitting):  # a PIN ends in a letter that stays one
        fitting = code[:1] + code[1:-1].translate(DIGIT_LIKE) + code[-1:]
    if fitting != code and pattern.fullmatch(fitting):
        raise CellProblem("look-alike", value=code, other=fitting)
    raise CellProblem("shape", shape=shape)


def whole_number(cell: Cell, least: int, most: int) -> int:
    """A whole number within bounds. Errors: CellProblem."""
    text = text_of(cell).replace(",", "")
    if not text.isdigit() or not least <= int(text) <= most:
        raise CellProblem("number", value=text[:40])
    return int(text)


def simplified(value: Any) -> str:
    """Words as they are compared: no accents, no case, no punctuation, single spaces."""
    text = str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(LOOK_ALIKES)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(NO_WORD.sub(" ", text.casefold().replace("+", " plus")).split())
