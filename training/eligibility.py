"""Whether somebody may enter a course: conditions and facts in, one finding for each condition out. Pure.

A finding that does not hold keeps a name out. One that is not known (the record does not say) keeps nobody out: the paper is
asked for, and whoever gives the seat sees that it is still to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# Kinds of the catalogue (training.models.ConditionKind), and those that hold for every course.
RANK_FROM, RANK_TO = "rank-from", "rank-to"
YEARS_IN_RANK, YEARS_IN_SERVICE, YEARS_TO_RETIREMENT = "years-in-rank", "years-in-service", "years-to-retirement"
SKILL, PAPER, COURSE, CLEAN_MONTHS = "skill", "paper", "course", "clean-months"
SERVING, AREA, ELSEWHERE, PASSED_ALREADY, ATTEMPTS = "serving", "area", "elsewhere", "passed-already", "attempts"


@dataclass(frozen=True)
class Condition:
    """One condition in force. `key` of the skill, paper or course that it asks for; a rank by its order, 1 the highest."""

    kind: str
    value: int | None = None
    rank: int | None = None
    key: int | None = None
    name_en: str = ""
    name_sw: str = ""
    basis: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True)
class Facts:
    """What the record says of one officer; None where it does not say."""

    is_serving: bool = True
    rank: int | None = None
    rank_name: str = ""
    rank_since: date | None = None
    enlisted_on: date | None = None
    retires_on: date | None = None
    skills: Mapping[int, bool] = field(default_factory=dict)  # in force: whether its evidence was checked
    papers: Mapping[int, bool] = field(default_factory=dict)  # held: whether any of them was checked
    paper_counts: Mapping[int, int] = field(default_factory=dict)  # how many were checked
    courses: frozenset[int] = frozenset()  # passed
    last_finding_on: date | None = None
    is_of_area: bool = True  # of the command that holds the course; an institution holds it for everybody
    elsewhere: str = ""  # another course in the same days
    passed_until: date | None = None  # of this course: when what it gave lapses; `passed` without it: never
    passed: bool = False
    attempts: int = 0  # at this course, that ended without passing


@dataclass(frozen=True)
class House:
    """What holds for every course: how often it may be tried, and from how long before it lapses it may be taken again."""

    attempts: int
    attempts_basis: str
    refresher_months: int
    refresher_basis: str
    serving_basis: str = "National Police Service Act 2011: members of the Service"
    area_basis: str = "The course is held by a command for the officers of that command"
    elsewhere_basis: str = "One course at a time: nobody is at two places on one day"


@dataclass(frozen=True)
class Finding:
    """What one condition says of one officer: holds, does not, or is not known."""

    kind: str
    holds: bool | None
    value: int | None = None
    name_en: str = ""
    name_sw: str = ""
    found: str = ""
    basis: str = ""
    is_confirmed: bool = False

    def stored(self) -> dict[str, Any]:
        """As it is kept with a nomination."""
        return asdict(self)

    @staticmethod
    def read(kept: Mapping[str, Any]) -> Finding:
        """As it was kept."""
        return Finding(**{name: kept[name] for name in Finding.__dataclass_fields__ if name in kept})


def findings(conditions: Iterable[Condition], facts: Facts, house: House, *, on: date) -> list[Finding]:
    """One finding for each condition, after those that hold for every course; `on` is the first day of the course."""
    found = _of_every_course(facts, house, on)
    return found + [_of(each, facts, on) for each in conditions if _concerns(each, facts)]


def _concerns(condition: Condition, facts: Facts) -> bool:
    """Years in one rank are asked of whoever holds that rank: sergeants three, senior sergeants two."""
    if condition.kind != YEARS_IN_RANK or condition.rank is None or facts.rank is None:
        return True
    return condition.rank == facts.rank


def bars(found: Iterable[Finding]) -> list[Finding]:
    """The findings that keep a name out."""
    return [each for each in found if each.holds is False]


def unknown(found: Iterable[Finding]) -> list[Finding]:
    """The findings whose paper is still to be shown."""
    return [each for each in found if each.holds is None]


def may_enter(found: Iterable[Finding]) -> bool:
    """Whether nothing keeps the name out."""
    return not bars(found)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def whole_years(since: date, on: date) -> int:
    """Full years from one day to another."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _of_every_course(facts: Facts, house: House, on: date) -> list[Finding]:
    found = [Finding(SERVING, facts.is_serving, basis=house.serving_basis, is_confirmed=True)]
    if not facts.is_of_area:
        found.append(Finding(AREA, False, basis=house.area_basis))
    found.append(Finding(ELSEWHERE, not facts.elsewhere, found=facts.elsewhere, basis=house.elsewhere_basis))
    if facts.passed:
        due = facts.passed_until is not None and months_before(facts.passed_until, house.refresher_months) <= on
        until = facts.passed_until.isoformat() if facts.passed_until else ""
        found.append(
            Finding(PASSED_ALREADY, due, value=house.refresher_months, found=until, basis=house.refresher_basis)
        )
    elif facts.attempts:
        again = facts.attempts < house.attempts
        found.append(
            Finding(ATTEMPTS, again, value=house.attempts, found=str(facts.attempts), basis=house.attempts_basis)
        )
    return found


def _of(condition: Condition, facts: Facts, on: date) -> Finding:
    holds, what = _RULES[condition.kind](condition, facts, on)
    return Finding(
        condition.kind, holds, condition.value, condition.name_en, condition.name_sw, what, condition.basis,
        condition.is_confirmed,
    )  # fmt: skip


Answer = tuple[bool | None, str]


def _rank_from(condition: Condition, facts: Facts, on: date) -> Answer:
    if facts.rank is None or condition.rank is None:
        return None, ""
    return facts.rank <= condition.rank, facts.rank_name


def _rank_to(condition: Condition, facts: Facts, on: date) -> Answer:
    if facts.rank is None or condition.rank is None:
        return None, ""
    return facts.rank >= condition.rank, facts.rank_name


def _years(since: date | None, condition: Condition, on: date) -> Answer:
    if since is None:
        return None, ""
    years = whole_years(since, on)
    return years >= (condition.value or 0), str(max(0, years))


def _years_in_rank(condition: Condition, facts: Facts, on: date) -> Answer:
    return _years(facts.rank_since, condition, on)


def _years_in_service(condition: Condition, facts: Facts, on: date) -> Answer:
    return _years(facts.enlisted_on, condition, on)


def _years_to_retirement(condition: Condition, facts: Facts, on: date) -> Answer:
    if facts.retires_on is None:
        return None, ""
    years = max(0, whole_years(on, facts.retires_on))
    return facts.retires_on > on and years >= (condition.value or 0), str(years)


def _skill(condition: Condition, facts: Facts, on: date) -> Answer:
    checked = facts.skills.get(condition.key or 0)
    return (False, "") if checked is None else (True if checked else None, "unchecked" if not checked else "")


def _paper(condition: Condition, facts: Facts, on: date) -> Answer:
    checked = facts.papers.get(condition.key or 0)
    if checked is None:
        return False, "0"
    number = facts.paper_counts.get(condition.key or 0, 0)
    if number >= (condition.value or 1):
        return True, str(number)
    return (False, str(number)) if checked else (None, "unchecked")


def _course(condition: Condition, facts: Facts, on: date) -> Answer:
    return condition.key in facts.courses, ""


def _clean_months(condition: Condition, facts: Facts, on: date) -> Answer:
    """What was found, and when, is nobody's business here: yes or no."""
    last = facts.last_finding_on
    return last is None or last <= months_before(on, condition.value or 0), ""


_RULES = {
    RANK_FROM: _rank_from, RANK_TO: _rank_to, YEARS_IN_RANK: _years_in_rank, YEARS_IN_SERVICE: _years_in_service,
    YEARS_TO_RETIREMENT: _years_to_retirement, SKILL: _skill, PAPER: _paper, COURSE: _course, CLEAN_MONTHS: _clean_months,
}  # fmt: skip
