"""Sealed contacts that no key opened: how many, since when, until when they are kept, and what can be done. Nothing of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counselling.forms.own import month_name
from counselling.queries import contacts as queries
from counselling.queries.publications import leads_everywhere
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound


@opens_to(Permission.LEAD_WELLBEING)
@require_safe
def unopened(request: Any) -> HttpResponse:
    """By the month in which they were first tried, for whoever leads the whole service: the numbers are the service's."""
    if not leads_everywhere(request.user, on=request.today):
        raise NotFound(request.path)
    rows = [
        (each, month_name(each.month), month_name(each.until)) for each in queries.unopened_by_month(on=request.today)
    ]
    page = {
        "rows": rows, "waiting": sum(each.kept for each, _month, _until in rows),
        "since": month_name(min(each.month for each, _month, _until in rows)) if rows else None,
        "kept_months": queries.months_kept(on=request.today),
        "crumbs": [(_("Help in figures"), reverse("counselling:trends")), (_("Contacts not opened"), "")],
    }  # fmt: skip
    return render(request, "counselling/unopened.html", page)
