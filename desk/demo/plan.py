"""How large an invented service is, and what posts its units have. Plain data; no database."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

FULL = 107_000
PASSWORD = "wake-up-and-heal-47"  # noqa: S105 - the demonstration's, printed when it starts
# Rank orders: 1 Inspector-General … 14 Constable.
CONSTABLE, CORPORAL, SERGEANT, SENIOR_SERGEANT, INSPECTOR, CHIEF_INSPECTOR = 14, 13, 12, 11, 10, 9
ASP, SP, SSP, CP, AIG, SAIG, DIG, IG = 8, 7, 6, 5, 4, 3, 2, 1

FORMATIONS = {
    "GSU": ("General Service Unit", "KPS", 0.062),
    "TRAFFIC": ("Traffic Department", "KPS", 0.022),
    "AIRPORT": ("Kenya Airports Police Unit", "KPS", 0.012),
    "RAILWAY": ("Railways Police Unit", "KPS", 0.008),
    "TOURIST": ("Tourist Police Unit", "KPS", 0.006),
    "MARINE": ("Marine Police Unit", "KPS", 0.005),
    "DIPLOMATIC": ("Diplomatic Police Unit", "KPS", 0.010),
    "BPU": ("Border Police Unit", "APS", 0.026),
    "RDU": ("Rapid Deployment Unit", "APS", 0.016),
    "CIPU": ("Critical Infrastructure Protection Unit", "APS", 0.030),
    "ASTU": ("Anti-Stock Theft Unit", "APS", 0.014),
    "SGB": ("Security of Government Buildings", "APS", 0.018),
}
INSTITUTIONS = {
    "NPC-KIG": ("National Police College Main Campus, Kiganjo", "019"),
    "NPC-EMB-A": ("National Police College Embakasi A Campus", "047"),
    "NPC-EMB-B": ("National Police College Embakasi B Campus", "047"),
    "DCI-ACAD": ("DCI Academy, South C", "047"),
    "NPLA": ("National Police Leadership Academy, Ngong", "034"),
    "EMALI": ("Senior Staff College, Emali", "017"),
}
# Share of the service in each county by place, relative weights: the two cities and the large counties first.
CITY = {"047": 8.0, "001": 3.2, "032": 2.4, "042": 1.9, "027": 1.8, "022": 2.1, "016": 1.5}
HARDSHIP = {"007", "011", "004", "009", "010", "008", "023", "025", "005", "024"}
OPERATION = {"009", "007", "008", "005"}


@dataclass(frozen=True)
class Size:
    """The shape of a service of so many officers."""

    officers: int

    @property
    def share(self) -> float:
        return self.officers / FULL

    @property
    def stations(self) -> int:
        return max(47, round(1_764 * self.share))

    @property
    def posts(self) -> int:
        return round(4_900 * self.share)

    @property
    def has_all_wards(self) -> bool:
        return self.officers >= 50_000


def spread(total: int, weights: list[float]) -> list[int]:
    """`total` divided by weights into whole parts that add up; the largest remainders take what is left."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda index: exact[index] - parts[index], reverse=True)
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


TOP_POSTS = {"NPS": {(IG, ""): 1}, "KPS-HQ": {(DIG, ""): 1}, "APS-HQ": {(DIG, ""): 1}, "DCI": {(DIG, ""): 1}}


def posts_of(
    kind: str, strength: int, heads_of: dict[tuple[int, str], int] | None = None
) -> dict[tuple[int, str], int]:
    """Posts of a unit of that kind with about so many officers: {(rank order, skill code or ""): number}."""
    heads = {
        "station": [(CHIEF_INSPECTOR, 1), (INSPECTOR, 1)],
        "post": [(SENIOR_SERGEANT if strength >= 8 else SERGEANT, 1)],
        "patrol-base": [(SERGEANT, 1)],
        "ward": [(INSPECTOR, 1)],
        "sub-county": [(SSP, 1), (ASP, 1)],
        "county": [(CP, 1), (SSP, 2), (SP, 2)],
        "region": [(AIG, 1), (CP, 2), (SSP, 2)],
        "formation": [(AIG, 1), (CP, 1), (SSP, 2)],
        "company": [(ASP, 1), (INSPECTOR, 1)],
        "training": [(CP, 1), (SP, 2), (CHIEF_INSPECTOR, 3)],
        "office": [(SP, 1), (CHIEF_INSPECTOR, 1)],
        "headquarters": [(SAIG, 2), (AIG, 3), (CP, 6), (SSP, 8), (SP, 8), (ASP, 10)],
    }[kind]
    posts: dict[tuple[int, str], int] = dict(heads_of.items()) if heads_of else {}
    left = strength
    for rank, number in heads:
        posts[rank, ""] = number
        left -= number
    left = max(left, 1)
    for rank, share in ((INSPECTOR, 0.04), (SENIOR_SERGEANT, 0.04), (SERGEANT, 0.1), (CORPORAL, 0.2)):
        number = int(left * share)
        if number:
            posts[rank, ""] = posts.get((rank, ""), 0) + number
    left -= int(left * 0.38)
    for skill, each in SKILLED.get(kind, ()):
        number = max(1, strength // each) if strength >= 8 else 0
        if number and left > number:
            posts[CONSTABLE, skill] = number
            left -= number
    posts[CONSTABLE, ""] = max(left, 1)
    return posts


SKILLED = {
    "station": (("driving-b", 12), ("armourer", 60), ("gender-desk", 25), ("investigation", 9), ("signals", 50)),
    "post": (("driving-a", 14),),
    "sub-county": (("driving-b", 6), ("records", 12), ("ict", 20)),
    "county": (("driving-b", 6), ("ict", 15), ("records", 10), ("counselling", 25)),
    "region": (("driving-b", 8), ("ict", 12), ("counselling", 20)),
    "formation": (("driving-c", 10), ("armourer", 40), ("first-aid", 15)),
    "company": (("driving-c", 12), ("first-aid", 15), ("public-order", 3)),
    "training": (("instructor", 4), ("first-aid", 20), ("counselling", 40)),
    "office": (("investigation", 2), ("forensics", 8), ("cybercrime", 9), ("prosecution", 10)),
    "headquarters": (("driving-b", 10), ("ict", 15), ("records", 12), ("accounts", 15)),
}


def past(chance: random.Random, on: date, least: int, most: int) -> date:
    """A day between `least` and `most` days before `on`."""
    return date.fromordinal(on.toordinal() - chance.randint(least, most))


def sign_ins(lines: list[list[str]]) -> str:
    """What `make demo` prints: role, sign-in name and unit of each, and the password of all."""
    head = f"\nSign-ins (password of each: {PASSWORD})"
    return "\n".join([head, *(f"  {role:<52} {login:<32} {unit}" for role, login, unit in lines)])
