"""What everyone may read: figures of a quarter, the ledger, certificates, and what the mechanism cannot promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to_everyone, opens_to_signed_in
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.quarters import Quarter, closed, quarter_of
from hcims.ui.parts import Tab
from transfers.openness import LEDGER_GROUPS
from transfers.queries import openness as queries
from transfers.queries.ledger import IN, OUT, Ledger, behind, ledger

QUARTERS, PER_PAGE = 8, 50


@opens_to_signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """Rounds, and the figures of one closed quarter as they were counted."""
    kept = queries.kept_figures()
    asked = request.GET.get("quarter", "")
    chosen = next((each for each in kept if Quarter(each.starts_on).code == asked), kept[0] if kept else None)
    if chosen is not None and request.GET.get("format"):
        return _export(request, "transfers-open", queries.HEADINGS, queries.export_rows(chosen), str(chosen.starts_on))
    context = {
        "rounds": queries.told_rounds(),
        "kept": chosen,
        "quarter": Quarter(chosen.starts_on) if chosen else None,
        "tabs": [_tab(Quarter(each.starts_on), each == chosen) for each in kept],
        "may_export": chosen is not None and _may_export(request),
        **(queries.in_words(chosen.figures) if chosen else {}),
    }
    return render(request, "transfers/open.html", context)


@opens_to_signed_in
def moves(request: HttpRequest) -> HttpResponse:
    """The ledger: moves outside rounds by command, this quarter's so far among them."""
    quarter, tabs = _quarter(request)
    found = ledger(quarter.starts_on, quarter.ends_on)
    if request.GET.get("format"):
        return _export(request, "transfers-ledger", [_("Command"), _("Counted under"), _("Out"), _("In")],
                       _ledger_rows(found), quarter.code)  # fmt: skip
    everything = f"{reverse('transfers:ledger_orders')}?quarter={quarter.code}"
    context = {
        "ledger": found,
        "groups": [
            (
                code,
                queries.GROUP_NAMES[code],
                found.by_group[code],
                f"{everything}&group={code}" if found.by_group[code] else "",
            )
            for code in LEDGER_GROUPS
        ],
        "orders_url": everything if found.total else "",
        "lines": [_ledger_line(line, quarter) for line in found.lines],
        "quarter": quarter,
        "is_running": quarter.ends_on > request.today,  # type: ignore[attr-defined]
        "tabs": tabs,
        "may_export": _may_export(request),
    }
    return render(request, "transfers/ledger.html", context)


def _ledger_line(line: Any, quarter: Quarter) -> dict[str, Any]:
    address = f"{reverse('transfers:ledger_orders')}?command={quote(line.code)}"
    cells = [
        [(side[group], f"{address}&quarter={quarter.code}&way={way}&group={group}") for group in LEDGER_GROUPS]
        for way, side in ((OUT, line.out), (IN, line.into))
    ]
    base = f"{address}&quarter={quarter.code}&way="
    return {"line": line, "out": cells[0], "into": cells[1], "out_url": f"{base}{OUT}", "in_url": f"{base}{IN}"}


@opens_to_signed_in
def orders(request: HttpRequest) -> HttpResponse:
    """What stands behind one figure of the ledger: the orders that the reader's own office reaches, and how many it does not.

    Commands are named in the ledger for everyone: that one exists is no secret.
    """
    on = request.today  # type: ignore[attr-defined]
    quarter, _tabs = _quarter(request)
    way = IN if request.GET.get("way") == IN else OUT
    code, group = request.GET.get("command", ""), request.GET.get("group", "")
    found = behind(request.user, code, way, group, starts_on=quarter.starts_on, ends_on=quarter.ends_on, on=on)
    if found is None:
        raise NotFound(code)
    page = Paginator(found.orders, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "page": page,
        "unseen": found.count - page.paginator.count,
        "way": way,
        "group": queries.GROUP_NAMES.get(group, ""),
        "quarter": quarter,
        "may_open": request.user.can(Permission.SEE_POSTINGS, on=on),  # type: ignore[union-attr]
    }
    return render(request, "transfers/ledger_orders.html", context)


@opens_to_everyone
def promises(request: HttpRequest) -> HttpResponse:
    """What the mechanism cannot promise, and how a stranger checks a certificate."""
    return render(request, "transfers/promises.html", {"certificates": queries.certificates()})


def _quarter(request: HttpRequest) -> tuple[Quarter, list[Tab]]:
    now = quarter_of(request.today)  # type: ignore[attr-defined]
    offered = [now, *closed(request.today, back=QUARTERS - 1)]  # type: ignore[attr-defined]
    asked = request.GET.get("quarter", "")
    quarter = next((each for each in offered if each.code == asked), now)
    return quarter, [_tab(each, each == quarter) for each in offered]


def _tab(quarter: Quarter, is_current: bool) -> Tab:
    label = _("Quarter %(number)s, %(year)s") % {"number": quarter.number, "year": quarter.starts_on.year}
    return Tab(label, f"?quarter={quarter.code}", is_current)


def _may_export(request: HttpRequest) -> bool:
    return bool(request.user.can(Permission.EXPORT, on=request.today))  # type: ignore[union-attr, attr-defined]


def _ledger_rows(found: Ledger) -> Iterator[list[Any]]:
    for line in found.lines:
        for group in LEDGER_GROUPS:
            yield [line.name, str(queries.GROUP_NAMES[group]), line.out[group], line.into[group]]


def _export(
    request: HttpRequest, name: str, columns: Sequence[Any], rows: Iterator[list[Any]], scope: str
) -> HttpResponse:
    return export_response(
        request, name, [str(each) for each in columns], rows, format=request.GET["format"], by=request.user,
        at=request.now, scope=scope,  # type: ignore[attr-defined]
    )  # fmt: skip
