"""Invented officers in the planned posts: ranks, postings past and present, skills held, lapsed and missing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desk.demo import names, plan
from desk.demo.units import FOUNDED, Draft

LANGUAGES = ("somali", "turkana", "borana", "sign-language", "arabic", "french")
EXTRA = (
    "driving-b",
    "driving-c",
    "driving-a",
    "first-aid",
    "ict",
    "investigation",
    "public-order",
    "records",
    "traffic",
)
# How full units are: the arid north under its posts, the cities above them.
FULL_AS = {"hardship": 0.80, "city": 1.01, "other": 0.93}
DUTY_OF_SKILL = {
    "armourer": "armoury", "gender-desk": "gender-desk", "investigation": "crime", "signals": "signals",
    "records": "administration", "instructor": "instructor", "traffic": "traffic", "forensics": "crime",
    "cybercrime": "crime", "prosecution": "crime", "driving-b": "driver", "driving-c": "driver", "driving-a": "driver",
    "accounts": "administration", "ict": "administration",
}  # fmt: skip


@dataclass
class Post:
    """A post to be held: the unit's code and the establishment line."""

    unit: str
    rank: int
    skill: str


@dataclass
class Person:
    """One invented officer with everything the tables need. Dates are days; ranks are rank orders; units are codes."""

    number: str
    surname: str
    other_names: str
    sex: str
    born_on: date
    enlisted_on: date
    service: str
    home_county: str
    post: Post
    rank: int
    duty: str
    arrived_on: date
    start_known: bool
    rank_since: date
    earlier: list[tuple[str, date, date]]  # unit code, from, to
    skills: list[tuple[str, int, date, date | None, str]]  # code, level, acquired, expires, state
    national_id: str
    kra_pin: str
    phone: str
    account: str


def area_of(draft: Draft) -> str:
    county = draft.unit.county.code if draft.unit.county else ""
    if county in plan.HARDSHIP:
        return "hardship"
    return "city" if county in plan.CITY else "other"


def posts_to_hold(
    drafts: dict[str, Draft], working: dict[str, dict[tuple[int, str], int]], chance: random.Random, number: int
) -> list[Post]:
    """The posts that are held: most of them, more in the cities, fewer in the north; exactly `number` in all."""
    held = []
    for code, posts in working.items():
        full = FULL_AS[area_of(drafts[code])]
        for (rank, skill), count in posts.items():
            share = full * chance.uniform(0.88, 1.12) if rank > plan.SP else full * 1.04
            holders = int(count * share + chance.random())
            held += [Post(code, rank, skill)] * holders
    stations = [code for code, draft in drafts.items() if draft.kind in ("station", "company")]
    while len(held) < number:
        held.append(Post(chance.choice(stations), plan.CONSTABLE, ""))
    if len(held) > number:
        spare = [index for index, post in enumerate(held) if post.rank >= plan.CORPORAL]
        gone = set(chance.sample(spare, len(held) - number))
        held = [post for index, post in enumerate(held) if index not in gone]
    return held


class Maker:
    """Makes one person for each post, from one source of chance."""

    def __init__(self, chance: random.Random, drafts: dict[str, Draft], on: date, number: int) -> None:
        self.chance, self.drafts, self.on = chance, drafts, on
        self.numbers = chance.sample(range(1_000, 999_999 if number < 500_000 else 9_999_999), number)
        self.identities = chance.sample(range(10_000_000, 42_000_000), number)
        self.stations = [code for code, each in drafts.items() if each.kind in ("station", "post", "company")]
        self.home = [f"{each:03d}" for each in range(1, 48)]

    def people(self, posts: list[Post]) -> Iterator[Person]:
        for index, post in enumerate(posts):
            yield self._person(post, f"{self.numbers[index]:06d}", self.identities[index])

    def _person(self, post: Post, number: str, identity: int) -> Person:
        chance = self.chance
        sex = "F" if chance.random() < 0.158 else "M"
        surname, other_names = names.person(chance, sex)
        rank = self._rank(post)
        age = {1: 57, 2: 56, 3: 55, 4: 54, 5: 52, 6: 50, 7: 47, 8: 43, 9: 44, 10: 40, 11: 46, 12: 42, 13: 37, 14: 29}[
            rank
        ]
        spread = 4 if rank < plan.INSPECTOR else 9
        years = min(59.95, max(20.0, chance.gauss(age, spread / 2)))
        born = self.on - timedelta(days=int(years * 365.25))
        service_years = max(0.4, years - chance.uniform(19, 25))
        enlisted = self.on - timedelta(days=int(service_years * 365.25))
        arrived, known = self._arrival(post, enlisted)
        rank_since = enlisted if rank == plan.CONSTABLE else self._between(enlisted, self.on, 0.5)
        draft = self.drafts[post.unit]
        return Person(
            number, surname, other_names, sex, born, enlisted, self._service(draft), chance.choice(self.home), post, rank,
            self._duty(post, draft), arrived, known, rank_since, self._earlier(enlisted, arrived, post.unit),
            self._skills(post, enlisted), str(identity), f"A{identity:09d}{chance.choice('BCDFGHJKLMNPQRSTVWXYZ')}",
            f"+2547{chance.randint(10_000_000, 99_999_999)}", f"{chance.randint(10**9, 10**10 - 1)}",
        )  # fmt: skip

    def _rank(self, post: Post) -> int:
        """Mostly the rank of the post; some posts are held by the rank below, as in the field."""
        if plan.ASP < post.rank < plan.CONSTABLE and self.chance.random() < 0.09:
            return post.rank + 1
        return post.rank

    def _service(self, draft: Draft) -> str:
        return draft.unit.service or self.chance.choices(["KPS", "APS"], [0.74, 0.26])[0]

    def _arrival(self, post: Post, enlisted: date) -> tuple[date, bool]:
        """Stays are long and uneven: some far over the limit, in the cities above all."""
        mean = {"city": 900, "hardship": 620, "other": 700}[area_of(self.drafts[post.unit])]
        days = min(int(self.chance.expovariate(1 / mean)), 4_400)
        arrived = max(self.on - timedelta(days=days), enlisted + timedelta(days=120))
        arrived = min(max(arrived, FOUNDED), self.on - timedelta(days=1))
        return arrived, self.chance.random() > 0.035

    def _between(self, first: date, last: date, least: float) -> date:
        return first + timedelta(days=int((last - first).days * self.chance.uniform(least, 0.97)))

    def _duty(self, post: Post, draft: Draft) -> str:
        if post.rank <= plan.INSPECTOR and post.skill == "":
            return "command"
        if post.skill in DUTY_OF_SKILL:
            return DUTY_OF_SKILL[post.skill]
        if self.chance.random() < 0.035:
            return self.chance.choice(["cook", "receptionist", "personal-driver", "clerical"])
        if draft.unit.code.startswith("TRAFFIC"):
            return "traffic"
        if draft.unit.line == "dci":
            return "crime"
        return self.chance.choices(["general", "report-office", "guard", "crime"], [70, 10, 12, 8])[0]

    def _earlier(self, enlisted: date, arrived: date, here: str) -> list[tuple[str, date, date]]:
        if enlisted >= arrived or self.chance.random() < 0.45:
            return []
        stays, ends = [], arrived
        for _ in range(self.chance.choice([1, 1, 2])):
            starts = max(enlisted, FOUNDED, ends - timedelta(days=self.chance.randint(260, 1_500)))
            if (ends - starts).days < 90:
                break
            unit = self.chance.choice(self.stations)
            if unit != here:
                stays.append((unit, starts, ends))
            ends = starts
        return stays

    def _skills(self, post: Post, enlisted: date) -> list[tuple[str, int, date, date | None, str]]:
        chance = self.chance
        wanted: dict[str, float] = {"kiswahili": 0.98, "english": 0.95}
        if post.skill:
            wanted[post.skill] = 0.90
        wanted[chance.choice(LANGUAGES)] = 0.2
        wanted.setdefault(chance.choice(EXTRA), 0.4)
        if post.unit.startswith("DCI"):
            wanted["investigation"] = 0.92
        held = []
        for code, likely in wanted.items():
            if chance.random() > likely:
                continue
            lapses = code.startswith("driving") or code in {
                "first-aid",
                "armourer",
                "gender-desk",
                "instructor",
                "forensics",
            }
            first = max(enlisted, self.on - timedelta(days=1_500 if lapses else 6_000))
            acquired = self._between(first, self.on, 0.0)
            expires = acquired + timedelta(days=3 * 365) if lapses else None
            state = "unverified" if chance.random() < 0.06 else "verified"
            held.append((code, chance.choice([1, 2, 2, 3]) if not lapses else 1, acquired, expires, state))
        return held
