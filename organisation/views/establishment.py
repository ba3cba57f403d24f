"""Establishment in force at a command, and the versions behind it; drafting a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import badges_of
from hcims.ui.tables import ChipColumn, DayColumn, NumberColumn, Table, listed
from organisation import actions, queries
from organisation.crumbs import commands_above
from organisation.forms.establishment import EstablishmentFilter, VersionForm
from organisation.queries import establishment as establishment_queries
from organisation.queries.catalogue import BASELINES

TONES = {"draft": "info", "submitted": "wait", "in-force": "good", "returned": "bad", "withdrawn": "off"}
COLUMNS = [
    _l("Baseline"), _l("Unit code"), _l("Unit"), _l("Rank"), _l("Skill"),
    _l("Posts"), _l("In force since"), _l("Version"), _l("Authority"),
]  # fmt: skip


class VersionTable(Table):
    """One row a version."""

    title = django_tables2.Column(_l("Version"))
    unit = django_tables2.Column(_l("Command"))
    baseline = django_tables2.Column(_l("Baseline"))
    effective_on = DayColumn(verbose_name=_l("In force from"))
    state = ChipColumn(verbose_name=_l("State"), tones=TONES)
    cells = NumberColumn(verbose_name=_l("Changes"), link=lambda version: _page(version))
    drafted_by = django_tables2.Column(_l("Drafted by"))
    drafted_at = DayColumn(verbose_name=_l("Drafted"))
    decided_by = django_tables2.Column(_l("Decided by"), default="–")
    authority = django_tables2.Column(_l("Authority"), attrs={"td": {"class": "wrap"}})
    caption = _l("Versions")
    empty_title = _l("No versions")

    def render_title(self, value: str, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', _page(record), value)


def _page(version: Any) -> str:
    return reverse("desk:version", args=[version.ref])


@opens_to(Permission.SEE_UNITS, Permission.PROPOSE_ESTABLISHMENT, Permission.APPROVE_ESTABLISHMENT)
def establishment(request: HttpRequest) -> HttpResponse:
    """Posts of a command by unit and rank on a day, both baselines, and the versions about it."""
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    form = EstablishmentFilter(request.GET, user=user, today=today)
    asked = form.given()
    on, area, baseline = asked.get("on") or today, asked.get("area"), asked.get("baseline") or ""
    area = area or queries.highest_unit_of(user, on=today)
    if (format := request.GET.get("format")) and area:
        return export_response(
            request, "establishment", COLUMNS, establishment_queries.export_rows(area, on=on, baseline=baseline),
            format=format, by=user, at=request.now, scope=f"{area}, {on.isoformat()}",  # type: ignore[attr-defined]
        )  # fmt: skip
    versions = establishment_queries.versions_about(user, area, today=today, on=on)
    if asked.get("state"):
        versions = versions.filter(state=asked["state"])
    query = f"&on={on.isoformat()}" if on != today else ""
    context = {
        "form": form,
        "area": area,
        "on": on,
        "query": query + (f"&baseline={baseline}" if baseline else ""),
        "as_of": on,
        "baselines": {baseline: BASELINES[baseline]} if baseline else BASELINES,
        "posts": establishment_queries.posts_table(area, on=on) if area else None,
        "lines": establishment_queries.lines_at(area, on=on) if area else [],
        "table": listed(
            request, VersionTable(versions, empty_text=_("Nobody has drafted a version about this command."))
        ),
        "may_propose": user.can(Permission.PROPOSE_ESTABLISHMENT, on=today),
        "may_export": user.can(Permission.EXPORT, on=today),
        "print_scope": str(area or ""),
        "print_filters": [badge.text for badge in badges_of(form, request.GET)],
        "crumbs": _crumbs(request, area, on, query),
    }
    return render(request, "organisation/establishment.html", context, status=200)


def _crumbs(request: Any, area: Any, on: date, query: str) -> list[tuple[Any, str]]:
    top = reverse("organisation:establishment")
    if area is None:
        return [(_("Home"), "/"), (_("Establishment"), "")]
    above = commands_above(
        request.user, area, on=on, today=request.today, address=lambda code: f"{top}?area={code}{query}"
    )
    return [(_("Home"), "/"), (_("Establishment"), top), *above, (area, "")]


@opens_to(Permission.PROPOSE_ESTABLISHMENT)
def draft_version(request: HttpRequest) -> HttpResponse:
    """A new version; its posts are entered in the grid that follows."""
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    initial = {"unit": request.GET.get("area", ""), "baseline": request.GET.get("baseline", "authorised")}
    form = VersionForm(request.POST or None, user=user, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            version = actions.draft_version(**form.cleaned_data, by=user, at=request.now)  # type: ignore[attr-defined]
            notices.done(
                request, _("The version was drafted. Enter its posts now; nothing is in force before it is approved.")
            )
            return redirect("desk:edit_version", version.ref)
    top = reverse("organisation:establishment")
    crumbs = [(_("Home"), "/"), (_("Establishment"), top), (_("Draft a version"), "")]
    context = {"form": form, "crumbs": crumbs, "back": top}
    return render(request, "organisation/draft_version.html", context, status=status_of(form))
