"""Entering the posts of a draft: in a grid that takes a block from a spreadsheet, or as a whole pasted table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.queries import establishment as joined
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from organisation import actions, posts_entry, queries
from organisation.forms.establishment import GridForm, ReviseForm, TableForm
from organisation.policies import establishment as policies
from organisation.queries import grid as grids
from organisation.queries.preview import area_total, changes_in, totals_by_rank


def _draft(request: HttpRequest, ref: str) -> Any:
    """The version, if this reader may change it. Errors: NotFound, or the refusal of the policy."""
    on: date = request.today  # type: ignore[attr-defined]
    one = queries.access_version(request.user, ref, Permission.PROPOSE_ESTABLISHMENT, on=on)
    policies.check_can_edit(request.user, one, request.now)  # type: ignore[attr-defined]
    return one


def _crumbs(one: Any, last: str) -> list[tuple[Any, str]]:
    top = reverse("organisation:establishment")
    return [(_("Home"), "/"), (_("Establishment"), top), (one, reverse("desk:version", args=[one.ref])), (last, "")]


@opens_to(Permission.PROPOSE_ESTABLISHMENT)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """The grid: units down, ranks across. Preview shows what the page would change; save keeps it in the draft."""
    one = _draft(request, ref)
    wanted = _columns_asked(request)
    units_asked = request.GET.get("rows", "")
    units = grids.rows_of(one, units_asked)
    first_units = list(units[:60])
    columns = grids.columns_of(one, first_units, wanted)
    form = GridForm(
        {"rows": units_asked, "columns": [each.key for each in columns]},
        version=one,
        shown=[each.key for each in columns],
    )
    size = max(1, grids.MOST_CELLS // max(1, len(columns)))
    page = Paginator(units, size).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context: dict[str, Any] = {"version": one, "grid_form": form, "columns": columns, "page": page}
    context |= {"status": 200, "crumbs": _crumbs(one, _("Posts"))}
    if request.method == "POST":
        answer = _entered(request, one, shown, columns, context)
        if answer is not None:
            return answer
    else:
        context["rows"] = grids.grid(one, shown, columns)
    return render(request, "desk/version_grid.html", context, status=context["status"])


def _columns_asked(request: HttpRequest) -> list[str]:
    asked = request.GET.getlist("columns")
    rank, skill = request.GET.get("skill_rank", ""), request.GET.get("skill", "")
    return [*asked, f"{rank}/{skill}"] if rank and skill else asked


def _entered(
    request: HttpRequest, one: Any, units: list[Any], columns: list[Any], context: dict[str, Any]
) -> HttpResponse | None:
    """What was sent: kept when asked and readable, else shown again with its preview or its errors."""
    rows = grids.grid(one, units, columns, entered=request.POST.dict())
    cells, wrong = _read(rows, columns, request.POST)
    context |= {"rows": rows, "wrong": wrong}
    if wrong:
        context["status"] = 422
        return None
    if request.POST.get("step") == "save":
        actions.set_posts(version=one, cells=cells, by=request.user, at=request.now)  # type: ignore[attr-defined]
        notices.done(request, _("The posts are kept in the draft."))
        return redirect("desk:version", one.ref)
    context["preview"] = _preview(one, cells, request.today)  # type: ignore[attr-defined]
    return None


def _read(rows: list[Any], columns: list[Any], sent: Any) -> tuple[dict[Any, int], list[Any]]:
    """The numbers of the cells that were sent, and the cells that hold no number."""
    cells: dict[Any, int] = {}
    wrong = []
    for row in rows:
        for cell, column in zip(row.cells, columns, strict=True):
            if cell.name not in sent:
                continue
            posts = posts_entry.number_of(cell.value)
            if posts is None or posts > policies.MOST_POSTS:
                cell.error = _(
                    "“%(value)s” is no number of posts. Enter a whole number, such as 12; leave it empty for none."
                )
                cell.error %= {"value": cell.value}
                wrong.append(cell)
            else:
                cells[row.unit.pk, column.rank.pk, column.skill.pk if column.skill else None] = posts
    return cells, wrong


def _preview(one: Any, cells: dict[Any, int], today: date) -> dict[str, Any]:
    """What the cells would change, with totals by rank and the effect on vacancies."""
    changes = changes_in(one, cells)
    effects = joined.effect_on_vacancies(changes, on=min(one.effective_on, today))
    totals = totals_by_rank(one, changes)
    return {
        "changes": changes,
        "units": len({change.unit.pk for change in changes}),
        "totals": totals,
        "area": area_total(totals),
        "effects": effects,
        "effect_total": joined.totals(effects),
    }


@opens_to(Permission.PROPOSE_ESTABLISHMENT)
def table(request: HttpRequest, ref: str) -> HttpResponse:
    """A whole table pasted with its headings: previewed, then kept in the draft."""
    one = _draft(request, ref)
    form = TableForm(request.POST or None)
    context: dict[str, Any] = {"version": one, "form": form, "crumbs": _crumbs(one, _("Paste a table"))}
    if request.method == "POST" and form.is_valid():
        units, columns = grids.names_of_units(one), grids.names_of_columns()
        read = posts_entry.read_table(
            form.cleaned_data["block"], units=units, columns=columns.names, advice=_advice(one)
        )
        cells = grids.cells_of(one, read.cells, columns)
        context |= {"problems": read.problems, "ignored": read.ignored, "cells": len(cells)}
        if not cells and not read.problems:
            form.add_error("block", _("No posts were found. The first row must hold ranks, the first column units."))
        elif not read.problems and request.POST.get("step") == "save":
            actions.set_posts(version=one, cells=cells, by=request.user, at=request.now)  # type: ignore[attr-defined]
            notices.done(request, _("The posts are kept in the draft."))
            return redirect("desk:version", one.ref)
        else:
            context["preview"] = _preview(one, cells, request.today)  # type: ignore[attr-defined]
    return render(
        request, "desk/version_table.html", context, status=422 if context.get("problems") else status_of(form)
    )


def _advice(one: Any) -> dict[str, str]:
    return {
        "unit": _("No unit open under %(area)s on that day has this code or name.") % {"area": one.unit},
        "number": _("Not a whole number of posts."),
        "twice": _("This unit and rank stand in the table twice. Keep one."),
    }


@opens_to(Permission.PROPOSE_ESTABLISHMENT)
def revise(request: HttpRequest, ref: str) -> HttpResponse:
    """Title, paper and day of a draft."""
    one = _draft(request, ref)
    initial = {"title": one.title, "authority": one.authority, "effective_on": one.effective_on}
    form = ReviseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.revise_version(version=one, **form.cleaned_data, by=request.user, at=request.now)  # type: ignore[attr-defined]
            return redirect("desk:version", one.ref)
    context = {"form": form, "version": one, "crumbs": _crumbs(one, _("Title, paper and day"))}
    return render(request, "desk/version_facts.html", context, status=status_of(form))
