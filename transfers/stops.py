"""The rules that hold a transfer: facts in, stops out. Pure; each stop names its source and who may lift it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

SECOND_AUTHORITY = "a second authority: Inspector General, Deputy Inspector General or the Commission"
NOBODY = ""  # it goes when its cause is gone, and no other way
OWN_WISH = frozenset({"request", "exchange", "compassionate"})
URGENT = frozenset({"emergency"})


@dataclass(frozen=True)
class Limit:
    """The number of a rule and the source it stands on."""

    value: int
    source: str


@dataclass(frozen=True)
class Facts:
    """What is known about the officer, the move and the step it waits at.

    Shape: `kind` is a code of TransferKind. `moves_on` is the day of the move: the day to report, or today while no
    place is decided. None means unknown or without such a rule, and never raises a stop.
    """

    kind: str
    moves_on: date
    is_protected: bool = False
    open_cases: int = 0
    term: str = ""  # name of the school term on the day of the move
    term_source: str = ""
    family_answered: bool = False
    dependant_with_disability: bool = False
    exam_this_year: bool = False
    months_at_station: int | None = None
    minimum_months: Limit | None = None
    moves: int = 0  # within the period, before this one
    moves_maximum: Limit | None = None
    moves_months: int = 0
    unpaid: tuple[str, ...] = ()  # numbers of orders whose allowance is not shown as paid
    oral: int = 0  # directions by word of mouth whose paper is missing
    into_home_county: str = ""  # name of the county
    chooses_county: bool = False  # near retirement
    free_posts: int | None = None  # at the place, of the rank and skill
    place: str = ""
    has_overstrength_paper: bool = False
    frozen_why: str = ""
    frozen_source: str = field(default="")


@dataclass(frozen=True)
class Found:
    """One stop: its code, what it says, on which source, and who may lift it."""

    code: str
    message: str
    source: str
    lifted_by: str


def found(facts: Facts) -> list[Found]:
    """The stops that these facts raise, in the order in which they are shown."""
    rules = [_frozen, _oral, _allowance, _over_strength]
    if not facts.is_protected:  # whoever must be brought to safety is not held by the papers of an ordinary move
        rules += [_discipline]
        if facts.kind not in URGENT:
            rules += [_school_term, _family, _too_soon, _too_many, _home_area]
    return [stop for rule in rules if (stop := rule(facts))]


def _frozen(facts: Facts) -> Found | None:
    if not facts.frozen_why:
        return None
    return Found("frozen", f"The power to decide is frozen: {facts.frozen_why}", facts.frozen_source, NOBODY)


def _oral(facts: Facts) -> Found | None:
    if not facts.oral:
        return None
    words = "Directed by word of mouth; attach the paper, or it cannot be completed."
    return Found("oral-direction", words, "Kasebe v NPSC [2020] KEELRC 1923: no oral transfer", NOBODY)


def _allowance(facts: Facts) -> Found | None:
    if not facts.unpaid:
        return None
    orders = ", ".join(facts.unpaid)
    words = f"Transfer allowance due and not shown as paid (order {orders}): voucher, day and the officer's word are missing."
    return Found("allowance", words, "LN 89/2015: the allowance is paid before the move", SECOND_AUTHORITY)


def _over_strength(facts: Facts) -> Found | None:
    if facts.free_posts is None or facts.free_posts > 0 or facts.has_overstrength_paper or facts.kind == "exchange":
        return None
    words = f"{facts.place} has no free post of this rank and skill; give the paper that authorises over-strength."
    return Found("over-strength", words, "Approved establishment in force", SECOND_AUTHORITY)


def _discipline(facts: Facts) -> Found | None:
    if not facts.open_cases:
        return None
    words = "A discipline case is open: a transfer is no punishment."
    return Found("discipline", words, "Geoffrey v NPS (ELRC 2025); Discipline Regulations 2015", SECOND_AUTHORITY)


def _school_term(facts: Facts) -> Found | None:
    if not facts.term or facts.family_answered:
        return None
    words = f"The move falls into school term ({facts.term}), and the questions about the family are not answered."
    source = f"Namu v NPSC [2023] KEELRC 1231; {facts.term_source}".rstrip("; ")
    return Found("school-term", words, source, SECOND_AUTHORITY)


def _family(facts: Facts) -> Found | None:
    """The officer's own wish is the answer to this one."""
    if facts.kind in OWN_WISH or not (facts.dependant_with_disability or facts.exam_this_year):
        return None
    words = (
        "A dependant with a disability or a child in an examination year: say how this was weighed, and have it lifted."
    )
    return Found("family", words, "Kariuki v AG [2024] KEELRC 13501; Namu v NPSC [2023] KEELRC 1231", SECOND_AUTHORITY)


def _too_soon(facts: Facts) -> Found | None:
    served, limit = facts.months_at_station, facts.minimum_months
    if facts.kind == "compassionate" or served is None or limit is None or served >= limit.value:
        return None
    words = f"{served} of at least {limit.value} months at the station."
    return Found("too-soon", words, limit.source, SECOND_AUTHORITY)


def _too_many(facts: Facts) -> Found | None:
    limit = facts.moves_maximum
    if facts.kind in OWN_WISH or limit is None or facts.moves < limit.value:
        return None
    words = f"Moved {facts.moves} times within {facts.moves_months} months; the rule allows {limit.value}."
    return Found("too-many", words, limit.source, SECOND_AUTHORITY)


def _home_area(facts: Facts) -> Found | None:
    if not facts.into_home_county or facts.chooses_county:
        return None
    words = f"{facts.into_home_county} is the officer's home county."
    return Found("home-area", words, "Posting policy: not in the home area unless necessary", SECOND_AUTHORITY)
