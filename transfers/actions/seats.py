"""The approved seat table of a round: entered whole, before the lists open."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Rank, Skill, Unit
from transfers.models import Round, RoundState, SeatLine
from transfers.policies import rounds as policies

MOST = 2_000  # seats of one class: a slip of the finger is not a table
SHOWN = 10  # faults named at once


@action
def enter_seats(*, round: Round, table: str, source: str, by: Any, on: date, at: datetime) -> int:
    """This function will replace the seat table of a round by this one and say how many classes it names.

    Shape: lines of unit, rank, skill or nothing, and seats, with tabs, semicolons or commas between them.
    Errors: RuleBroken, naming each line that is wrong; once the lists are open; or where the rule book knows no table.
    """
    policies.check_can_manage(by, on=on)
    policies.check_state(round, [RoundState.DRAFT, RoundState.ANNOUNCED], _("given other seats"))
    if round.rule_book.content["seats"] != "seat-table":
        raise RuleBroken(
            _("By the rule book of this round the seats come from the working strength; it knows no seat table."),
            round.rule_book.legal_basis,
        )
    lines, faults = _read(table, set(round.rule_book.content["ranks"]))
    if faults:
        more = _(" (and %(count)s more)") % {"count": len(faults) - SHOWN} if len(faults) > SHOWN else ""
        raise RuleBroken(" ".join(faults[:SHOWN]) + more)
    if not lines:
        raise RuleBroken(_("The table holds no line with seats."))
    round.seat_lines.all().delete()
    SeatLine.objects.bulk_create(
        [SeatLine(round=round, unit_id=unit, rank_id=rank, skill_id=skill, seats=seats, source=source)
         for (unit, rank, skill), seats in lines.items()],
        batch_size=1000,
    )  # fmt: skip
    digest = hashlib.sha256(table.encode()).hexdigest()
    details = {"classes": len(lines), "seats": sum(lines.values()), "sha256": digest}
    trail.record(Event.ROUND_PREPARED, target=round, by=by, at=at, source=source, details=details)
    return len(lines)


Class = tuple[int, int, int | None]


def _read(table: str, ranks: set[str]) -> tuple[dict[Class, int], list[str]]:
    units = dict(Unit.objects.filter(closed_on__isnull=True).values_list("code", "pk"))
    rank_keys = dict(Rank.objects.filter(code__in=ranks).values_list("code", "pk"))
    skills = dict(Skill.objects.values_list("code", "pk"))
    found: dict[Class, int] = {}
    faults: list[str] = []
    for number, cells in _rows(table):
        where = _("Line %(number)s:") % {"number": number}
        if len(cells) != 4:
            faults.append(
                _("%(where)s four cells are needed, %(count)s are there.") % {"where": where, "count": len(cells)}
            )
            continue
        unit, rank, skill, seats = cells
        wrong = _wrong(units, rank_keys, skills, cells)
        if wrong:
            faults.append(f"{where} {wrong}")
            continue
        key = (units[unit], rank_keys[rank], skills[skill] if skill else None)
        if key in found:
            faults.append(_("%(where)s this class of post stands above already.") % {"where": where})
        found[key] = int(seats)
    return found, faults


def _rows(table: str) -> list[tuple[int, list[str]]]:
    first = next((line for line in table.splitlines() if line.strip()), "")
    mark = next((each for each in "\t;," if each in first), "\t")
    rows = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(csv.reader(table.splitlines(), delimiter=mark), 1)
    ]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if rows and len(rows[0][1]) == 4 and not rows[0][1][3].isdecimal() and rows[0][1][3].isalpha():
        rows = rows[1:]  # a line of headings
    return rows


def _wrong(units: dict[str, int], ranks: dict[str, int], skills: dict[str, int], cells: list[str]) -> str:
    unit, rank, skill, seats = cells
    if unit not in units:
        return _("no unit with the code %(code)s is open.") % {"code": unit or "–"}
    if rank not in ranks:
        return _("the rank %(code)s is not in this round.") % {"code": rank or "–"}
    if skill and skill not in skills:
        return _("no skill has the code %(code)s.") % {"code": skill}
    if not seats.isdecimal() or int(seats) > MOST:
        return _("the seats are a whole number up to %(most)s, not “%(said)s”.") % {"most": MOST, "said": seats}
    return ""
