"""The page that shows every component, and saved views of lists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hcims.access.guards import opens_to_signed_in
from hcims.errors import Refusal
from hcims.ui import actions, gallery, notices, queries
from hcims.ui.forms import status_of
from hcims.ui.navigation import url_of
from hcims.ui.tables import listed


def _back_to(page: str, query: str) -> HttpResponse:
    """The list again, or the start page for a list that is gone."""
    return redirect(f"{url_of(page) or '/'}?{query or 'all=yes'}")


@opens_to_signed_in
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows now under a name."""
    page, query = request.POST.get("list", ""), request.POST.get("query", "")
    try:
        view = actions.save_view(
            page=page,
            name=request.POST.get("name", "")[:60],
            query=query[:2000],
            by=request.user,
            at=request.now,  # type: ignore[attr-defined]
        )
        if request.POST.get("favour"):
            actions.favour_view(view=view, favoured=True, by=request.user, at=request.now)  # type: ignore[attr-defined]
        notices.done(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    except Refusal as refusal:
        notices.refuse(request, refusal.message)
    return _back_to(page, query)


@opens_to_signed_in
@require_POST
def change_view(request: HttpRequest, ref: str) -> HttpResponse:
    """Rename a view, make it the one the list opens with (or no longer), or forget it."""
    view = queries.access_view(request.user, ref)
    try:
        _change(request, view, request.POST.get("deed", ""))
    except Refusal as refusal:
        notices.refuse(request, refusal.message)
    return _back_to(view.page, view.query)


def _change(request: HttpRequest, view: Any, deed: str) -> None:
    said = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    if deed == "rename":
        actions.rename_view(view=view, name=request.POST.get("name", "")[:60], **said)
    elif deed in ("favour", "unfavour"):
        actions.favour_view(view=view, favoured=deed == "favour", **said)
    elif deed == "drop":
        actions.drop_view(view=view, **said)
        notices.done(request, _("The view “%(name)s” is gone.") % {"name": view.name})


@opens_to_signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Every component with invented values. Sending the form shows how errors look; nothing is stored."""
    form = gallery.SampleForm(request.POST or None, request.FILES or None)
    rows = gallery.rows_for(request.GET)
    context = gallery.context(request.now) | {  # type: ignore[attr-defined]
        "form": form,
        "filters": gallery.SampleFilters(request.GET),
        "table": listed(request, gallery.SampleTable(rows), per_page=25),
        "total": len(rows),
        "polls": int(request.GET.get("polls", "0")) if request.GET.get("polls", "0").isdecimal() else 0,
        "crumbs": [(_("Home"), "/"), (_("Components"), "")],
        "print_scope": _("Invented sample"),
    }
    if request.htmx and "polls" in request.GET:  # type: ignore[attr-defined]
        return render(request, "ui/gallery/_progress.html", context)
    return render(request, "ui/gallery/components.html", context, status=status_of(form))
