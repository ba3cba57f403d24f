"""The officer list: filters, columns, order, pages, and what may be done to the ticked ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from deployment.queries.tenure import counts_from, limits, months_between
from desk.bulk import DOERS, deeds_for
from desk.forms.officer_list import OfficerFilters
from desk.queries.officer_list import SORTS, Lines, filtered, officers_on, posted_only, rank_of, unit_of
from desk.tables import OfficerTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui import parts
from hcims.ui.opening import chosen_view
from hcims.ui.tables import listed


@opens_to(Permission.SEE_OFFICERS)
def officers(request: HttpRequest) -> HttpResponse:
    """Who serves where on a day, within the reader's area."""
    if first := chosen_view(request, "desk:officers"):
        return first
    user, today = request.user, request.today  # type: ignore[attr-defined]
    form = OfficerFilters(request.GET, user=user, today=today)
    asked = form.asked
    if request.GET.get("format"):
        return _export(request, form, asked)
    on = asked["on"]
    found = filtered(officers_on(user, on=on, today=today), asked, on=on, today=today)
    if form.errors:
        found = found.none()  # a list that leaves a filter out would be taken for the one asked for
    sort = _sort(request, asked)
    # A deed is done to the record of today: the list of a past day is for reading.
    deeds = deeds_for(user, on=today) if on == today else []
    table = OfficerTable(
        Lines(found, on=on, today=today, sort=sort),
        on=on,
        today=today,
        limits=limits(on),
        may_pick=bool(deeds),
        may_open=user.can(Permission.SEE_FILE, on=today),
    )
    badges = parts.badges_of(form, request.GET)
    context = {
        "table": listed(request, table),
        "total": table.paginator.count,
        "form": form,
        "first": [form[name] for name in form.FIRST],
        "more": [form[name] for name in form.fields if name not in form.FIRST and name not in form.LINKED],
        "more_open": any(request.GET.get(name) for name in form.fields if name not in form.FIRST),
        "linked": [(name, value) for name in form.LINKED for value in request.GET.getlist(name)],
        "badges": badges,
        "query": request.GET.urlencode(),
        "as_of": on,
        "is_past": on != today,
        "posted_only": posted_only(sort) and not asked.get("presence"),
        "deeds": deeds,
        "may_do": bool(deeds) or any(user.can(each, on=today) for each in DOERS),
        "may_export": user.can(Permission.EXPORT, on=today),
        "may_enter": user.can(Permission.EDIT_OFFICERS, on=today),
        "print_title": _("Officers"),
        "print_scope": user.office(on=today, permission=Permission.SEE_OFFICERS),
        "print_filters": [badge.text for badge in badges],
    }
    return render(request, "desk/officers.html", context)


def _sort(request: HttpRequest, asked: dict[str, Any]) -> str:
    """The order asked for; who has been longest at a place comes first where the list is about that."""
    sort = request.GET.get("sort", "")
    return sort if sort.lstrip("-") in SORTS else ("since" if asked.get("tenure") else "number")


def _export(request: HttpRequest, form: OfficerFilters, asked: dict[str, Any]) -> HttpResponse:
    """The list as a file, as far as the reader's permission to take lists away reaches."""
    user, today, on = request.user, request.today, asked["on"]  # type: ignore[attr-defined]
    reach = officers_on(user, on=on, today=today, permission=Permission.EXPORT).values("pk")
    seen = officers_on(user, on=on, today=today).filter(pk__in=reach)
    lines = Lines(filtered(seen, asked, on=on, today=today), on=on, today=today)
    badges = [badge.text for badge in parts.badges_of(form, request.GET)]
    columns = [
        _("Number"), _("Surname"), _("Other names"), _("Rank"), _("Service"), _("Unit code"), _("Unit"), _("Duty"),
        _("Since"), _("Months there"), _("Skills"),
    ]  # fmt: skip
    return export_response(
        request,
        "officers",
        columns,
        (_row(officer, on, today) for some in lines.in_batches() for officer in some),
        format=request.GET["format"],
        by=user,
        at=request.now,  # type: ignore[attr-defined]
        scope="; ".join([str(on), *badges]),
    )


def _row(officer: Any, on: Any, today: Any) -> list[Any]:
    unit, rank, post = unit_of(officer, on=on, today=today), rank_of(officer, on=on, today=today), officer.post
    known = post is not None and post.start_known
    since = counts_from(post) if post else None
    return [
        officer.service_number,
        officer.surname,
        officer.other_names,
        rank.code if rank else "",
        officer.service,
        unit.code if unit else "",
        unit.name if unit else "",
        str(post.duty) if post else "",
        post.starts_on if known else "",
        months_between(since, on) if since else "",
        ", ".join(str(held.skill) for held in officer.skills_in_force),
    ]
