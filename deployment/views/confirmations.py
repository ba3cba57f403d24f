"""How far the stations' own word covers a number: the units that confirmed their list, and those that did not."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from deployment.queries.confirmations import Asked
from deployment.views.overview import OF_A_LIST, crumbs_of, seen_by
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_of_page
from hcims.ui.parts import Tab, query_with

PER_PAGE = 50


@opens_to(Permission.SEE_OVERVIEW)
def confirmed(request: HttpRequest, code: str) -> HttpResponse:
    """Units with a fresh return, or with `?kind=stale` units that hold people and have none."""
    seen = seen_by(request, code, Permission.SEE_OVERVIEW, of_list=OF_A_LIST)
    kind = request.GET.get("kind", "fresh")
    if kind not in ("fresh", "stale"):
        raise NotFound(kind)
    asked = Asked(seen["area"], seen["look"], seen["catalogue"], seen["rules"])
    if request.GET.get("format"):
        columns = [_("Code"), _("Unit"), _("Posted"), _("Confirmed"), _("Last return")]
        rows = [[each.code, each.name, each.posted, each.confirmed, each.on] for each in asked.all_of(kind)]
        return export_of_page(request, f"confirmed-{kind}", columns, rows, page=seen, on=seen["look"].on)
    sums = {each: asked.sums(each) for each in ("fresh", "stale")}
    page = Paginator(range(sums[kind].number), PER_PAGE).get_page(request.GET.get("page"))
    labels = {"fresh": _("Confirmed"), "stale": _("Not confirmed")}
    title = _("Confirmed by stations")
    context: dict[str, Any] = {
        **seen,
        "kind": kind,
        "title": title,
        "print_title": title,
        "crumbs": crumbs_of(seen, title),
        "rows": asked.page_of(kind, first=(page.number - 1) * PER_PAGE, number=PER_PAGE),
        "page": page,
        "sums": sums,
        "posted": sums["fresh"].posted + sums["stale"].posted,
        "stale_days": asked.stale_days,
        "tabs": [
            Tab(labels[each], query_with(request.GET, {"kind": each, "page": None}), each == kind, sums[each].number)
            for each in labels
        ],
    }
    return render(request, "deployment/confirmed.html", context)
