"""The record beside which a roll is laid: what stands on it for given officers on a day, a block at a time.

Plain SQL over plain tuples: a hundred thousand officers are compared in a second or two, in constant memory.
"""
# ruff: noqa: S608 - tables and columns are names of this code; values are always parameters

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deployment.policies import TYPED_IN
from deployment.roll.columns import INDEXED, PERSONAL, POSTING, RANK, SEALED
from hcims.encryption import decrypt
from hcims.imports import sql

# Column of the roll to what holds it. Days come as ISO text on both databases.
SOURCES = {
    **{name: f"o.{name}" for name in PERSONAL},
    "born_on": "CAST(o.born_on AS text)",
    "enlisted_on": "CAST(o.enlisted_on AS text)",
    "home_county": "o.home_county_id",
    "national_id": "o.national_id_index",
    "kra_pin": "o.kra_pin_index",
    "rank": "r.rank_id",
    "rank_on": "CASE WHEN r.start_known THEN CAST(r.starts_on AS text) END",
    "unit": "p.unit_id",
    "duty": "p.duty_id",
    "post_rank": "p.post_rank_id",
    "post_skill": "p.post_skill_id",
    "arrived_on": "CASE WHEN p.start_known THEN CAST(COALESCE(p.arrived_on, p.starts_on) AS text) END",
}
COMPARED = (*PERSONAL, *RANK, *POSTING)
FIXED = (
    "o.service_number", "o.id", "o.exit_reason", "CAST(o.exited_on AS text)", "p.id",
    "CAST(COALESCE(p.arrived_on, p.starts_on) AS text)", "CASE WHEN p.arrived_on IS NOT NULL THEN CAST(p.starts_on AS text) END",
    "CAST(p.ends_on AS text)", "r.id", "CAST(r.starts_on AS text)", "CAST(r.ends_on AS text)",
    "o.other_names", "o.surname", "o.member",
)  # fmt: skip
JOINS = """FROM personnel_officer o
LEFT JOIN deployment_posting p ON p.officer_id = o.id AND p.kind = 'substantive' AND p.voided_at IS NULL
  AND p.starts_on <= %s AND (p.ends_on IS NULL OR p.ends_on > %s)
LEFT JOIN personnel_rankholding r ON r.officer_id = o.id AND r.voided_at IS NULL
  AND r.starts_on <= %s AND (r.ends_on IS NULL OR r.ends_on > %s)"""


@dataclass(slots=True)
class OnRecord:
    """One officer as the record has him or her on the day. `values` are in the order of the columns asked for.

    Encrypted columns come in clear, identifiers as their blind index; `stored` has the encrypted forms.
    """

    number: str
    pk: int
    exit_reason: str
    exited_on: str | None
    posting: int | None
    posted_on: str | None  # the arrival at the unit
    on_duty_from: str | None  # where the posting goes on there with another duty
    posting_ends: str | None
    holding: int | None
    held_on: str | None
    holding_ends: str | None
    other_names: str
    surname: str
    member: str
    values: tuple[Any, ...]
    stored: dict[str, str]


def on_record(
    names: Sequence[str], numbers: Sequence[str], on: date, *, blanks: Sequence[str] = (), opened: bool = True
) -> dict[str, OnRecord]:
    """The officers of these service numbers, as they stand on the day, by number.

    `names` are the columns wanted; in those of `blanks` nothing is given as "". With `opened=False` encrypted columns
    stay as they are stored, which is enough to see whether somebody touched them.
    """
    if not numbers:
        return {}
    condition, parameters = sql.any_of("o.service_number", numbers)
    wanted = [f"COALESCE(CAST({SOURCES[name]} AS text), '')" if name in blanks else SOURCES[name] for name in names]
    kept = [f"o.{name}" for name in INDEXED if name in names]
    day = sql.day(on)
    found = sql.rows(
        f"SELECT {', '.join([*FIXED, *kept, *wanted])} {JOINS} WHERE {condition}",
        [day, day, day, day, *parameters],
    )
    sealed = [place for place, name in enumerate(names) if name in SEALED and name not in INDEXED]
    stored_names = [*(name for name in INDEXED if name in names), *(names[place] for place in sealed)]
    fixed, start = len(FIXED), len(FIXED) + len(kept)
    records = {}
    for row in found:
        values = row[start:]
        stored = dict(zip(stored_names, (*row[fixed:start], *(values[place] for place in sealed)), strict=True))
        if sealed and opened:
            values = _opened(values, sealed)
        records[row[0]] = OnRecord(*row[:fixed], values, stored)  # type: ignore[call-arg]
    return records


def _opened(values: tuple[Any, ...], sealed: Sequence[int]) -> tuple[Any, ...]:
    clear = list(values)
    for place in sealed:
        clear[place] = decrypt(clear[place]) if clear[place] else clear[place]
    return tuple(clear)


def holders(column: str, indexes: Sequence[str]) -> dict[str, str]:
    """Blind index to the service number of whose record it stands on."""
    if not indexes:
        return {}
    condition, parameters = sql.any_of(f"{column}_index", indexes)
    found = sql.rows(
        f"SELECT {column}_index, service_number FROM personnel_officer WHERE {condition}",
        parameters,
    )
    return dict(found)


def _dates(select: str, officers: Sequence[int], parameters: Sequence[Any]) -> dict[int, str]:
    if not officers:
        return {}
    condition, keys = sql.any_of("officer_id", officers)
    return dict(sql.rows(f"{select} AND {condition} GROUP BY officer_id", [*parameters, *keys]))


LIVE_POSTINGS = "FROM deployment_posting WHERE kind = 'substantive' AND voided_at IS NULL"
LIVE_RANKS = "FROM personnel_rankholding WHERE voided_at IS NULL"


# Other than those that went on at the same unit: the officer did not leave.
LEFT_POSTINGS = (
    LIVE_POSTINGS
    + " AND NOT EXISTS (SELECT 1 FROM deployment_posting c WHERE c.officer_id = deployment_posting.officer_id"
    " AND c.kind = 'substantive' AND c.voided_at IS NULL AND c.arrived_on IS NOT NULL"
    " AND c.starts_on = deployment_posting.ends_on)"
)
ARRIVALS = LIVE_POSTINGS + " AND arrived_on IS NULL"


def last_place(officers: Sequence[int], on: date) -> dict[int, tuple[int, str, str]]:
    """Officer to the unit, its code and the last day of the posting that ended last, where the unit is still open."""
    if not officers:
        return {}
    condition, keys = sql.any_of("p.officer_id", officers)
    found = sql.rows(
        "SELECT p.officer_id, u.id, u.code, CAST(p.ends_on AS text), p.source, u.closed_on IS NULL FROM deployment_posting p "
        "JOIN organisation_unit u ON u.id = p.unit_id WHERE p.kind = 'substantive' AND p.voided_at IS NULL "
        f"AND p.ends_on IS NOT NULL AND p.ends_on <= %s AND {condition} ORDER BY p.starts_on, p.id",
        [sql.day(on), *keys],
    )
    last = {officer: rest for officer, *rest in found}
    return {
        officer: (unit, code, ends)
        for officer, (unit, code, ends, source, is_open) in last.items()
        if is_open and not source.startswith(TYPED_IN)
    }


def later(table: str, officers: Sequence[int], on: date) -> dict[int, str]:
    """Officer to the first day after `on` on which a posting or rank of theirs begins."""
    return _dates(
        f"SELECT officer_id, CAST(MIN(starts_on) AS text) {table} AND starts_on > %s", officers, [sql.day(on)]
    )


def ended(table: str, officers: Sequence[int], on: date) -> dict[int, str]:
    """Officer to the last day up to `on` on which an earlier posting or rank of theirs ended."""
    select = f"SELECT officer_id, CAST(MAX(ends_on) AS text) {table} AND ends_on IS NOT NULL AND ends_on <= %s"
    return _dates(select, officers, [sql.day(on)])


def all_in_service(on: date, members: Sequence[str] = ("officer",)) -> list[tuple[int, str, str, str, int | None]]:
    """Key, number, names and unit of everybody in service on the day."""
    day = sql.day(on)
    condition, kinds = sql.any_of("o.member", members)
    return sql.rows(  # type: ignore[return-value]
        "SELECT o.id, o.service_number, o.other_names, o.surname, p.unit_id FROM personnel_officer o "
        "LEFT JOIN deployment_posting p ON p.officer_id = o.id AND p.kind = 'substantive' AND p.voided_at IS NULL "
        "AND p.starts_on <= %s AND (p.ends_on IS NULL OR p.ends_on > %s) "
        f"WHERE {condition} AND (o.exited_on IS NULL OR o.exited_on > %s) ORDER BY o.service_number",
        [day, day, *kinds, day],
    )


Opener = Callable[[str], str]
