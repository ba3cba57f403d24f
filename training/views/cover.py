"""Who is trained and still serving, and which wards that covers: on the county grid, as tables, and the lists behind them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import parts
from training.cover import of_cover
from training.cover_drawing import MEASURES, Drawing, cells, columns
from training.forms.cover import CoverForm
from training.queries import cover as queries

PAGE = 200
LEVELS = {
    queries.COMMANDS: _l("Commands"), queries.SUBCOUNTIES: _l("Sub-counties"), queries.WARDS: _l("Wards"),
    queries.RANKS: _l("Ranks"),
}  # fmt: skip


@opens_to(Permission.SEE_TRAINING)
@require_safe
def cover(request: Any, code: str | None = None) -> HttpResponse:
    """One command with all below it, or the reader's whole area."""
    area = queries.access_area(request.user, code, today=request.today)
    form = CoverForm(request.GET, today=request.today)
    level = request.GET.get("level", "")
    asked = queries.Asked(form.day, form.programme_code, level if level in LEVELS else queries.COMMANDS)
    found = queries.cover(request.user, area, asked, today=request.today)
    lines = of_cover(found.lines, request.GET.get("cover", ""))
    if request.GET.get("format"):
        return _export(request, found, lines, asked)
    drawing = Drawing(found, request.GET.get("measure", ""), form.kept, asked.level)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    name = area.unit.name if area.unit else _("My commands")
    context = {
        "area": area, "name": name, "form": form, "found": found, "drawing": drawing, "page": page, "as_of": asked.on,
        "groups": drawing.groups(list(page)), "level": asked.level, "cover": request.GET.get("cover", ""),
        "tabs": _tabs(request, MEASURES, drawing.code, "measure"), "levels": _levels(request, area, asked.level),
        "crumbs": _crumbs(area, drawing), "print_title": _("Trained officers"),
        "print_scope": f"{name} ({area.unit.code})" if area.unit else name,
        "print_filters": [badge.text for badge in parts.badges_of(form, request.GET)],
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "may_list": request.user.can(Permission.SEE_OFFICERS, on=request.today),
        "leads": request.user.can(Permission.LEAD_ROLLOUT, on=request.today),
    }  # fmt: skip
    return render(request, "training/cover.html", context)


def _tabs(request: Any, given: Any, current: str, name: str) -> list[parts.Tab]:
    return [
        parts.Tab(
            getattr(each, "label", each),
            parts.query_with(request.GET, {name: code, "page": None, "cover": None}),
            code == current,
        )
        for code, each in given.items()
    ]


def _levels(request: Any, area: queries.Area, current: str) -> list[parts.Tab]:
    """What the lines can be: below a ward there are stations alone, and ranks need one command to be counted in."""
    given = dict(LEVELS)
    low = {"ward", "station", "post", "patrol-base", "company", "training", "office", "formation"}
    if area.unit and area.unit.type in low:
        given = {queries.COMMANDS: _("Units"), queries.RANKS: LEVELS[queries.RANKS]}
    elif area.unit and area.unit.type == "sub-county":
        del given[queries.SUBCOUNTIES]
    if not area.unit:
        del given[queries.RANKS]
    return _tabs(request, given, current, "level")


def _crumbs(area: queries.Area, drawing: Drawing) -> list[tuple[Any, str]]:
    top = (_("Trained officers"), reverse("training:cover") + drawing.links._query({}))
    return [top, *((each.name, drawing.links.page(each.code)) for each in area.above)]


def _export(request: Any, found: queries.Survey, lines: list[Any], asked: queries.Asked) -> HttpResponse:
    whole = [found.total] if found.total and asked.level != queries.RANKS and len(lines) == len(found.lines) else []
    code = found.area.unit.code if found.area.unit else ""
    words = [code, asked.on.isoformat(), asked.programme, asked.level, request.GET.get("cover", "")]
    return export_response(
        request, f"trained-{asked.level}-{asked.on:%Y-%m-%d}", columns(asked.level),
        [cells(each, asked.level) for each in [*lines, *whole]],
        format=request.GET["format"], by=request.user, at=request.now, scope="; ".join(filter(None, words)),
    )  # fmt: skip


@opens_to(Permission.SEE_OFFICERS)
@require_safe
def trained(request: Any, code: str) -> HttpResponse:
    """The officers behind a number: trained and still serving under a command, in a rank where one is asked for."""
    form = CoverForm(request.GET, today=request.today)
    asked = queries.Asked(form.day, form.programme_code)
    rank = request.GET.get("rank", "")
    unit, posts = queries.trained_list(request.user, code, asked, today=request.today, rank=rank)
    if request.GET.get("format"):
        return _export_list(request, unit, posts, asked)
    page = Paginator(posts, 100).get_page(request.GET.get("page"))
    links = Drawing(queries.Survey(queries.Area([unit], []), [], None, []), "", form.kept, "").links
    context = {
        "unit": unit, "form": form, "page": page, "holders": queries.with_training(list(page), asked), "rank": rank,
        "as_of": asked.on, "links": links, "print_title": _("Trained and still serving"),
        "print_scope": f"{unit.name} ({unit.code})",
        "print_filters": [badge.text for badge in parts.badges_of(form, request.GET)],
        "crumbs": [(_("Trained officers"), reverse("training:cover")), (unit.name, links.page(unit.code))],
        "may_export": request.user.can(Permission.EXPORT, at=unit, on=request.today),
    }  # fmt: skip
    return render(request, "training/trained.html", context)


def _export_list(request: Any, unit: Any, posts: Any, asked: queries.Asked) -> HttpResponse:
    heads = [
        _("Service number"), _("Name"), _("Rank"), _("Rank of the post"), _("Unit"), _("Name of the unit"), _("Ward"),
        _("County"), _("Training"), _("Passed on"),
    ]  # fmt: skip
    rows = [
        [
            each.posting.officer.service_number, each.posting.officer.full_name, each.posting.officer.rank.code,
            each.posting.post_rank.code, each.posting.unit.code, each.posting.unit.name,
            str(each.posting.unit.ward or ""), str(each.posting.unit.county or ""),
            "; ".join(str(one.cohort.version.course) for one in each.passed), each.passed[-1].result_on,
        ]
        for each in queries.with_training(list(posts), asked)
    ]  # fmt: skip
    return export_response(
        request, f"trained-officers-{unit.code}-{asked.on:%Y-%m-%d}", heads, rows, format=request.GET["format"],
        by=request.user, at=request.now, scope=f"{unit.code}; {asked.on.isoformat()}; {asked.programme}".rstrip("; "),
    )  # fmt: skip
