"""The integration matrix: the whole, one institution, one course everywhere, what is in arrears."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_of_page
from hcims.ui.parts import badges_of
from training import drawing, exported
from training.forms.integration import LookForm
from training.queries import arrears as arrears_queries
from training.queries import integration as queries
from training.queries.integration import Look

SEES = opens_to(Permission.SEE_TRAINING)


def look_of(request: Any) -> tuple[LookForm, Look, str]:
    """The form, what it chose, and the query string that keeps the day on the way to another page."""
    known = list(queries.institutions_visible_to(request.user, today=request.today).order_by("unit__name"))
    form = LookForm(request.GET or None, today=request.today, institutions=known)
    look = Look(**form.chosen()) if form.is_bound else Look(request.today)
    return form, look, f"?on={look.on.isoformat()}" if look.on != request.today else ""


def frame(request: Any, look: Look, form: LookForm, title: Any, scope: Any) -> dict[str, Any]:
    """What every page of the matrix hands to its template."""
    return {
        "form": form, "look": look, "as_of": look.on, "title": title, "print_title": _("Muamko Mpya in every course"),
        "print_scope": scope, "print_filters": [badge.text for badge in badges_of(form, request.GET)],
        "may_export": request.user.can(Permission.EXPORT, on=request.today), "states": drawing.legend(),
    }  # fmt: skip


def scope_of(request: Any) -> str:
    """Whose institutions the page counts, in words."""
    scope = request.user.scope(Permission.SEE_TRAINING, on=request.today)
    return _("All institutions of the service") if scope.everywhere else _("Institutions of the reader's command")


@SEES
def matrix(request: HttpRequest) -> HttpResponse:
    """Which institution has carried out the order, and which has not: the worst first."""
    form, look, query = look_of(request)
    found = queries.matrix(request.user, look, today=request.today, visible=form.institutions)
    if found is None:
        return render(request, "training/matrix_empty.html", {"title": _("Muamko Mpya in every course")})
    drawn = drawing.Drawing(found, query)
    page = frame(request, look, form, _("Muamko Mpya in every course"), scope_of(request))
    if request.GET.get("format"):
        return export_of_page(
            request, f"muamko-mpya-{look.on:%Y-%m-%d}", *exported.matrix(found), page=page, on=look.on
        )
    tone, verdict = drawn.verdict()
    page |= {
        "found": found, "drawing": drawn, "lines": drawn.lines(), "tone": tone, "verdict": verdict, "query": query,
        "share": drawing.share_text(found.totals.share), "arrears_url": reverse("training:arrears") + query,
        "open_url": f"{query}{'&' if query else '?'}state={queries.OPEN}",
    }  # fmt: skip
    return render(request, "training/matrix.html", page)


@SEES
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """One institution: its courses by parts."""
    form, look, query = look_of(request)
    found, line = queries.courses_of(request.user, look, code, today=request.today)
    unit = line.institution.unit
    page = frame(request, look, form, unit.name, f"{unit.name} ({unit.code})")
    for name in ("institution", "arrears"):
        del page["form"].fields[name]
    if request.GET.get("format"):
        return export_of_page(request, f"muamko-mpya-{code}", *exported.matrix(found), page=page, on=look.on)
    page |= {
        "found": found, "line": line, "rows": drawing.course_rows(found, line, query), "query": query,
        "share": drawing.share_text(line.totals.share), "arrears_url": f"{reverse('training:arrears')}?institution={code}",
        "open_url": f"{query}{'&' if query else '?'}state={queries.OPEN}",
        "crumbs": [(_("Muamko Mpya"), reverse("training:matrix") + query), (unit.name, "")],
    }  # fmt: skip
    return render(request, "training/matrix_institution.html", page)


@SEES
def course(request: HttpRequest, course: str) -> HttpResponse:
    """One course at every institution that gives it: its parts side by side."""
    form, look, query = look_of(request)
    found = queries.matrix(
        request.user, Look(look.on, course=course, state=look.state, arrears=look.arrears), today=request.today
    )
    known = found.courses[0] if found and found.courses else None
    if found is None or known is None:
        raise NotFound(course)
    page = frame(request, look, form, known, str(known))
    for name in ("institution", "kind"):
        del page["form"].fields[name]
    page |= {
        "found": found, "course": known, "rows": drawing.institution_rows(found, known, query), "query": query,
        "crumbs": [(_("Muamko Mpya"), reverse("training:matrix") + query), (str(known), "")],
    }  # fmt: skip
    return render(request, "training/matrix_course.html", page)


@SEES
def arrears(request: HttpRequest) -> HttpResponse:
    """Courses that are behind, with the commandant's reason and what is needed; those without a reason first."""
    form, look, query = look_of(request)
    page = frame(request, look, form, _("In arrears"), scope_of(request))
    for name in ("state", "arrears"):
        del page["form"].fields[name]
    found = queries.matrix(request.user, Look(look.on, look.institution, look.kind, arrears=True), today=request.today)
    rows = arrears_queries.listed(found) if found else []
    if request.GET.get("format"):
        return export_of_page(request, "muamko-mpya-arrears", *exported.arrears(rows), page=page, on=look.on)
    shown = Paginator(rows, 100).get_page(request.GET.get("page"))
    page |= {
        "page": shown, "groups": arrears_queries.by_institution(shown), "query": query, "found": found,
        "crumbs": [(_("Muamko Mpya"), reverse("training:matrix") + query), (_("In arrears"), "")],
    }  # fmt: skip
    return render(request, "training/arrears.html", page)
