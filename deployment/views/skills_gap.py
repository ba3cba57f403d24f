"""Which skills are missing where, and who could fill a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.forms.areas import AreaForm
from deployment.perspective import Perspective
from deployment.queries import skills_gap as queries
from deployment.queries.confirmations import Word
from deployment.queries.viewed import access_area, code_called, rules_on
from deployment.views.word import word_beside
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from organisation.models import Baseline

if TYPE_CHECKING:
    from organisation.models import Skill, Unit


def _asked(
    request: HttpRequest, code: str | None = None, permission: Permission = Permission.SEE_OVERVIEW
) -> dict[str, Any]:
    """What the address asks, and the query string that keeps it. Rights are those of today, whatever day is asked."""
    form = AreaForm(request.GET, today=request.today)
    choice = form.choice()
    code = code or code_called(request.user, choice.unit, on=request.today, permission=permission)
    area = access_area(request.user, code, on=choice.on, today=request.today, permission=permission)
    ground = queries.Ground(
        area.unit, choice.on, choice.baseline, request.today, area.within,
        alone=choice.alone or area.own_unit_only, county=queries.county_key(choice.place),
    )  # fmt: skip
    look = Perspective(choice.on, request.today, place=choice.place, alone=ground.alone)
    return {
        "form": form, "unit": area.unit, "on": choice.on, "ground": ground, "query": choice.query(), "look": look,
        "as_of": choice.on, "print_title": _("Skills gap"), "print_scope": f"{area.name} ({area.unit.code})",
        "print_filters": [f"{form.fields['baseline'].label}: {Baseline(choice.baseline).label}"],
    }  # fmt: skip


def _word(asked: dict[str, Any]) -> Word:
    ground = asked["ground"]
    return word_beside(asked["unit"].code, asked["look"], ground.question(), rules_on(ground.on))


@opens_to(Permission.SEE_OVERVIEW)
def skills_gap(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    gaps = queries.gaps_by_skill(asked["ground"])
    may_list = request.user.can(Permission.SEE_OFFICERS, at=asked["unit"], on=request.today)
    if request.GET.get("format"):
        columns = [_("Skill"), _("Required"), _("Held"), _("Gap"), _("To spare"), _("Not yet checked"), _("Lapsing")]
        rows = [
            [each.skill.name_en, each.required, each.held, each.gap, each.spare, each.unverified, each.lapsing]
            for each in gaps
        ]
        return _export(request, "skills-gap", columns, rows, asked)
    page = {
        **asked,
        "rows": [(each, _lists(asked, each.skill.code)) for each in gaps],
        "lists": _lists(asked),
        "total": {
            name: sum(getattr(each, name) for each in gaps) for name in ("required", "held", "gap", "spare", "lapsing")
        },
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "may_list": may_list,
        "word": _word(asked),
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
        "gaps": [(each, _at(asked, found, each.unit)) for each in gaps if each.unit],
        "may_list": request.user.can(Permission.SEE_OFFICERS, at=asked["unit"], on=request.today),
        "total": sum(each.gap for each in gaps),
        "crumbs": crumbs,
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "word": _word(asked),
    }
    return render(request, "deployment/skills_gap_units.html", page)


def _at(asked: dict[str, Any], skill: Skill, unit: Unit) -> dict[str, str]:
    """The lists behind the numbers of one skill at one unit alone."""
    ground = asked["ground"]
    look = Perspective(ground.on, ground.today, baseline=ground.baseline, alone=True)
    posts = look.but(skill=skill.code).query({"kind": "authorised"})
    held = look.query({"unit": unit.code, "skill": skill.code, "show": "held"})
    return {
        "required": reverse("deployment:vacancies_of", args=[unit.code]) + posts,
        "held": reverse("deployment:skill_holders") + held,
    }


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
        "may_propose": any(
            request.user.can(each, on=request.today)
            for each in (Permission.ADVISE_TRANSFERS, Permission.PROCESS_TRANSFERS)
        ),
    }
    return render(request, "deployment/skills_gap_nearest.html", page)


SHOWN: dict[str, Any] = {
    "held": _l("Hold the skill"),
    "spare": _l("To spare"),
    "unverified": _l("Not yet checked"),
    "lapsing": _l("Lapsing within six months"),
    "level_1": _l("At level 1"),
    "level_2": _l("At level 2"),
    "level_3": _l("At level 3 or above"),
}


@opens_to(Permission.SEE_OFFICERS)
def skill_holders(request: HttpRequest) -> HttpResponse:
    """The officers behind a number of the skills gap: `?show=` says which, `?skill=` of one skill alone."""
    asked = _asked(request, permission=Permission.SEE_OFFICERS)
    kind, code = request.GET.get("show", "held"), request.GET.get("skill", "")
    found = queries.skill_called(code) if code else None
    if kind not in SHOWN or (code and found is None):
        raise NotFound(kind)
    listed = queries.holders_listed(
        asked["ground"], found, kind, page=request.GET.get("page"), everything="format" in request.GET
    )
    if request.GET.get("format"):
        columns = [
            _("Service number"),
            _("Name"),
            _("Rank"),
            _("Unit"),
            _("Skill"),
            _("Level"),
            _("Lapses"),
            _("Checked"),
        ]
        rows = [
            [held.officer.service_number, held.officer.full_name, held.officer.rank.code if held.officer.rank else "",
             posting.unit.code, held.skill.name_en, held.level, held.expires_on or "",
             _("no") if held.state == "unverified" else _("yes")]
            for held, posting in listed.rows
        ]  # fmt: skip
        return _export(request, f"skill-holders-{kind}", columns, rows, asked)
    page = {
        **asked,
        "title": SHOWN[kind],
        "skill": found,
        "kind": kind,
        "listed": listed,
        "crumbs": [(_("Skills gap"), reverse("deployment:skills_gap") + asked["query"])],
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "word": _word(asked),
    }
    return render(request, "deployment/skill_holders.html", page)


def _lists(asked: dict[str, Any], code: str = "") -> dict[str, str]:
    """The addresses of the lists behind the numbers of one skill, or of all."""
    ground, query = asked["ground"], asked["query"]
    given = f"{query}{'&' if query else '?'}" + ("" if "unit=" in query else f"unit={ground.unit.code}&")
    more = f"skill={code}&" if code else ""
    lists = {kind: f"{reverse('deployment:skill_holders')}{given}{more}show={kind}" for kind in SHOWN}
    look = Perspective(ground.on, ground.today, baseline=ground.baseline, skill=code)
    posts = reverse("deployment:vacancies_of", args=[ground.unit.code]) + look.query({"kind": "authorised"})
    return lists | ({"required": posts} if code and not ground.alone and ground.county is None else {})


def _export(request: HttpRequest, name: str, columns: list[Any], rows: Any, asked: dict[str, Any]) -> HttpResponse:
    scope = f"{asked['unit'].code}, {asked['ground'].baseline}, {asked['on']:%Y-%m-%d}"
    return export_response(
        request, name, columns, rows, format=request.GET["format"], by=request.user, at=request.now, scope=scope
    )
