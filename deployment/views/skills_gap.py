"""Which skills are missing where, and who could fill a gap."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment.forms.areas import AreaForm
from deployment.queries import skills_gap as queries
from deployment.queries.viewed import access_area
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_response


def _asked(
    request: HttpRequest, code: str | None = None, permission: Permission = Permission.SEE_OVERVIEW
) -> dict[str, Any]:
    """What the address asks, and the query string that keeps it. Rights are those of today, whatever day is asked."""
    form = AreaForm(request.GET, today=request.today)
    choice = form.choice()
    area = access_area(
        request.user, code or choice.unit or None, on=choice.on, today=request.today, permission=permission
    )
    ground = queries.Ground(
        area.unit, choice.on, choice.baseline, request.today, area.within,
        alone=choice.alone or area.own_unit_only, county=queries.county_key(choice.place),
    )  # fmt: skip
    return {"form": form, "unit": area.unit, "on": choice.on, "ground": ground, "query": choice.query()}


@opens_to(Permission.SEE_OVERVIEW)
def skills_gap(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    gaps = queries.gaps_by_skill(asked["ground"])
    if request.GET.get("format"):
        columns = [_("Skill"), _("Required"), _("Held"), _("Gap"), _("To spare"), _("Not yet checked"), _("Lapsing")]
        rows = [
            [each.skill.name_en, each.required, each.held, each.gap, each.spare, each.unverified, each.lapsing]
            for each in gaps
        ]
        return _export(request, "skills-gap", columns, rows, asked)
    page = {
        **asked,
        "gaps": gaps,
        "total": {
            name: sum(getattr(each, name) for each in gaps) for name in ("required", "held", "gap", "spare", "lapsing")
        },
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "may_see_officers": request.user.can(Permission.SEE_OFFICERS, on=request.today),
        "as_of": asked["on"],
        "print_scope": asked["unit"].name,
    }
    return render(request, "deployment/skills_gap.html", page)


@opens_to(Permission.SEE_OVERVIEW)
def skill(request: HttpRequest, skill: str) -> HttpResponse:
    """The units of the area with a gap in one skill."""
    asked = _asked(request)
    found = queries.skill_called(skill)
    if found is None:
        raise NotFound(skill)
    gaps = queries.gaps_by_unit(asked["ground"], found)
    if request.GET.get("format"):
        columns = [_("Code"), _("Unit"), _("Required"), _("Held"), _("Gap")]
        rows = [[each.unit.code, each.unit.name, each.required, each.held, each.gap] for each in gaps if each.unit]
        return _export(request, f"skills-gap-{found.code}", columns, rows, asked)
    crumbs = [(_("Skills gap"), reverse("deployment:skills_gap") + asked["query"])]
    page = {
        **asked,
        "skill": found,
        "gaps": gaps,
        "total": sum(each.gap for each in gaps),
        "crumbs": crumbs,
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "as_of": asked["on"],
        "print_scope": asked["unit"].name,
    }
    return render(request, "deployment/skills_gap_units.html", page)


@opens_to(Permission.SEE_OFFICERS)
def nearest(request: HttpRequest, skill: str, code: str) -> HttpResponse:
    """The nearest holders of a skill who are not needed for it where they are."""
    asked = _asked(request, code, Permission.SEE_OFFICERS)
    found = queries.skill_called(skill)
    if found is None:
        raise NotFound(skill)
    holders = queries.nearest_holders(request.user, asked["ground"], found)
    crumbs = [
        (_("Skills gap"), reverse("deployment:skills_gap") + asked["query"]),
        (str(found), reverse("deployment:skill", args=[found.code]) + asked["query"]),
    ]
    page = {
        **asked,
        "skill": found,
        "gap": queries.gap_at(asked["ground"], found),
        "holders": holders,
        "crumbs": crumbs,
        "as_of": asked["on"],
        "may_propose": any(
            request.user.can(each, on=request.today)
            for each in (Permission.ADVISE_TRANSFERS, Permission.PROCESS_TRANSFERS)
        ),
    }
    return render(request, "deployment/skills_gap_nearest.html", page)


def _export(request: HttpRequest, name: str, columns: list[Any], rows: Any, asked: dict[str, Any]) -> HttpResponse:
    scope = f"{asked['unit'].code}, {asked['ground'].baseline}, {asked['on']:%Y-%m-%d}"
    return export_response(
        request, name, columns, rows, format=request.GET["format"], by=request.user, at=request.now, scope=scope
    )
