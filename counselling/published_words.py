"""A publication in the reader's language: tables for the page, and the same as rows for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from counselling.disclosure import rate
from counselling.models import ContactKind, ContactTheme, IncidentKind, ReferralOffered, SessionKind, Waited
from counselling.publishing import NOWHERE, officers_of
from hcims.quarters import Quarter
from hcims.ui.charts import Cell, Row

WORDS: dict[tuple[str, str], dict[str, Any]] = {
    ("contacts", "kind"): dict(ContactKind.choices),
    ("contacts", "theme"): dict(ContactTheme.choices),
    ("contacts", "referral"): dict(ReferralOffered.choices),
    ("sessions", "kind"): dict(SessionKind.choices),
    ("incidents", "kind"): dict(IncidentKind.choices),
    ("opened", "waited"): dict(Waited.choices),
}
TITLES = {
    ("contacts", "kind"): _l("Contacts of peer support, by kind"),
    ("contacts", "theme"): _l("Contacts of peer support, by theme"),
    ("contacts", "referral"): _l("Contacts of peer support, by where they were led on to"),
    ("contacts", "month"): _l("Contacts of peer support, by month"),
    ("sessions", "kind"): _l("Sessions of counselling, by kind"),
    ("sessions", "month"): _l("Sessions of counselling, by month"),
    ("incidents", "kind"): _l("Critical incidents, by kind"),
    ("opened", "waited"): _l("Cases opened, by how long the person had waited since first asking"),
}
SINGLE = {
    "cases": _l("Cases with a session in the quarter"),
    "referrals": _l("Referrals from one counsellor to another"),
    "offered": _l("Officers offered support after a critical incident"),
    "group_people": _l("People in healing groups"),
}
OPENINGS = _l("Openings of a case asked for: risk to life, or an order of a court")
OUTCOMES = {
    "opened": _l("of them opened by two custodians"),
    "refused": _l("of them refused"),
    "undecided": _l("of them not decided yet"),
}
EXACT = {
    "openings_asked": OPENINGS,  # in quarters published before openings came under the rule
    "openings_opened": _l("of them opened by two custodians"),
    "openings_refused": _l("of them refused"),
    "groups": _l("Healing groups that met"),
    "group_meetings": _l("Meetings of healing groups"),
}


@dataclass(frozen=True)
class Shown:
    """One table in words."""

    title: str
    columns: list[str]
    rows: list[Row]
    total: Row


@dataclass(frozen=True)
class Reach:
    """A region, or several together, against its officers."""

    name: str
    officers: int | None
    contacts: int | None
    contact_rate: float | None
    sessions: int | None
    session_rate: float | None


def quarter_name(quarter: Quarter) -> str:
    """Such as: July to September 2026."""
    last = date(quarter.starts_on.year, quarter.starts_on.month + 2, 1)
    return _("%(first)s to %(last)s") % {
        "first": date_format(quarter.starts_on, "F"),
        "last": date_format(last, "F Y"),
    }


def region_name(codes: Sequence[str]) -> str:
    """A region, or those that stand together."""
    return ", ".join(_("in no county") if code == NOWHERE else code for code in codes)


def _column_name(star: str, table: str, codes: Sequence[str]) -> str:
    if table == "month":
        return ", ".join(date_format(date(int(code[:4]), int(code[5:]), 1), "M Y") for code in codes)
    words = WORDS[star, table]
    return ", ".join(str(words.get(code, code)) for code in codes)


def shown(content: dict[str, Any], star: str) -> list[Shown]:
    """The tables of a star; none where there was too little to show."""
    found = content["stars"].get(star) or {}
    return [_shown(star, name, table) for name, table in found.items() if (star, name) in TITLES]


def _shown(star: str, name: str, table: dict[str, Any]) -> Shown:
    rows = [
        Row(region_name(codes), [_cell(total), *map(_cell, cells)])
        for codes, cells, total in zip(table["rows"], table["cells"], table["row_totals"], strict=True)
    ]
    total = Row(_("All"), [_cell(table["whole"]), *map(_cell, table["column_totals"])])
    columns = [_("All"), *(_column_name(star, name, codes) for codes in table["columns"])]
    return Shown(str(TITLES[star, name]), columns, rows, total)


def _cell(value: int | None) -> Cell:
    return Cell("", state="hidden") if value is None else Cell(f"{value:,}")


def whole(content: dict[str, Any], star: str) -> int | None:
    """The number of the whole country."""
    found = content["stars"].get(star)
    return next(iter(found.values()))["whole"] if found else None


def _rows_of(content: dict[str, Any], star: str) -> dict[tuple[str, ...], int]:
    found = content["stars"].get(star)
    if not found:
        return {}
    table = next(iter(found.values()))
    return {tuple(codes): total for codes, total in zip(table["rows"], table["row_totals"], strict=True)}


def reach(content: dict[str, Any]) -> list[Reach]:
    """Contacts and sessions for each thousand officers, of what is shown alone; regions as they stand in either star."""
    contacts, sessions, provision = _rows_of(content, "contacts"), _rows_of(content, "sessions"), content["provision"]
    found = []
    for codes in dict.fromkeys([*contacts, *sessions]):
        officers = officers_of(provision, codes)
        talks, meetings = contacts.get(codes), sessions.get(codes)
        found.append(
            Reach(region_name(codes), officers, talks, rate(talks, officers), meetings, rate(meetings, officers))
        )
    return found


def singles(content: dict[str, Any]) -> list[tuple[str, int | None]]:
    """Numbers for the whole country."""
    return [(str(label), content["single"].get(name)) for name, label in SINGLE.items()]


def exacts(content: dict[str, Any]) -> list[tuple[str, int]]:
    """What the service provides, to the one."""
    return [(str(label), content["exact"][name]) for name, label in EXACT.items() if name in content["exact"]]


def openings(content: dict[str, Any]) -> list[tuple[str, int | None]]:
    """Openings of a case, the whole first; outcomes too small to stand alone stand together. None is hidden.

    Empty for a quarter that was published before they came under the rule.
    """
    if "openings" not in content["stars"]:
        return []
    star = content["stars"]["openings"]
    if star is None:
        return [(str(OPENINGS), None)]
    table = star["outcome"]
    labels = [", ".join(str(OUTCOMES[code]) for code in codes) for codes in table["columns"]]
    parts = list(zip(labels, table["cells"][0], strict=True))
    return [(str(OPENINGS), table["whole"]), *(parts if len(parts) > 1 else [])]


def provision(content: dict[str, Any]) -> list[dict[str, Any]]:
    """What there is by region, with counsellors for each thousand officers."""
    return [
        {**each, "name": region_name([each["region"]]), "rate": rate(each["counsellors"], each["officers"]),
         "supporter_rate": rate(each["supporters"], each["officers"])}
        for each in content["provision"]
    ]  # fmt: skip


def file_rows(content: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Everything published, one number a row; a hidden one says so."""
    for star in content["stars"]:
        for table in shown(content, star):
            for row in [*table.rows, table.total]:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    yield table.title, row.label, column, _number(cell)
    for label, value in singles(content):
        yield _("Whole service"), label, "", _("hidden") if value is None else value
    for label, value in openings(content):
        yield _("Whole service"), label, "", _("hidden") if value is None else value
    for label, number in exacts(content):
        yield _("Whole service"), label, "", number
    for each in provision(content):
        for name, label in (("officers", _("Officers")), ("offices", _("Offices")), ("counsellors", _("Counsellors")),
                            ("supporters", _("Peer supporters"))):  # fmt: skip
            yield _("Provision"), each["name"], label, _("not on record") if each[name] is None else each[name]


def _number(cell: Cell) -> Any:
    return _("hidden") if cell.state == "hidden" else int(cell.text.replace(",", ""))
