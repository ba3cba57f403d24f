"""The list of units: the command tree as of a day, searched and filtered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui.parts import badges_of
from hcims.ui.tables import listed
from organisation import queries
from organisation.crumbs import commands_above
from organisation.forms.filters import UnitFilter
from organisation.queries import units as unit_queries
from organisation.tables import UnitTable

COLUMNS = [
    _l("Code"), _l("Name"), _l("Type"), _l("Line"), _l("Under"), _l("County"), _l("Ward"),
    _l("Hardship"), _l("Operation area"), _l("Latitude"), _l("Longitude"), _l("Gazette notice"), _l("Gazetted"), _l("Opened"),
    _l("Closed"),
]  # fmt: skip


@opens_to(Permission.SEE_UNITS)
def units(request: HttpRequest) -> HttpResponse:
    """The units under a command, or all that the filters ask for; as a file with `?format=xlsx`."""
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    form = UnitFilter(request.GET)
    on, asked = form.day(today), form.asked()
    under = _command(request, today)
    if under is None and not asked.is_search:
        under = queries.only_top_unit_of(user, on=today)
    found = unit_queries.units_listed(user, asked, under=under, today=today, on=on)
    if format := request.GET.get("format"):
        return export_response(
            request, "units", COLUMNS, unit_queries.export_rows(found.order_by("code")), format=format, by=user,
            at=request.now, scope=_in_words(form, request, under),  # type: ignore[attr-defined]
        )  # fmt: skip
    day_query = f"?on={on.isoformat()}" if on != today else ""
    classes = {each.pk: str(each) for each in unit_queries.unit_classes()}
    table = UnitTable(
        found, on=on, classes=classes, day_query=day_query, exclude=() if asked.is_search else ("command",)
    )
    context = {
        "form": form,
        "table": listed(request, table),
        "under": under,
        "on": on,
        "is_past": on != today,
        "as_of": on,
        "is_search": asked.is_search,
        "may_open": user.can(Permission.EDIT_UNITS, on=today),
        "may_export": user.can(Permission.EXPORT, on=today),
        "print_scope": str(under or _("All units this reader may see")),
        "print_filters": [badge.text for badge in badges_of(form, request.GET)],
        "crumbs": _crumbs(request, under, on, day_query),
    }
    return render(request, "organisation/units.html", context)


def _command(request: HttpRequest, today: date) -> Any:
    code = request.GET.get("under", "").strip()
    return queries.access_unit(request.user, code, Permission.SEE_UNITS, on=today) if code else None


def _crumbs(request: Any, under: Any, on: date, day_query: str) -> list[tuple[Any, str]]:
    """Home, the whole tree, then each command above, the one shown last."""
    top = reverse("organisation:units")
    if under is None:
        return [(_("Home"), "/"), (_("Units"), "")]
    above = commands_above(
        request.user, under, on=on, today=request.today,
        address=lambda code: f"{top}?under={code}{day_query.replace('?', '&')}",
    )  # fmt: skip
    return [(_("Home"), "/"), (_("Units"), top + day_query), *above, (under, "")]


def _in_words(form: UnitFilter, request: HttpRequest, under: Any) -> str:
    words = [badge.text for badge in badges_of(form, request.GET)]
    return "; ".join([_("under %(unit)s") % {"unit": under}, *words] if under else words)
