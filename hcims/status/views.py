"""Whether the machinery runs: in full for the administrator, in one word for whoever watches the server."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to, opens_to_everyone
from hcims.access.permissions import Permission
from hcims.status import queries


@opens_to(Permission.MANAGE_SETTINGS)
@require_GET
def status(request: Any) -> HttpResponse:
    """Database, workers, messages, audit trail, storage, version."""
    context = {
        "groups": queries.groups(at=request.now),
        "guarantees": queries.guarantees(),
        "database": queries.database_name(),
        "other": queries.other_database(),
        "crumbs": [(_("Home"), "/"), (_("Status"), "")],
    }
    return render(request, "status/status.html", context)


@opens_to_everyone
def live(request: HttpRequest) -> JsonResponse:
    """For a monitor: 200 when the server answers and reaches its database. Says nothing else."""
    alive = queries.database_answers()
    response = JsonResponse({"status": "ok" if alive else "down"}, status=200 if alive else 503)
    response["Cache-Control"] = "no-store"
    return response
