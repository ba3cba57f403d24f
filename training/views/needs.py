"""What is needed: skills that are short, certificates about to lapse, the courses that give them, and seats to open."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.imports.exports import export_response
from hcims.ui.tables import listed
from training.queries import needs as queries
from training.tables.needs import LapsingTable


def _ground(request: Any) -> Any:
    return queries.ground_of(request.user, request.GET.get("unit") or None, on=request.today)


@opens_to(P.SEE_TRAINING)
@require_GET
def needs(request: Any) -> HttpResponse:
    """Every skill that is short or about to lapse in the area, with what is done about it."""
    ground = _ground(request)
    found = queries.needs_of(ground)
    only_lapsing = request.GET.get("show") == "lapsing"
    if only_lapsing:
        found = sorted((each for each in found if each.lapsing), key=lambda each: (-each.lapsing, each.skill.code))
    may_list = request.user.can(P.SEE_OFFICERS, on=request.today)
    if request.GET.get("format"):
        columns = [_("Skill"), _("Short"), _("About to lapse"), _("Seats coming"), _("Seats to open"), _("Courses")]
        rows = [
            [each.skill.name_en, each.short, each.lapsing, each.planned, each.to_open,
             ", ".join(str(one.version.course) for one in each.courses)]
            for each in found
        ]  # fmt: skip
        return export_response(
            request, "training-needs", columns, rows, format=request.GET["format"], by=request.user, at=request.now,
            scope=ground.unit.name,
        )  # fmt: skip
    context = {
        "ground": ground,
        "needs": found,
        "total": {
            name: sum(getattr(each, name) for each in found) for name in ("short", "lapsing", "planned", "to_open")
        },
        "until": queries.soon(request.today),
        "may_list": may_list,
        "may_export": request.user.can(P.EXPORT, on=request.today),
        "only_lapsing": only_lapsing,
        "query": f"?unit={request.GET['unit']}" if request.GET.get("unit") else "",
        "as_of": request.today,
        "print_scope": ground.unit.name,
    }
    return render(request, "training/needs.html", context)


@opens_to(P.SEE_TRAINING)
@require_GET
def need(request: Any, skill: str) -> HttpResponse:
    """One skill: where it is short, and a cohort to open with the seats shared out."""
    asked = request.GET.get("seats", "")
    seats = int(asked) if asked.isdecimal() and 0 < int(asked) <= 10_000 else None
    ground = _ground(request)
    found = queries.need_of(ground, skill, seats=seats)
    context = {
        "ground": ground,
        "found": found,
        "courses": [(each, found.address(each.version)) for each in found.need.courses],
        "may_plan": request.user.can(P.RUN_TRAINING, on=request.today),
        "may_list": request.user.can(P.SEE_OFFICERS, on=request.today),
        "unit": request.GET.get("unit", ""),
        "crumbs": [(_("What is needed"), reverse("training:needs"))],
        "as_of": request.today,
    }
    return render(request, "training/need.html", context)


@opens_to(P.SEE_OFFICERS)
@require_GET
def lapsing(request: Any, skill: str) -> HttpResponse:
    """Officers whose certificate is about to lapse: put forward from here for a course that renews it."""
    ground = queries.ground_of(request.user, request.GET.get("unit") or None, on=request.today)
    found, rows = queries.lapsing_listed(request.user, ground, skill)
    if request.GET.get("format"):
        columns = [_("Service number"), _("Name"), _("Rank"), _("Unit"), _("Lapses on"), _("Certificate")]
        lines = (
            [each.officer.service_number, each.officer.full_name, each.officer.rank.code if each.officer.rank else "",
             each.officer.unit.name if each.officer.unit else "", each.expires_on, each.source]
            for each in rows
        )  # fmt: skip
        return export_response(
            request, f"lapsing-{skill}", columns, lines, format=request.GET["format"], by=request.user, at=request.now,
            scope=ground.unit.name,
        )  # fmt: skip
    cohorts = queries.refreshing(request.user, found, on=request.today)
    table = listed(request, LapsingTable(rows, may_pick=bool(cohorts)))
    table.named_already = queries.named_already([row.record for row in table.paginated_rows], on=request.today)
    context = {
        "skill": found,
        "table": table,
        "total": table.paginator.count,
        "cohorts": cohorts,
        "until": queries.soon(request.today),
        "ground": ground,
        "may_export": request.user.can(P.EXPORT, on=request.today),
        "crumbs": [
            (_("What is needed"), reverse("training:needs")),
            (str(found), reverse("training:need", args=[skill])),
        ],
    }
    return render(request, "training/lapsing.html", context)
