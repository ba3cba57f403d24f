"""Cover: every command with or without help, on the county grid and as a table."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counselling.cover_drawing import MEASURES, Drawing, columns, row
from counselling.queries import cover as queries
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import parts

LEADS, SEES = Permission.LEAD_WELLBEING, Permission.SEE_OVERVIEW


@opens_to(LEADS, SEES)
@require_safe
def cover(request: Any) -> HttpResponse:
    """Every command of the reader's area."""
    found = queries.cover(request.user, on=request.today)
    if request.GET.get("format"):
        return _export(request, found, "")
    return render(request, "counselling/cover.html", _page(request, found))


@opens_to(LEADS, SEES)
@require_safe
def cover_of(request: Any, code: str) -> HttpResponse:
    """One command: its own commands, its offices, its wards with and without a supporter."""
    one = queries.of_command(request.user, code, on=request.today)
    if request.GET.get("format"):
        return _export(request, one.survey, code)
    top = reverse("counselling:cover")
    above = [(each.name, reverse("counselling:cover_of", args=[each.code])) for each in one.above]
    context = {
        **_page(request, one.survey), "one": one, "print_scope": f"{one.unit} ({one.unit.code})",
        "crumbs": [(_("Counselling cover"), top), *above, (one.unit.name, "")],
        "may_open_area": request.user.can(SEES, at=one.unit, on=request.today),
    }  # fmt: skip
    return render(request, "counselling/cover_of.html", context)


def _page(request: Any, found: queries.Survey) -> dict[str, Any]:
    drawing = Drawing(found, request.GET.get("measure", ""))
    tabs = [
        parts.Tab(each.label, parts.query_with(request.GET, {"measure": code}), code == drawing.code)
        for code, each in MEASURES.items()
    ]
    lines = [*found.lines, *([found.total] if found.total else [])]
    return {
        "may_list_officers": queries.codes_within(request.user, Permission.SEE_OFFICERS, lines, on=request.today),
        "may_list_supporters": queries.codes_within(request.user, LEADS, lines, on=request.today),
        "found": found, "whole": found.total or (found.lines[0] if len(found.lines) == 1 else None),
        "drawing": drawing, "tabs": tabs, "as_of": request.today, "print_title": _("Counselling cover"),
        "may_export": any(request.user.can(each, on=request.today) for each in (LEADS, Permission.EXPORT)),
        "leads": request.user.can(LEADS, on=request.today),
    }  # fmt: skip


def _export(request: Any, found: queries.Survey, code: str) -> HttpResponse:
    lines = [*found.lines, *([found.total] if found.total else [])]
    leads = request.user.can(LEADS, on=request.today)
    return export_response(
        request, f"counselling-cover-{code}".rstrip("-"), columns(), [row(each) for each in lines],
        format=request.GET["format"], by=request.user, at=request.now, scope=code,
        permission=LEADS if leads else Permission.EXPORT,
    )  # fmt: skip
