"""How the cells of each column of the roll are read. One table of readers serves one reading of one file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from deployment import lookups
from deployment.roll.columns import ACCOUNT, KRA_PIN, NAMES, NATIONAL_ID
from hcims.imports.cells import Cell, code_of, matching, name_of, text_of
from hcims.imports.dates import Span
from hcims.imports.problems import CellProblem

SERVICE_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9\-]{1,19}")
DIGITS_WITH_LOOK_ALIKE = re.compile(r"(?=.*[0-9].*[0-9])[0-9]+[OILSB][0-9OILSB]*")
PHONE = re.compile(r"\+[1-9][0-9]{8,14}")
EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}")
SPLIT = re.compile(r"[;,/&|+\n]| and | na ")
LENGTHS = {"surname": 60, "other_names": 100, "bank_name": 60, "bank_branch": 60, "house_allowance_place": 60}
OLDEST, YOUNGEST, SERVED = 75, 17, 58  # years: no member is older, younger, or has served longer


def service_number(cell: Cell) -> str:
    """An officer's number. Errors: CellProblem."""
    code = code_of(cell)
    if DIGITS_WITH_LOOK_ALIKE.fullmatch(code):
        return matching(cell, re.compile("[0-9]+"), "digits")
    if not SERVICE_NUMBER.fullmatch(code):
        raise CellProblem("shape", shape="letters, digits and -, at most 20")
    return code


def phone(cell: Cell) -> str:
    """A telephone number in full international form; Kenyan ones may come without their zero."""
    digits = re.sub(r"[\s().\-]", "", text_of(cell))
    if re.fullmatch(r"0[17]\d{8}", digits):
        digits = "+254" + digits[1:]
    elif re.fullmatch(r"[17]\d{8}", digits):
        digits = "+254" + digits
    elif re.fullmatch(r"(00)?254[17]\d{8}", digits):
        digits = "+" + digits.removeprefix("00")
    if not PHONE.fullmatch(digits):
        raise CellProblem("shape", shape="0712345678 or +254712345678")
    return digits


def email(cell: Cell) -> str:
    """An e-mail address, in small letters."""
    text = text_of(cell).casefold()
    if not EMAIL.fullmatch(text) or len(text) > 120:
        raise CellProblem("shape", shape="name@example.org")
    return text


def languages(names: lookups.Names) -> Callable[[Cell], list[int]]:
    """A reader of several languages in one cell."""

    def read(cell: Cell) -> list[int]:
        parts = [part for part in SPLIT.split(text_of(cell)) if part.strip()]
        return sorted({names.find(part) for part in parts})

    return read


class Tables:
    """The catalogues of one reading, and how each column is read with them."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.units, self.ranks, self.duties = lookups.units(on), lookups.ranks(), lookups.duties()
        self.ranks_or_civilian = lookups.ranks_or_civilian()
        self.skills, self.languages = lookups.skills(), lookups.skills("language")
        self.qualifications, self.counties = lookups.qualifications(), lookups.counties()
        self.sex, self.service = lookups.fixed(lookups.SEX_WORDS), lookups.fixed(lookups.SERVICE_WORDS)

    def digest(self) -> str:
        """A fingerprint of all names and codes: the same cells mean the same while it is the same."""
        digest = hashlib.sha256()
        for names in (
            self.units,
            self.ranks,
            self.duties,
            self.skills,
            self.languages,
            self.qualifications,
            self.counties,
        ):
            digest.update(repr((sorted(names.keys.items()), sorted(names.several.items()))).encode())
        return digest.hexdigest()

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        """A reader for each column that holds no date."""
        national_id, kra_pin, account = map(re.compile, (NATIONAL_ID, KRA_PIN, ACCOUNT))
        found: dict[str, Callable[[Cell], Any]] = {
            name: partial(name_of, limit=limit) for name, limit in LENGTHS.items()
        }
        return found | {
            "service_number": service_number,
            "sex": self.sex.find,
            "service": self.service.find,
            "rank": self.ranks_or_civilian.find,
            "post_rank": self.ranks.find,
            "post_skill": self.skills.find,
            "unit": self.units.find,
            "duty": self.duties.find,
            "home_county": self.counties.find,
            "education": self.qualifications.find,
            "languages": languages(self.languages),
            "national_id": lambda cell: matching(cell, national_id, "5 to 9 digits"),
            "kra_pin": lambda cell: matching(cell, kra_pin, "A001234567B"),
            "bank_account": lambda cell: matching(code_of(cell).replace("-", ""), account, "5 to 20 digits"),
            "phone": phone,
            "personal_email": email,
        }

    def spans(self) -> dict[str, Span]:
        """The days each dated column may hold."""
        served = Span(_years_before(self.on, SERVED), self.on)
        born = Span(_years_before(self.on, OLDEST), _years_before(self.on, YOUNGEST))
        return {name: born if name == "born_on" else served for name, column in NAMES.items() if column.dated}


def _years_before(on: date, years: int) -> date:
    return on - timedelta(days=round(years * 365.25))
