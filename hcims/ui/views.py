"""The page that shows every component, and saved views of lists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to_signed_in
from hcims.ui import gallery
from hcims.ui.forms import status_of
from hcims.ui.tables import listed


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
