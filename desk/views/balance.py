"""Parliament's yearly balance report: aggregates of the whole service, small counts hidden, also in what is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment.queries.tenure import small_cell_threshold
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import notices
from hcims.ui.parts import Tab
from personnel import actions
from personnel.queries.balance import BalanceTable, report_days, report_of, shown


@opens_to(Permission.SEE_BALANCE)
def report(request: HttpRequest) -> HttpResponse:
    """The report of one year, as it stood on 30 June and was counted once; a POST makes it."""
    user, today = request.user, request.today  # type: ignore[attr-defined]
    days = report_days(today)
    asked = request.GET.get("year", "")
    on = next((day for day in days if str(day.year) == asked), days[0])
    if request.method == "POST":
        actions.make_balance_report(on=on, threshold=small_cell_threshold(on), by=user, at=request.now)  # type: ignore[attr-defined]
        notices.done(request, _("The report is made. It stays as it is."))
        return redirect(f"{reverse('desk:balance')}?year={on.year}")
    made = report_of(on)
    tables = shown(made) if made else []
    if request.GET.get("format") and made:
        return _export(request, tables, on)
    context = {
        "made": made,
        "tables": tables,
        "threshold": made.threshold if made else small_cell_threshold(on),
        "as_of": on,
        "years": [Tab(str(day.year), f"?year={day.year}", day == on) for day in days],
        "may_export": made and user.can(Permission.EXPORT, on=today),  # type: ignore[union-attr]
        "print_title": _("Balance report"),
        "print_scope": _("National Police Service"),
    }
    return render(request, "desk/balance.html", context)


def _export(request: HttpRequest, tables: list[BalanceTable], on: date) -> HttpResponse:
    """The same figures as on the page, hidden ones hidden."""
    columns = [_("Table"), _("Group"), _("Column"), _("Members")]
    return export_response(
        request, "balance-report", columns, _rows(tables), format=request.GET["format"], by=request.user,
        at=request.now, scope=str(on),  # type: ignore[attr-defined]
    )  # fmt: skip


def _rows(tables: list[BalanceTable]) -> Iterator[list[Any]]:
    for table in tables:
        for line in table.lines:
            for column, count in zip(table.columns, line.counts, strict=True):
                yield [table.title, line.label, column, _("hidden") if count is None else count]
            yield [table.title, line.label, _("All"), line.total]
        for column, total in zip(table.columns, table.totals, strict=True):
            yield [table.title, _("All"), column, total]
