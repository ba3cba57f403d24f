"""Vacancies to come in one to five years, with the method on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment import forecast as method
from deployment.forms.areas import AreaForm
from deployment.perspective import Perspective
from deployment.queries import forecast as queries
from deployment.queries.catalogue import catalogue
from deployment.queries.viewed import access_area, code_called, question_of, rules_on
from deployment.tables import LeavingTable
from deployment.views.word import word_beside
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.ui.tables import listed
from organisation.models import Baseline

if TYPE_CHECKING:
    from deployment.queries.confirmations import Word
    from deployment.queries.viewed import Area
    from organisation.models import Unit


def _area(request: HttpRequest, typed: str, permission: Permission) -> Area:
    on = request.today
    code = code_called(request.user, typed, on=on, permission=permission)
    return access_area(request.user, code, on=on, today=on, permission=permission)


def _outlooks(unit: Unit, baseline: str, request: HttpRequest) -> tuple[list[method.Outlook], int]:
    on = request.today
    rule = queries.years_looked_back(on)
    years_back = rule.value if rule else 3
    found = method.outlooks(
        [each.pk for each in queries.ranks()],
        posts=queries.posts_by_rank(unit, baseline=baseline, on=on),
        retirements=queries.counts_ahead(unit, "retirement", on=on),
        contracts=queries.counts_ahead(unit, "contract", on=on),
        other_exits=queries.other_exits(unit, on=on, years_back=years_back),
        years_back=years_back,
    )
    return found, years_back


@opens_to(Permission.SEE_OVERVIEW)
def forecast(request: HttpRequest) -> HttpResponse:
    """From today on: a forecast of a past day would only be history."""
    form = AreaForm(request.GET, today=request.today)
    for name in ("on", "place", "alone"):
        del form.fields[name]
    choice = form.choice()
    area = _area(request, choice.unit, Permission.SEE_OVERVIEW)
    unit = area.unit
    found, years_back = _outlooks(unit, choice.baseline, request)
    names = {each.pk: each for each in queries.ranks()}
    if request.GET.get("format"):
        return _export(request, unit, found, names)
    rows = [
        {
            "rank": names[each.rank],
            "outlook": each,
            "ahead": _ahead(each),
            "lists": _lists(unit, choice.baseline, request, names[each.rank].code),
        }
        for each in found
    ]
    page = {
        "form": form,
        "unit": unit,
        "query": choice.query(),
        "rows": rows,
        "years": method.YEARS,
        "totals": _totals(found),
        "lists": _lists(unit, choice.baseline, request),
        "has_contracts": any(each.contracts[-1] for each in found),
        "years_back": years_back,
        "rules": queries.rules_shown(request.today),
        "baseline": Baseline(choice.baseline).label,
        "may_list": request.user.can(Permission.SEE_OFFICERS, at=unit, on=request.today),
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "word": _word(area, request),
        "as_of": request.today,
        "print_title": _("Vacancies to come"),
        "print_scope": f"{area.name} ({unit.code})",
    }
    return render(request, "deployment/forecast.html", page)


def _word(area: Area, request: HttpRequest) -> Word:
    look, rules = Perspective(request.today, request.today), rules_on(request.today)
    return word_beside(area.unit.code, look, question_of(area, look, catalogue(), rules), rules)


def _lists(unit: Unit, baseline: str, request: HttpRequest, rank: str = "") -> dict[str, str]:
    """The lists behind posts, strength and present vacancies, of a rank or of all."""
    look = Perspective(request.today, request.today, baseline=baseline, rank=rank)
    posts = reverse("deployment:vacancies_of", args=[unit.code])
    return {
        "posts": posts + look.query({"kind": "authorised"}),
        "vacant": posts + look.query(),
        "strength": reverse("deployment:holders", args=[unit.code]) + look.query({"show": "posted"}),
    }


def _ahead(outlook: method.Outlook) -> list[dict[str, Any]]:
    return [
        {
            "years": years,
            "retirements": outlook.retirements[years - 1],
            "contracts": outlook.contracts[years - 1],
            "others": outlook.others(years),
            "vacancies": outlook.vacancies(years),
        }
        for years in method.YEARS
    ]


def _totals(found: list[method.Outlook]) -> dict[str, Any]:
    return {
        "posts": sum(each.posts for each in found),
        "strength": sum(each.strength for each in found),
        "vacant": sum(each.vacant for each in found),
        "ahead": [
            {
                "years": years,
                "retirements": sum(each.retirements[years - 1] for each in found),
                "contracts": sum(each.contracts[years - 1] for each in found),
                "others": sum(each.others(years) for each in found),
                "vacancies": sum(each.vacancies(years) for each in found),
            }
            for years in method.YEARS
        ],
    }


def _export(request: HttpRequest, unit: Unit, found: list[method.Outlook], names: dict[int, Any]) -> HttpResponse:
    columns = [_("Rank"), _("Posts"), _("Strength"), _("Vacant now")]
    for years in method.YEARS:
        columns += [
            f"{what} {years}"
            for what in (_("Retirements, year"), _("Contracts, year"), _("Other exits, year"), _("Vacant, year"))
        ]
    rows = [
        [names[each.rank].code, each.posts, each.strength, each.vacant]
        + [value for ahead in _ahead(each) for key, value in ahead.items() if key != "years"]
        for each in found
    ]
    return export_response(
        request,
        "forecast",
        columns,
        rows,
        format=request.GET["format"],
        by=request.user,
        at=request.now,
        scope=unit.code,
    )


@opens_to(Permission.SEE_OFFICERS)
def leaving(request: HttpRequest, kind: str, years: int) -> HttpResponse:
    """The members behind a number of retirements or ends of contracts."""
    if kind not in ("retirement", "contract") or years not in method.YEARS:
        raise NotFound(request.path)
    choice = AreaForm(request.GET, today=request.today).choice()
    unit = _area(request, choice.unit, Permission.SEE_OFFICERS).unit
    people = queries.leaving(unit, kind, years=years, on=request.today)
    rank = next((each for each in queries.ranks() if each.code == request.GET.get("rank")), None)
    people = people.filter(rank=rank) if rank else people.filter(rank__isnull=False)
    table = LeavingTable(
        queries.listed(people), rules=queries.retirement_rules(),
        may_open=request.user.can(Permission.SEE_FILE, on=request.today),
    )  # fmt: skip
    titles = {
        "retirement": _("Retirements within %(years)s years"),
        "contract": _("Contracts that end within %(years)s years"),
    }
    page = {
        "title": titles[kind] % {"years": years},
        "unit": unit,
        "rank": rank,
        "table": listed(request, table),
        "crumbs": [(_("Forecast"), reverse("deployment:forecast") + choice.query())],
    }
    return render(request, "deployment/leaving.html", page)
