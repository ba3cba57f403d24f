"""Parliament's yearly balance report: counts by sex, ethnicity, home county and disability, small ones hidden.

One report for the whole service and for one day a year, made once, whoever reads it: two reports that differ by a few
people, by place, by day or by the moment they were counted, could be subtracted from each other. Source: NPS Act s.5;
Constitution art. 232; Data Protection Act 2019, s.25.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.periods import in_force
from organisation.models import County
from organisation.models.catalogue import Cadre, Service
from personnel.models import BalanceReport, Officer, OfficerBackground, Sex
from personnel.suppression import shown as shown_table

REPORT_DAY = (6, 30)  # end of the financial year
CIVILIAN, UNKNOWN = "civilian", "unknown"
YES, NO, NOT_STATED = "yes", "no", ""
# Attribute, and the column it is counted from.
ATTRIBUTES = {"sex": "sex", "ethnicity": "background__ethnicity", "home_county": "home_county__name",
              "has_disability": "background__has_disability"}  # fmt: skip
NAMES = {"sex": _l("Sex"), "ethnicity": _l("Ethnic community"), "home_county": _l("Home county"),
         "has_disability": _l("Disability")}  # fmt: skip


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


def report_of(on: date) -> BalanceReport | None:
    """The report of that day, if it was made."""
    return BalanceReport.objects.select_related("made_by").filter(on=on).first()


def counted_tables(on: date, *, threshold: int) -> list[dict[str, Any]]:
    """The tables of the report in codes, each attribute by rank cadre and by service. Four counting queries."""
    order = {"sex": list(Sex.values), "home_county": list(County.objects.order_by("code").values_list("name", flat=True)),
             "has_disability": [YES, NO]}  # fmt: skip
    tables = []
    for attribute, field in ATTRIBUTES.items():
        counted = _counted(on, field)
        for by in COLUMNS:
            tables.append(
                {"attribute": attribute, "by": by, **_table(counted, order.get(attribute, []), by, threshold)}
            )
    return tables


def shown(report: BalanceReport) -> list[BalanceTable]:
    """The tables of a report in the reader's language."""
    return [_shown(table) for table in report.tables]


def _shown(table: dict[str, Any]) -> BalanceTable:
    whole = table["total"]
    columns = dict(COLUMNS[table["by"]])
    lines = [
        Line(
            _group(table["attribute"], line["groups"][0]) if len(line["groups"]) == 1 else _("Other communities and groups"),
            line["counts"],
            line["total"],
            line["total"] / whole,
        )
        for line in table["lines"]
    ]  # fmt: skip
    small = [
        _group(table["attribute"], group) for line in table["lines"] if len(line["groups"]) > 1 for group in line["groups"]
    ]  # fmt: skip
    heads = [" + ".join(_(columns[code]) for code in codes) for codes in table["columns"]]
    title = _("%(what)s by rank cadre") if table["by"] == "cadre" else _("%(what)s by service")
    return BalanceTable(title % {"what": NAMES[table["attribute"]]}, heads, lines, table["totals"], whole, small)


def _group(attribute: str, code: str) -> str:
    """A group in words."""
    if code == NOT_STATED:
        return _("Not stated")
    if attribute == "sex":
        return _(str(Sex(code).label))
    if attribute == "has_disability":
        return _("With a disability") if code == YES else _("Without a disability")
    return code


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


def _said(row: dict[str, Any], field: str) -> str:
    """The group as a code; not stated where an officer has not consented to its being counted."""
    value = row[field]
    if value in (None, "") or (field.startswith("background__") and not row["consented"]):
        return NOT_STATED
    if isinstance(value, bool):
        return YES if value else NO
    return str(value).strip().title() if field == "background__ethnicity" else str(value)


COLUMNS: dict[str, list[tuple[str, str]]] = {
    "cadre": [*((str(code), str(label)) for code, label in Cadre.choices), (UNKNOWN, "Rank not recorded"),
              (CIVILIAN, "Civilian members")],
    "service": [*((str(code), str(label)) for code, label in Service.choices), (CIVILIAN, "Civilian members")],
}  # fmt: skip


def _table(counted: Iterable[dict[str, Any]], order: list[str], by: str, threshold: int) -> dict[str, Any]:
    columns = [code for code, _label in COLUMNS[by]]
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(columns))
    for row in counted:
        code = CIVILIAN if row["member"] == "civilian" else row[by] or UNKNOWN
        counts[row["value"]][columns.index(code if code in columns else columns[-1])] += row["count"]
    groups = _ordered(counts, order)
    return _suppressed(columns, groups, [counts[group] for group in groups], threshold)


def _ordered(groups: Iterable[str], order: list[str]) -> list[str]:
    """Groups in their own order, else by name; who has not stated it last."""
    ranked = {group: index for index, group in enumerate(order)}
    return sorted(groups, key=lambda group: (group == NOT_STATED, ranked.get(group, 0), group))


def _suppressed(columns: list[str], groups: list[str], counts: list[list[int]], threshold: int) -> dict[str, Any]:
    table = shown_table(counts, threshold)
    filled = [sum(line[j] for line in counts) for j in range(len(columns))]
    return {
        "columns": [[columns[index] for index in group if filled[index]] for group in table.columns],
        "lines": [
            {"groups": [groups[index] for index in row], "counts": cells, "total": total}
            for row, cells, total in zip(table.rows, table.counts, table.row_totals, strict=True)
        ],
        "totals": table.column_totals,
        "total": sum(table.row_totals),
    }
