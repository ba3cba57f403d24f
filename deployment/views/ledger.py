"""The postings ledger: what is in force, what is on the way, what paper is missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from deployment.queries import ledger
from deployment.tables import OrderTable, PostingTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import parts
from hcims.ui.tables import listed


@opens_to(Permission.SEE_POSTINGS)
def postings(request: HttpRequest) -> HttpResponse:
    """One tab a question; every count is the length of the list behind it."""
    on = request.today
    visible, orders = ledger.postings_visible_to(request.user, on=on), ledger.orders_visible_to(request.user, on=on)
    tabs = {
        "orders": (_("Orders on the way"), ledger.orders_open(orders)),
        "overdue": (_("Overdue arrivals"), ledger.orders_overdue(orders, on)),
        "arrivals": (_("Arrival return missing"), ledger.arrivals_missing(visible, on)),
        "departures": (_("Departure return missing"), ledger.departures_missing(visible, on)),
        "unknown": (_("Arrival unknown"), ledger.arrivals_unknown(visible, on)),
        "in-force": (_("In force"), ledger.in_force(visible, on)),
    }
    current = request.GET.get("show", "orders")
    label, rows = tabs.get(current, tabs["orders"])
    number = request.GET.get("number", "").strip()
    if number:
        rows = rows.filter(officer__service_number=number)
    if request.GET.get("format"):
        return _export(request, current if current in tabs else "orders", rows)
    is_orders = current not in ("arrivals", "departures", "unknown", "in-force")
    table = OrderTable(rows, on=on) if is_orders else PostingTable(rows)
    table.caption = label
    return render(
        request,
        "deployment/postings.html",
        {
            "tabs": [
                parts.Tab(
                    text, f"?show={key}", key == current or (key == "orders" and current not in tabs), found.count()
                )
                for key, (text, found) in tabs.items()
            ],
            "table": listed(request, table),
            "number": number,
            "current": current if current in tabs else "orders",
            "may_record": request.user.can(Permission.RECORD_POSTINGS, on=on),
            "may_export": request.user.can(Permission.EXPORT, on=on),
        },
    )


def _export(request: HttpRequest, current: str, rows: Any) -> HttpResponse:
    name = f"postings-{current}"
    is_orders = current in ("orders", "overdue")
    return export_response(
        request,
        name,
        ledger.ORDER_COLUMNS if is_orders else ledger.POSTING_COLUMNS,
        map(ledger.order_cells if is_orders else ledger.posting_cells, rows.iterator(chunk_size=2_000)),
        format=request.GET["format"],
        by=request.user,
        at=request.now,
        scope=current,
    )
