"""Who is at each station: those run by juniors, and those with more NCOs than constables.

Counted by the rank each officer posted there holds on the day, whatever the post asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from deployment.gaps import RankMix
from deployment.strength import pieces
from deployment.strength.question import Question

STATIONS = "('station', 'post', 'patrol-base')"
_NCO, _CONSTABLE = pieces.flag("r.cadre = 'nco'"), pieces.flag("r.cadre = 'constable'")
RUN_BY_JUNIORS, MANY_NCOS = "run-by-juniors", "many-ncos"


@dataclass(frozen=True)
class MixedStation:
    """A station, post or patrol base, and who is there."""

    unit: int
    code: str
    name: str
    type: str
    mix: RankMix


@dataclass(frozen=True)
class MixTotals:
    stations: int
    run_by_juniors: int
    many_ncos: int


@dataclass(frozen=True)
class Limits:
    """The lowest rank (its order) that may head a station, and a post or patrol base; NCOs for each hundred constables."""

    station_head: int
    post_head: int
    percent: int

    def parameters(self) -> dict[str, int]:
        return {"station_head": self.station_head, "post_head": self.post_head, "percent": self.percent}

    def head_of(self, unit_type: str) -> int:
        """The lowest rank that may head a unit of that type."""
        return self.station_head if unit_type == "station" else self.post_head


def _flagged(kind: str) -> str:
    """As deployment.gaps.RankMix says it of the unit `u`; a test compares the two."""
    if kind == RUN_BY_JUNIORS:
        return "highest > CASE WHEN u.type = 'station' THEN %(station_head)s ELSE %(post_head)s END"
    return "ncos > 0 AND ncos * 100 > constables * %(percent)s"


def _stations(question: Question) -> str:
    everyone = question.but(ranks=None, skill=None)
    holders = pieces.holders(everyone, "p.unit_id, p.officer_id", " AND p.unit_id IN (SELECT unit_id FROM station)")
    return (
        f"WITH {pieces.area(everyone)}, station AS MATERIALIZED (SELECT area.unit_id FROM area"
        f" JOIN organisation_unit u ON u.id = area.unit_id WHERE u.type IN {STATIONS}),"
        ' mixed AS MATERIALIZED (SELECT p.unit_id, MIN(r."order") AS highest,'
        f" SUM({_NCO}) AS ncos, SUM({_CONSTABLE}) AS constables"
        f" FROM ({holders}) p JOIN personnel_rankholding h ON h.officer_id = p.officer_id AND h.voided_at IS NULL"
        f" AND {pieces.in_force('h')} JOIN organisation_rank r ON r.id = h.rank_id GROUP BY p.unit_id)"
    )


def mix_totals(question: Question, limits: Limits) -> MixTotals:
    """How many stations with officers there are, and how many of them each check flags."""
    sql = (
        f"{_stations(question)} SELECT COUNT(*), COALESCE(SUM({pieces.flag(_flagged(RUN_BY_JUNIORS))}), 0),"
        f" COALESCE(SUM({pieces.flag(_flagged(MANY_NCOS))}), 0)"
        " FROM mixed JOIN organisation_unit u ON u.id = mixed.unit_id"
    )
    return MixTotals(*map(int, pieces.rows(sql, question.parameters(**limits.parameters()))[0]))


def flagged_stations(
    question: Question, kind: str, limits: Limits, *, first: int = 0, number: int | None = 50
) -> list[MixedStation]:
    """The stations that a check flags: stations before posts and patrol bases, the most junior head first."""
    paged = f" LIMIT {number} OFFSET {first}" if number is not None else ""
    worst = "highest DESC" if kind == RUN_BY_JUNIORS else "ncos - constables DESC"
    sql = (
        f"{_stations(question)} SELECT u.id, u.code, u.name, u.type, highest, ncos, constables FROM mixed"
        f" JOIN organisation_unit u ON u.id = mixed.unit_id WHERE {_flagged(kind)}"
        f" ORDER BY CASE WHEN u.type = 'station' THEN 0 ELSE 1 END, {worst}, u.code{paged}"
    )
    return [
        MixedStation(unit, code, name, type, RankMix(int(highest), int(ncos), int(constables)))
        for unit, code, name, type, highest, ncos, constables in pieces.rows(
            sql, question.parameters(**limits.parameters())
        )
    ]
