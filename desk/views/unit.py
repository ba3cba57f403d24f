"""One unit at any level, as it stood on a day: identity, command, establishment, children, history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.forms.holders import HolderFilter
from desk.queries import units as joined
from desk.queries.presence import presence_of
from desk.queries.strength import by_rank, by_skill, strength_of
from desk.tables import HolderTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui.parts import badges_of
from hcims.ui.tables import listed
from organisation import queries
from organisation.crumbs import commands_above
from organisation.forms.filters import DayForm
from organisation.queries import history, unit_page
from organisation.queries.catalogue import BASELINES, TYPES


@opens_to(Permission.SEE_UNITS)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one unit; `?on=` shows another day's."""
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    one = unit_page.with_names(queries.access_unit(user, code, Permission.SEE_UNITS, on=today))
    day = DayForm(request.GET)
    on = day.day(today)
    name, type = unit_page.shown_as(one, on=on)
    day_query = f"?on={on.isoformat()}" if on != today else ""
    classings = history.classings_of(one)
    context = {
        "unit": one,
        "name": name,
        "type_label": TYPES[type],
        "day_form": day,
        "on": on,
        "iso": on.isoformat(),
        "is_other_day": on != today,
        "day_query": day_query,
        "as_of": on,
        "exists": one.opened_on <= on and (one.closed_on is None or on < one.closed_on),
        "classes": unit_page.classes_on(classings, on=on),
        "history": history.history_of(one, classings),
        "print_scope": name,
        "crumbs": crumbs(request, one, name, on, day_query),
    }
    context |= _posts(one, on) | _rights(user, one, today)
    context |= _presence(one, on, today, context["whole"]["working"].posted)
    if context["may_see_officers"]:
        context["civilians"] = joined.civilians_under(one, on=on)
    context["offices"] = joined.offices_at(one, on=on, named=context["may_see_officers"])
    return render(request, "desk/unit.html", context)


@opens_to(Permission.SEE_UNITS)
def offices(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who holds an office at the unit on a day; `?role=` narrows to one of them."""
    user, today = request.user, request.today  # type: ignore[attr-defined]
    one = unit_page.with_names(queries.access_unit(user, code, Permission.SEE_UNITS, on=today))
    form = HolderFilter(request.GET)
    on = form.day(today)
    name, _type = unit_page.shown_as(one, on=on)
    held = queries.rights_at(user, one, [Permission.SEE_OFFICERS], on=today)
    hidden = () if held[Permission.SEE_OFFICERS] else ("name",)
    found = joined.holders_of(one, on=on, role=form.asked).select_related("user")
    day_query = f"?on={on.isoformat()}" if on != today else ""
    context = {
        "table": listed(request, HolderTable(found, exclude=hidden)),
        "form": form,
        "name": name,
        "as_of": on,
        "print_scope": name,
        "print_filters": [badge.text for badge in badges_of(form, request.GET)],
        "crumbs": [
            *crumbs(request, one, name, on, day_query)[:-1],
            (name, reverse("desk:unit", args=[code]) + day_query),
            (_("Offices"), ""),
        ],
    }
    return render(request, "desk/unit_offices.html", context)


def _posts(one: Any, on: date) -> dict[str, Any]:
    """Posts, strength and vacancies in both baselines: by rank, by unit directly under it, and in all."""
    children = list(unit_page.children_on(one, on=on))
    sides = strength_of(one, baselines=BASELINES, on=on)
    ranks = by_rank(sides)
    for child in children:
        child.sides = {baseline: side.parts[child.pk] for baseline, side in sides.items()}
        child.type_label = TYPES[child.shown_type]
    return {
        "children": children,
        "ranks": ranks,
        "skills": by_skill(sides),
        "own": {baseline: side.own for baseline, side in sides.items()},
        "whole": {baseline: side.whole for baseline, side in sides.items()},
    }


def _presence(one: Any, on: date, today: date, posted: int) -> dict[str, Any]:
    """Effective strength, and the share of the strength that stations confirmed."""
    found = presence_of(one, on=on, today=today)
    share = found.confirmed.share_of(posted) or 0
    return {"presence": found, "effective": posted - found.away, "confirmed_share": share / 100}


RIGHTS = {
    "may_edit": Permission.EDIT_UNITS,
    "may_see_officers": Permission.SEE_OFFICERS,
    "may_see_overview": Permission.SEE_OVERVIEW,
    "may_propose": Permission.PROPOSE_ESTABLISHMENT,
}


def _rights(user: Any, one: Any, today: date) -> dict[str, bool]:
    held = queries.rights_at(user, one, RIGHTS.values(), on=today)
    return {name: held[permission] for name, permission in RIGHTS.items()}


def crumbs(request: Any, one: Any, name: str, on: date, day_query: str = "") -> list[tuple[str, str]]:
    """Home, the tree, each command above, and the unit itself."""
    above = commands_above(
        request.user,
        one,
        on=on,
        today=request.today,
        address=lambda code: reverse("desk:unit", args=[code]) + day_query,
    )
    return [(_("Home"), "/"), (_("Units"), reverse("organisation:units") + day_query), *above, (name, "")]
