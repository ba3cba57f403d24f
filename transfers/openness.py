"""What everyone may read about decisions on transfers, with small groups hidden. Pure: plain cases in, plain tables out.

Five tables describe the decisions of one closed quarter. Three hold the same people, those who asked: by sex, by service, by
region, each against what came of it. They have the same column totals, so their columns are joined alike; they share nothing
else, so what one says about a hidden count of another is no more than the other's own totals, and those were reckoned with
when it was hidden. Two hold waiting times, of those who asked and of those whom the service moved, by kind and cadre: apart,
because one table of both would give back, by subtraction, a kind that was joined to another for being small.

Medians are over at least `threshold` people. A quarter is counted once; counted again after a decision was taken back it
would differ by one person. Protected requests are not among the cases. Source: Data Protection Act 2019, s.25.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from personnel.suppression import folded, shown

FIRST, OTHER, REFUSED = "first", "other", "refused"
OUTCOMES = (FIRST, OTHER, REFUSED)
OWN_WISH = ("request", "exchange", "compassionate")
NEED = "service-need"
# What orders outside rounds are counted under, by command. One that keeps a protected request quiet stands under the need
# of the service, where its own words put it; an emergency too, which may be about the safety of an officer.
GROUPS = {
    **dict.fromkeys(OWN_WISH, "own-wish"),
    "rotation": "rotation",
    "within-command": "within-command",
    "reversal": "reversal",
}
LEDGER_GROUPS = ("own-wish", "rotation", NEED, "within-command", "reversal")


@dataclass(frozen=True)
class Case:
    """One decision: on what, about whom, with what outcome, how many days after it was put forward."""

    kind: str
    cadre: str
    sex: str
    service: str
    region: str
    outcome: str
    days: int


Strength = Mapping[str, Mapping[str, int]]  # attribute: group: officers in service


def group_of(kind: str, reason_code: str, neutral: str) -> str:
    """What an order outside rounds is counted under."""
    return NEED if reason_code == neutral else GROUPS.get(kind, NEED)


def figures(cases: Sequence[Case], strength: Strength, *, threshold: int, cadres: Sequence[str]) -> dict[str, Any]:
    """The tables of a quarter, in codes, ready to be kept."""
    asked = [case for case in cases if case.kind in OWN_WISH]
    moved = [case for case in cases if case.kind not in OWN_WISH]
    return {
        "differences": [_difference(asked, each, strength.get(each, {}), threshold) for each in ("sex", "service", "region")],
        "waiting": [_waiting(part, cadres, threshold) for part in (asked, moved)],
    }  # fmt: skip


def _difference(cases: Sequence[Case], attribute: str, strength: Mapping[str, int], threshold: int) -> dict[str, Any]:
    table = _table(cases, lambda case: str(getattr(case, attribute)), lambda case: case.outcome, OUTCOMES, threshold)
    for line in table["lines"]:
        line["strength"] = sum(strength.get(group, 0) for group in line["groups"])
    return {"by": attribute, **table}


def _waiting(cases: Sequence[Case], cadres: Sequence[str], threshold: int) -> dict[str, Any]:
    table = _table(cases, lambda case: case.kind, lambda case: case.cadre, cadres, threshold)
    for line in table["lines"]:
        line["cells"] = [
            _middle([each for each in cases if each.kind in line["groups"] and each.cadre in column], count, threshold)
            for column, count in zip(table["columns"], line["counts"], strict=True)
        ]
    return table


def _middle(cases: Sequence[Case], count: int | None, threshold: int) -> int | None:
    """The median of a cell that is shown and not small."""
    return None if count is None or count < threshold else middle([case.days for case in cases])


def middle(days: Sequence[int]) -> int:
    """The median in whole days, a half rounded up."""
    return int(median(days) + 0.5)


def _table(
    cases: Sequence[Case],
    row: Callable[[Case], str],
    column: Callable[[Case], str],
    columns: Sequence[str],
    threshold: int,
) -> dict[str, Any]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(columns))
    days: dict[str, list[int]] = defaultdict(list)
    for case in cases:
        counts[row(case)][columns.index(column(case))] += 1
        days[row(case)].append(case.days)
    groups = sorted(counts)
    table = shown([counts[group] for group in groups], threshold)
    named = [[groups[index] for index in each] for each in table.rows]
    return {
        "columns": [[columns[index] for index in each] for each in table.columns],
        "lines": [
            {"groups": line, "counts": cells, "total": total, "days": middle([d for group in line for d in days[group]])}
            for line, cells, total in zip(named, table.counts, table.row_totals, strict=True)
        ],
        "totals": table.column_totals,
        "total": sum(table.row_totals),
    }  # fmt: skip


def reasons(orders: Iterable[tuple[str, str]], *, threshold: int) -> list[dict[str, Any]]:
    """Orders outside rounds by reason within each group; small reasons joined, so that every line may be shown.

    Shape: `orders` are pairs of group and reason code.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for group, code in orders:
        counts[group][code] += 1
    found = []
    for group in LEDGER_GROUPS:
        codes = sorted(counts[group])
        for line in folded([counts[group][code] for code in codes], threshold) if codes else []:
            named = [codes[index] for index in line]
            found.append({"group": group, "codes": named, "count": sum(counts[group][code] for code in named)})
    return found
