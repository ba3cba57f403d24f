"""The queue of the desk and of deciding authorities, the sealed list, and the stops that were lifted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui.parts import Tab
from hcims.ui.tables import listed
from transfers import words
from transfers.queries import queue as queries
from transfers.tables import LiftedTable, QueueTable

WORKERS = (P.PROCESS_TRANSFERS, P.DECIDE_TRANSFERS, P.LIFT_STOPS)
A_YEAR = timedelta(days=365)


@opens_to(*WORKERS)
def queue(request: Any) -> HttpResponse:
    """What waits, the oldest first, with where it is stuck, who holds the pen, and what it would do to both units."""
    user, on = request.user, request.today
    rows = queries.in_queue(user, on=on)
    parts = queries.parts(user, on=on)
    current = request.GET.get("show", "")
    current = current if current in parts else "all"
    kind, number = request.GET.get("kind", ""), request.GET.get("number", "").strip()
    if kind in words.KINDS:
        rows = rows.filter(kind=kind)
    if number:
        rows = rows.filter(officer__service_number=number)
    counts = queries.counts_of(rows, parts)
    shown = rows.filter(parts[current])
    table = _table(request, shown, on=on, may_pick=_may_decide(user, on))
    context = {
        "tabs": [
            Tab(label, queries.query_of(code, kind, number), code == current, counts[code])
            for code, label in _labels(user, on).items()
        ],
        "table": table,
        "total": table.paginator.count,
        "kinds": words.KINDS.items(),
        "kind": kind,
        "number": number,
        "current": current,
        "may_decide": _may_decide(user, on),
        "lifted_url": reverse("transfers:lifted"),
    }
    return render(request, "transfers/queue.html", context)


def _labels(user: Any, on: Any) -> dict[str, str]:
    labels = {
        "all": _("All open"), "mine": _("Waiting for me"), "stuck": _("Stuck"), "advice": _("Advice"),
        "decision": _("Decision"), "held": _("Held by a stop"), "pooled": _("For the round"),
        "approved": _("To be published"), "review": _("To be reviewed"), "refused": _("Refused by me"),
    }  # fmt: skip
    if not user.can(P.PROCESS_TRANSFERS, on=on):
        for code in ("pooled", "advice"):
            del labels[code]
    return labels


def _may_decide(user: Any, on: Any) -> bool:
    return any(user.can(each, on=on) for each in (P.DECIDE_TRANSFERS, P.PROCESS_TRANSFERS))


def _table(request: Any, rows: Any, *, on: Any, may_pick: bool) -> Any:
    table = listed(request, QueueTable(rows, may_pick=may_pick))
    table.extras = queries.extras_of([row.record for row in table.paginated_rows], on=on)
    return table


@opens_to(P.DECIDE_PROTECTED)
def sealed(request: Any) -> HttpResponse:
    """Requests about safety, harassment and retaliation, for their authority alone."""
    rows = queries.sealed_queue(request.user, on=request.today)
    table = _table(request, rows, on=request.today, may_pick=False)
    return render(request, "transfers/sealed.html", {"table": table})


@opens_to(*WORKERS)
def lifted(request: Any) -> HttpResponse:
    """The stops lifted within a year, counted by kind and listed with their reasons."""
    rows = queries.lifted(request.user, on=request.today, since=request.today - A_YEAR)
    code = request.GET.get("code", "")
    counts = queries.counts_by_code(rows)
    here = reverse("transfers:lifted")
    tabs = [Tab(_("All"), here, code not in counts, sum(counts.values()))]
    tabs += [Tab(words.STOPS[each], f"{here}?code={each}", each == code, number) for each, number in counts.items()]
    table = listed(request, LiftedTable(rows.filter(code=code) if code in counts else rows))
    crumbs = [(_("Transfers"), reverse("transfers:queue"))]
    return render(request, "transfers/lifted.html", {"table": table, "tabs": tabs, "crumbs": crumbs})
