"""Who read which case: the wellbeing lead's page. A case is a reference here; whom it is about, nobody can look up."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counselling.forms.readings import ReadingsForm
from counselling.queries import readings as queries
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui.forms import status_of

PER_PAGE = 50


@opens_to(Permission.LEAD_WELLBEING)
@require_safe
def readings(request: Any) -> HttpResponse:
    """The log of cases, searched."""
    form = ReadingsForm(request.GET or None)
    search = queries.Search(**form.cleaned_data) if form.is_bound and form.is_valid() else queries.Search()
    found = queries.found_by(queries.visible_to(request.user, on=request.today), search)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": queries.lines(page.object_list), "is_search": bool(request.GET),
        "crumbs": [(_("Home"), "/"), (_("Case readings"), "")],
    }  # fmt: skip
    response = render(request, "counselling/readings.html", context, status=status_of(form))
    response["Cache-Control"] = "no-store"
    return response
