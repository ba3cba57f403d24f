"""How far the stations' own monthly word covers the strength shown: so that a stale roll is not taken for a vacancy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from deployment.strength import pieces
from deployment.strength.question import Question


@dataclass(frozen=True)
class Confirmed:
    """Officers whom their stations found here in returns that are not stale, and the latest of these returns."""

    units: int = 0
    officers: int = 0
    latest: date | None = None

    def __add__(self, other: Confirmed) -> Confirmed:
        days = [each for each in (self.latest, other.latest) if each]
        return Confirmed(self.units + other.units, self.officers + other.officers, max(days, default=None))

    def share_of(self, posted: int) -> float | None:
        """The part of the posted that is confirmed, in per cent; never more than all."""
        return min(100.0, self.officers / posted * 100) if posted else None


def _moments(on: date, stale_days: int) -> dict[str, Any]:
    """The moments between which a return counts as fresh on the day, as the database stores them."""
    until = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    since = until - timedelta(days=stale_days + 1)
    adapt = connection.ops.adapt_datetimefield_value
    return {"until": adapt(until), "since": adapt(since)}


def _fresh() -> str:
    """CTE `fresh(unit_id, confirmed_count, confirmed_at)`: each unit's latest return that is not stale."""
    return (
        "fresh AS MATERIALIZED (SELECT unit_id, confirmed_count, confirmed_at FROM (SELECT r.unit_id, r.confirmed_count,"
        " r.confirmed_at, ROW_NUMBER() OVER (PARTITION BY r.unit_id ORDER BY r.confirmed_at DESC, r.month DESC) AS place"
        " FROM deployment_stationreturn r WHERE r.confirmed_at >= %(since)s AND r.confirmed_at < %(until)s) ranked"
        " WHERE place = 1)"
    )


def confirmations(
    question: Question, *, stale_days: int, by_place: bool = False, by_command: str = ""
) -> dict[tuple[int, int | None], Confirmed]:
    """What is confirmed of each part of the area, and county where it is divided by counties; one statement."""
    county = "area.place_id" if by_place or by_command else "CAST(NULL AS bigint)"
    sql = (
        f"WITH {pieces.area(question, with_place=by_place, with_command=by_command)}, {_fresh()}"
        f" SELECT area.part_id, {county}, COUNT(*), SUM(confirmed_count), MAX(confirmed_at)"
        " FROM fresh JOIN area ON area.unit_id = fresh.unit_id GROUP BY area.part_id, 2"
    )
    parameters = question.parameters(**_moments(question.on, stale_days))
    return {
        (part, place): Confirmed(int(units), int(officers), _day(latest))
        for part, place, units, officers, latest in pieces.rows(sql, parameters)
    }


def word_of(question: Question, *, stale_days: int) -> tuple[int, Confirmed]:
    """How many officers are posted in the area, of whatever rank, and what its stations have confirmed of them; one
    statement."""
    everyone = question.but(ranks=None, skill=None)
    sql = (
        f"WITH {pieces.area(everyone)}, {_fresh()}"
        f" SELECT (SELECT COUNT(*) FROM ({pieces.holders(everyone, 'p.unit_id')}) held),"
        " COUNT(*), COALESCE(SUM(confirmed_count), 0), MAX(confirmed_at)"
        " FROM fresh JOIN area ON area.unit_id = fresh.unit_id"
    )
    posted, units, officers, latest = pieces.rows(sql, everyone.parameters(**_moments(question.on, stale_days)))[0]
    return int(posted), Confirmed(int(units), int(officers), _day(latest))


def _day(moment: Any) -> date | None:
    """The day in Nairobi of a moment as the database gives it: SQLite has text without a zone, which is UTC."""
    if moment is None:
        return None
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return timezone.localdate(moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC))


@dataclass(frozen=True)
class StationWord:
    """A unit, who is posted there, and its latest return up to the day, fresh or not."""

    code: str
    name: str
    posted: int
    confirmed: int | None  # answered "here" in a return that is fresh
    on: date | None


@dataclass(frozen=True)
class Stations:
    """A page of units, and what all of them come to."""

    number: int
    posted: int
    confirmed: int
    words: list[StationWord]


KINDS = ("fresh", "stale")


def stations(question: Question, *, stale_days: int, kind: str, first: int = 0, number: int | None = 50) -> Stations:
    """Units of the area whose list is confirmed ("fresh"), or that hold people and have not confirmed it ("stale"); one
    statement."""
    everyone = question.but(ranks=None, skill=None)
    paged = f" LIMIT {number} OFFSET {first}" if number is not None else ""
    wanted = "fresh.unit_id IS NOT NULL" if kind == "fresh" else "fresh.unit_id IS NULL AND people.posted > 0"
    sql = (
        f"WITH {pieces.area(everyone)}, {_fresh()}, people AS MATERIALIZED (SELECT unit_id, COUNT(*) AS posted"
        f" FROM ({pieces.holders(everyone, 'p.unit_id')}) held GROUP BY unit_id),"
        " asked AS MATERIALIZED (SELECT u.id, u.code, u.name, COALESCE(people.posted, 0) AS posted, confirmed_count"
        " FROM area JOIN organisation_unit u ON u.id = area.unit_id"
        " LEFT JOIN people ON people.unit_id = area.unit_id LEFT JOIN fresh ON fresh.unit_id = area.unit_id"
        f" WHERE {wanted})"
        " SELECT every.units, every.posted, every.confirmed, code, name, asked.posted, confirmed_count,"
        " (SELECT MAX(r.confirmed_at) FROM deployment_stationreturn r"
        " WHERE r.unit_id = asked.id AND r.confirmed_at < %(until)s)"
        " FROM asked CROSS JOIN (SELECT COUNT(*) AS units, SUM(posted) AS posted, SUM(confirmed_count) AS confirmed"
        f" FROM asked) every ORDER BY asked.posted DESC, code{paged}"
    )
    found = pieces.rows(sql, question.parameters(**_moments(question.on, stale_days)))
    words = [
        StationWord(code, name, int(posted), None if confirmed is None else int(confirmed), _day(latest))
        for *_sums, code, name, posted, confirmed, latest in found
    ]
    units, posted, confirmed = (int(each or 0) for each in found[0][:3]) if found else (0, 0, 0)
    return Stations(units, posted, confirmed, words)
