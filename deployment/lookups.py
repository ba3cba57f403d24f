"""Names and codes as people write them, found in the catalogues: units, ranks, counties, duties, skills."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from deployment.models import Duty
from hcims.imports.cells import Cell, simplified, text_of
from hcims.imports.problems import CellProblem
from organisation.models import County, Qualification, Rank, Skill, Unit

RANK_WORDS = {
    "PC": ["apc", "p c", "police constable", "administration police constable", "const", "pc w", "wpc"],
    "CPL": ["corp", "cpl w", "police corporal"],
    "SGT": ["sergt", "serg", "sgt w", "police sergeant"],
    "SSGT": ["s sgt", "ssg", "snr sgt", "snr sergeant", "s sergeant", "staff sergeant"],
    "IP": ["insp", "inspector of police"],
    "CIP": ["ci", "c insp", "c i", "chief insp", "chief inspector of police"],
    "ASP": ["asst superintendent", "assistant superintendent of police"],
    "SP": ["supt", "superintendent of police"],
    "SSP": ["snr supt", "senior superintendent of police"],
    "AIG": ["asst inspector general", "assistant inspector general"],
    "SAIG": ["senior assistant inspector general"],
}
SERVICE_WORDS = {"KPS": ["kps", "kp", "kenya police", "kenya police service", "police"],
                 "APS": ["aps", "ap", "administration police", "administration police service"],
                 "DCI": ["dci", "cid", "criminal investigations", "directorate of criminal investigations"]}  # fmt: skip
SEX_WORDS = {
    "F": ["f", "female", "woman", "w", "mke", "mwanamke"],
    "M": ["m", "male", "man", "mume", "mwanamume", "mwanaume"],
}
QUALIFICATION_WORDS = {
    "kcse-c-plus": ["kcse", "kcse c+", "c+"], "kcse-c": ["kcse c"], "kcse-d-plus": ["kcse d+"], "kcse-d": ["kcse d"],
    "degree": ["bachelors", "bachelor", "bsc", "ba", "first degree", "undergraduate"], "masters": ["msc", "ma", "mba"],
    "doctorate": ["phd", "ph d"], "diploma": ["dip"], "certificate": ["cert"], "kcpe": ["primary"],
}  # fmt: skip
CIVILIAN = 0  # in place of the key of a rank
UNIT_ENDINGS = re.compile(r" (police station|police post|patrol base|station|post|ps|pp)$")
SUGGESTIONS = 300


@dataclass
class Names:
    """Finds a key by code or name. A name of several is never taken for one of them."""

    keys: dict[str, int | str] = field(default_factory=dict)
    several: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[Any, str] = field(default_factory=dict)  # key to code, to tell what was found
    suggested: int = 0

    def add(self, key: int | str, code: str, names: Iterable[str]) -> None:
        """This function will make a thing found by its code and names; the code wins over names of others."""
        self.codes[key] = code
        for name in names:
            plain = simplified(name)
            if not plain or self.keys.get(plain) == key:
                continue
            if plain in self.keys or plain in self.several:
                other = self.keys.pop(plain, None)
                codes = self.several.setdefault(plain, [] if other is None else [self.codes[other]])
                codes.append(code)
            else:
                self.keys[plain] = key

    def fix(self, key: int | str, code: str) -> None:
        """This function will make the code mean this thing alone."""
        plain = simplified(code)
        self.keys[plain] = key
        self.several.pop(plain, None)
        self.codes[key] = code

    def find(self, cell: Cell) -> Any:
        """The key. Errors: CellProblem when nothing or more than one thing has the name."""
        text = text_of(cell)
        plain = simplified(text)
        if plain in self.keys:
            return self.keys[plain]
        if plain in self.several:
            raise CellProblem("several", value=text[:40], codes=", ".join(sorted(self.several[plain])[:6]))
        self.suggested += 1
        near = get_close_matches(plain, self.keys, n=1, cutoff=0.82) if self.suggested < SUGGESTIONS else []
        if near and _digits(near[0]) == _digits(plain):  # another code's number is no slip of the pen
            raise CellProblem("maybe", value=text[:40], other=self.codes[self.keys[near[0]]])
        raise CellProblem("unknown", value=text[:40])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def fixed(words: dict[str, list[str]]) -> Names:
    """Names of a short list that stands in the code."""
    names = Names()
    for code, others in words.items():
        names.add(code, code, others)
        names.fix(code, code)
    return names


def units(on: date) -> Names:
    """Units that exist on the day: by code, by name, and by name without "police station"."""
    names = Names()
    found = list(Unit.objects.open_on(on).values_list("pk", "code", "name"))
    for key, code, name in found:
        names.add(key, code, [name])
    short = Names()
    for key, code, name in found:
        short.add(key, code, [UNIT_ENDINGS.sub("", simplified(name))])
    for plain, only in short.keys.items():
        if plain not in names.several:
            names.keys.setdefault(plain, only)
    for plain, codes in short.several.items():
        if plain not in names.keys:
            names.several.setdefault(plain, codes)
    for key, code, _name in found:
        names.fix(key, code)
    return names


def _catalogue(rows: Iterable[tuple[int, str, str, str]], words: dict[str, list[str]] | None = None) -> Names:
    names = Names()
    rows = list(rows)
    for key, code, english, swahili in rows:
        names.add(key, code, [english, swahili, *(words or {}).get(code, [])])
    for key, code, *_names in rows:
        names.fix(key, code)
    return names


def ranks() -> Names:
    """The ranks, by abbreviation, name and the ways they are written in offices."""
    return _catalogue(Rank.objects.values_list("pk", "code", "name_en", "name_sw"), RANK_WORDS)


def ranks_or_civilian() -> Names:
    """The ranks, and the words that say that a member has none."""
    names = ranks()
    names.add(
        CIVILIAN, "CIV", ["civilian", "civilian member", "civilian staff", "civilian employee", "civ staff", "raia"]
    )
    names.fix(CIVILIAN, "CIV")
    return names


def duties() -> Names:
    """The duties."""
    return _catalogue(Duty.objects.values_list("pk", "code", "name_en", "name_sw"))


def skills(category: str = "") -> Names:
    """The skills in use; of one category where it is given."""
    found = Skill.objects.filter(in_use=True)
    found = found.filter(category__code=category) if category else found
    return _catalogue(found.values_list("pk", "code", "name_en", "name_sw"))


def qualifications() -> Names:
    """The qualifications."""
    return _catalogue(Qualification.objects.values_list("pk", "code", "name_en", "name_sw"), QUALIFICATION_WORDS)


def counties() -> Names:
    """The counties, by number and name."""
    names = Names()
    for key, code, name in County.objects.values_list("pk", "code", "name"):
        names.add(key, code, [name, f"{name} county", str(int(code)), f"{name} city"])
        names.fix(key, code)
        names.codes[key] = name
    return names
