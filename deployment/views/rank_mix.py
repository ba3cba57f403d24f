"""Stations run by junior constables, and stations with more NCOs than constables."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment.forms.overview import PerspectiveForm
from deployment.queries import mixes
from deployment.queries.catalogue import catalogue
from deployment.queries.viewed import access_area, question_of, rules_on
from deployment.views.word import word_beside
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import parts
from organisation.models import UnitType


@opens_to(Permission.SEE_OVERVIEW)
def rank_mix(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Who is at each station of an area, where a rule says that the mix is wrong."""
    known = catalogue()
    form = PerspectiveForm(request.GET, today=request.today, catalogue=known)
    look = form.perspective()
    area = access_area(request.user, code, on=look.on, today=request.today, permission=Permission.SEE_OVERVIEW)
    rules = rules_on(look.on)
    question = question_of(area, look, known, rules)
    asked = mixes.asked(question, rules)
    kind = request.GET.get("kind", "")
    kind = kind if kind in mixes.KINDS else mixes.RUN_BY_JUNIORS
    if request.GET.get("format"):
        return _export(request, area.unit.code, mixes.rows(asked, kind))
    totals = mixes.totals(asked)
    counts = {mixes.RUN_BY_JUNIORS: totals.run_by_juniors, mixes.MANY_NCOS: totals.many_ncos}
    labels = {mixes.RUN_BY_JUNIORS: _("Run by juniors"), mixes.MANY_NCOS: _("More NCOs than constables")}
    paginator = Paginator(range(counts[kind]), 50)
    shown = paginator.get_page(request.GET.get("page"))
    first = (shown.number - 1) * 50
    query, names = look.query(), mixes.rank_names()
    page: dict[str, Any] = {
        "unit": area.unit,
        "name": area.name,
        "stations": totals.stations,
        "rows": [
            (row, names.get(row.mix.highest, ""), UnitType(row.type).label)
            for row in mixes.rows(asked, kind, first=first, number=50)
        ],
        "page": shown,
        "tabs": [
            parts.Tab(
                labels[each], parts.query_with(request.GET, {"kind": each, "page": None}), each == kind, counts[each]
            )
            for each in mixes.KINDS
        ],
        "kind": kind,
        "word": word_beside(area.unit.code, look, question, rules),
        "rules": mixes.rules_shown(rules),
        "may_list": request.user.can(Permission.SEE_OFFICERS, at=area.unit, on=request.today),
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "crumbs": [(area.name, reverse("deployment:area", args=[area.unit.code]) + query), (_("Rank mix"), "")],
        "as_of": look.on,
        "print_title": _("Rank mix"),
        "print_scope": f"{area.name} ({area.unit.code})",
    }
    return render(request, "deployment/rank_mix.html", page)


def _export(request: HttpRequest, scope: str, rows: list[Any]) -> HttpResponse:
    columns = [_("Code"), _("Unit"), _("Type"), _("Highest rank"), _("NCOs"), _("Constables")]
    names = mixes.rank_names()
    cells = [
        [row.code, row.name, row.type, names.get(row.mix.highest, ""), row.mix.ncos, row.mix.constables] for row in rows
    ]
    return export_response(
        request, "rank-mix", columns, cells, format=request.GET["format"], by=request.user, at=request.now, scope=scope
    )
