"""The bird's-eye page of an area, and the lists behind its numbers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment.drawing import Drawing
from deployment.exported import Exported
from deployment.forms.overview import PerspectiveForm
from deployment.measures import BY_RANK, LISTS, OFFICERS
from deployment.perspective import NOWHERE, Perspective
from deployment.queries import holders as holder_queries
from deployment.queries import overview as queries
from deployment.queries.catalogue import catalogue
from deployment.queries.posts_listed import PostLine, posts_listed
from deployment.queries.viewed import access_area, question_of, rules_on
from deployment.views.word import word_beside
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_of_page
from hcims.ui.parts import badges_of

# What a list is asked besides its kind; the rest of an address says how the bird's-eye page is drawn.
OF_A_LIST = ("on", "rank", "skill", "place", "alone", "service", "sex", "tenure")
OF_POSTS = ("baseline", *OF_A_LIST)


def seen_by(
    request: HttpRequest, code: str | None, permission: Permission, *, of_list: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Area, perspective and all that follows from the address, for the page or for a list behind one of its numbers."""
    today = request.today
    known = catalogue()
    form = PerspectiveForm(request.GET, today=today, catalogue=known)
    look = form.perspective()
    area = access_area(request.user, code, on=look.on, today=today, permission=permission)
    said = request.GET.copy()
    # A paper names its baseline, and the page its measure, also where they are the usual ones.
    said["baseline"], said["measure"] = look.baseline, look.measure
    asked = form
    if of_list:
        asked = PerspectiveForm(said, today=today, catalogue=known)
        for name in set(asked.fields) - set(of_list):
            del asked.fields[name]
    return {
        "form": form, "look": look, "area": area, "catalogue": known, "rules": rules_on(look.on), "as_of": look.on,
        "print_scope": f"{area.name} ({area.unit.code})",
        "print_filters": [badge.text for badge in badges_of(asked, said)],
        "here_and_then": look.without_filters().query(),  # what a link to another unit's page keeps
        "may_export": request.user.can(Permission.EXPORT, at=area.unit, on=today),
    }  # fmt: skip


def crumbs_of(seen: dict[str, Any], last: Any = "") -> list[tuple[Any, str]]:
    area, look = seen["area"], seen["look"].but(alone=False)
    crumbs = [(name, reverse("deployment:area", args=[code]) + look.query()) for code, name in area.above]
    here = reverse("deployment:area", args=[area.unit.code]) + look.query() if last else ""
    return [*crumbs, (area.name, here), *([(last, "")] if last else [])]


@opens_to(Permission.SEE_OVERVIEW)
def overview(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Where posts stand vacant and which skills are missing, in one area on one day."""
    seen = seen_by(request, code, Permission.SEE_OVERVIEW)
    is_file, at_once = bool(request.GET.get("format")), request.GET.get("parts") == "all"
    area, look = seen["area"], seen["look"]
    found = queries.overview(area, look, seen["catalogue"], seen["rules"], with_skills=is_file or at_once)
    if at_once:
        found.points = queries.months_behind(found.question)
    drawing = Drawing(found)
    if is_file:
        return _export_table(request, seen, drawing)
    labels, series = drawing.months()
    rest = reverse("deployment:rest", args=[area.unit.code]) + look.query()
    page = {
        **seen, "found": found, "drawing": drawing, "total": drawing.total_line(), "legends": drawing.legends(),
        "labels": labels, "series": series, "rest": "" if at_once else rest,
        "crumbs": crumbs_of(seen), "print_title": _("Bird's-eye view"),
        "whole_units_only": drawing.measure.columns != BY_RANK and seen["look"].chooses_posts_or_officers,
    }  # fmt: skip
    return render(request, "deployment/overview.html", page)


@opens_to(Permission.SEE_OVERVIEW)
def rest(request: HttpRequest, code: str) -> HttpResponse:
    """What the page fetches once it stands: the skills gap, and the twelve months behind."""
    seen = seen_by(request, code, Permission.SEE_OVERVIEW)
    drawing = Drawing(queries.companion(seen["area"], seen["look"], seen["catalogue"], seen["rules"]))
    labels, series = drawing.months()
    page = {
        **seen, "found": drawing.found, "drawing": drawing, "total": drawing.total_line(), "labels": labels,
        "series": series,
    }  # fmt: skip
    return render(request, "deployment/overview_rest.html", page)


def _export_table(request: HttpRequest, seen: dict[str, Any], drawing: Drawing) -> HttpResponse:
    exported = Exported(drawing)
    code, day = seen["area"].unit.code, seen["look"].on
    name = f"overview-{code}-{day:%Y-%m-%d}"
    return export_of_page(request, name, exported.columns(), exported.rows(), page=seen, on=day)


@opens_to(Permission.SEE_OFFICERS)
def holders(request: HttpRequest, code: str) -> HttpResponse:
    """The officers behind a number: `?show=` says which."""
    kind = request.GET.get("show", "posted")
    seen = seen_by(request, code, Permission.SEE_OFFICERS, of_list=OF_POSTS if kind == "over" else OF_A_LIST)
    if LISTS.get(kind, ("", ""))[0] != OFFICERS:
        raise NotFound(kind)
    question = question_of(seen["area"], seen["look"], seen["catalogue"], seen["rules"])
    rows = holder_queries.listed(holder_queries.holders(question, kind))
    if request.GET.get("format"):
        return export_of_page(request, kind, *holder_queries.as_file(rows), page=seen, on=seen["look"].on)
    title = LISTS[kind][1]
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    context = {
        **seen,
        "title": title,
        "kind": kind,
        "page": page,
        "rows": holder_queries.with_time(page, on=seen["look"].on),
        "word": word_beside(seen["area"].unit.code, seen["look"], question, seen["rules"]),
        "crumbs": crumbs_of(seen, title),
        "print_title": title,
    }
    return render(request, "deployment/holders.html", context)


@opens_to(Permission.SEE_OVERVIEW)
def vacancies(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Posts line by line: vacant ones, or with `?kind=` all, or lines with more holders than posts."""
    seen = seen_by(request, code, Permission.SEE_OVERVIEW, of_list=OF_POSTS)
    kind = request.GET.get("kind", "vacant")
    if kind not in ("vacant", "authorised", "over-lines"):
        raise NotFound(kind)
    question = question_of(seen["area"], seen["look"], seen["catalogue"], seen["rules"])
    listed = posts_listed(
        question, kind, seen["catalogue"], page=request.GET.get("page"), everything="format" in request.GET
    )
    if request.GET.get("format"):
        return export_of_page(request, "vacancies", *listed.as_file(), page=seen, on=seen["look"].on)
    title = (
        LISTS["vacant" if kind == "vacant" else "authorised"][1] if kind != "over-lines" else _("Lines over strength")
    )
    context = {
        **seen,
        "title": title,
        "kind": kind,
        "listed": listed,
        "rows": [(each, _behind(seen["look"], each)) for each in listed.rows],
        "may_list": request.user.can(Permission.SEE_OFFICERS, at=seen["area"].unit, on=request.today),
        "word": word_beside(seen["area"].unit.code, seen["look"], question, seen["rules"]),
        "crumbs": crumbs_of(seen, title),
        "print_title": title,
    }
    return render(request, "deployment/vacancies.html", context)


def _behind(look: Perspective, line: PostLine) -> dict[str, str]:
    """The lists of those who fill a line, and of those above its posts: all holders, whichever officers were chosen."""
    skill = line.skill.code if line.skill else NOWHERE
    there = look.without_filters().but(rank=line.rank.code, skill=skill, alone=True)
    path = reverse("deployment:holders", args=[line.row.unit_code])
    return {name: path + there.query({"show": name}) for name in ("posted", "over")}
