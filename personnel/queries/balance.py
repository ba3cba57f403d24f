"""Parliament's yearly balance report: counts by sex, ethnicity, home county and disability, small ones hidden.

One report for the whole service and for one day a year, whoever reads it: two reports that differ by a few people, by place
or by day, could be subtracted from each other. Source: NPS Act s.5; Constitution art. 232; Data Protection Act 2019, s.25.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext as _

from hcims.periods import in_force
from organisation.models import County
from organisation.models.catalogue import Cadre, Service
from personnel.models import Officer, OfficerBackground, Sex
from personnel.suppression import folded, hidden_cells, joined

REPORT_DAY = (6, 30)  # end of the financial year
CIVILIAN, UNKNOWN = "civilian", "unknown"


@dataclass(frozen=True)
class Line:
    """A group and its counts; None is a count that is hidden."""

    label: str
    counts: list[int | None]
    total: int
    share: float = 0


@dataclass(frozen=True)
class BalanceTable:
    """Groups by column, with every total; `joined` tells which small groups stand together in the last line."""

    title: str
    columns: list[str]
    lines: list[Line]
    totals: list[int]
    total: int
    small_groups: list[str]

    @property
    def has_hidden(self) -> bool:
        return any(count is None for line in self.lines for count in line.counts)


def report_days(today: date, *, back: int = 5) -> list[date]:
    """The days for which there is a report, the latest first."""
    latest = date(today.year, *REPORT_DAY)
    years = range(today.year if latest <= today else today.year - 1, today.year - back - 1, -1)
    return [date(year, *REPORT_DAY) for year in years]


def balance(on: date, *, threshold: int) -> list[BalanceTable]:
    """The tables of the report, each attribute by rank cadre and by service. Four counting queries."""
    counties = dict(County.objects.values_list("pk", "name"))
    attributes: list[tuple[str, str, dict[Any, str]]] = [
        (_("Sex"), "sex", {value: _(str(label)) for value, label in Sex.choices}),
        (_("Ethnic community"), "background__ethnicity", {}),
        (_("Home county"), "home_county", counties),
        (
            _("Disability"),
            "background__has_disability",
            {True: _("With a disability"), False: _("Without a disability")},
        ),
    ]
    tables = []
    for title, field, labels in attributes:
        counted = _counted(on, field)
        tables += [
            _table(_("%(what)s by rank cadre") % {"what": title}, counted, labels, "cadre", threshold),
            _table(_("%(what)s by service") % {"what": title}, counted, labels, "service", threshold),
        ]
    return tables


def _counted(on: date, field: str) -> list[dict[str, Any]]:
    """Serving members on the day by the attribute, member, service and the cadre of that day's rank."""
    held = FilteredRelation(
        "rank_holdings", condition=Q(rank_holdings__voided_at__isnull=True) & in_force(on, "rank_holdings__")
    )
    consented = Exists(OfficerBackground.objects.filter(officer=OuterRef("pk"), consented_on__isnull=False))
    found = Officer.objects.serving(on).annotate(held=held, consented=consented).order_by()
    rows = found.values("member", "service", "held__rank__cadre", "consented", field)
    return [
        {"value": _said(row, field), "member": row["member"], "service": row["service"], "cadre": row["held__rank__cadre"],
         "count": row["count"]}
        for row in rows.annotate(count=Count("pk"))
    ]  # fmt: skip


def _said(row: dict[str, Any], field: str) -> Any:
    """The value; nothing where an officer has not consented to its being counted."""
    if field.startswith("background__") and not row["consented"]:
        return None
    value = row[field]
    return value.strip().title() if isinstance(value, str) and field != "sex" else value


COLUMNS: dict[str, list[tuple[str, str]]] = {
    "cadre": [*((str(code), str(label)) for code, label in Cadre.choices), (UNKNOWN, "Rank not recorded"),
              (CIVILIAN, "Civilian members")],
    "service": [*((str(code), str(label)) for code, label in Service.choices), (CIVILIAN, "Civilian members")],
}  # fmt: skip


def _table(
    title: str, counted: Iterable[dict[str, Any]], labels: dict[Any, str], by: str, threshold: int
) -> BalanceTable:
    columns = COLUMNS[by]
    place = {code: index for index, (code, _label) in enumerate(columns)}
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(columns))
    for row in counted:
        value = row["value"]
        label = _("Not stated") if value in (None, "") else labels.get(value, str(value))
        code = CIVILIAN if row["member"] == "civilian" else row[by]
        counts[label][place.get(code or UNKNOWN, place.get(UNKNOWN, len(columns) - 1))] += row["count"]
    order = _ordered(counts, labels)
    return _suppressed(
        title, [_(label) for _code, label in columns], order, [counts[label] for label in order], threshold
    )


def _ordered(counts: dict[str, list[int]], labels: dict[Any, str]) -> list[str]:
    """Groups in the order of their labels' list, else by name; who has not stated it last."""
    ranked = {label: index for index, label in enumerate(labels.values())}
    not_stated = _("Not stated")
    return sorted(counts, key=lambda label: (label == not_stated, ranked.get(label, 0), label))


def _suppressed(
    title: str, columns: list[str], groups: list[str], counts: list[list[int]], threshold: int
) -> BalanceTable:
    whole = sum(map(sum, counts))
    if whole < threshold:
        return BalanceTable(title, [], [], [], 0, [])
    rows = folded([sum(line) for line in counts], threshold)
    filled = [sum(line[j] for line in counts) for j in range(len(columns))]
    kept = folded(filled, threshold, neighbours=True)
    table = joined(counts, rows, kept)
    shown = [j for j in range(len(kept)) if sum(line[j] for line in table)]
    table, kept = [[line[j] for j in shown] for line in table], [kept[j] for j in shown]
    hidden = hidden_cells(table, threshold) if len(table) > 1 and len(kept) > 1 else frozenset()
    lines = [
        Line(
            groups[row[0]] if len(row) == 1 else _("Other communities and groups"),
            [None if (i, j) in hidden else value for j, value in enumerate(table[i])],
            sum(table[i]),
            sum(table[i]) / whole,
        )
        for i, row in enumerate(rows)
    ]
    small = [groups[index] for row in rows if len(row) > 1 for index in row]
    heads = [" + ".join(columns[index] for index in group if filled[index]) for group in kept]
    return BalanceTable(title, heads, lines, [sum(line[j] for line in table) for j in range(len(kept))], whole, small)
