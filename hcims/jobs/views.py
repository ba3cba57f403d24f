"""Pages of long work: one job for whoever started it, all of them for the administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission
from hcims.jobs import actions, queries
from hcims.jobs.tables import JobTable
from hcims.ui import notices
from hcims.ui.parts import Tab
from hcims.ui.tables import listed

LATELY = timedelta(days=1)


@opens_to(Permission.MANAGE_SETTINGS)
@require_GET
def jobs(request: Any) -> HttpResponse:
    """Every job, by state; no content."""
    state = request.GET.get("state", "")
    counts = queries.counts_by_state(request.user, on=request.today)
    found = queries.visible_to(request.user, on=request.today)
    found = found.filter(state=state) if state in counts else found
    lately = "lately" in request.GET
    found = found.filter(finished_at__gte=request.now - LATELY) if lately else found
    here = reverse("jobs:jobs")
    tabs = [Tab(_("All"), here, state not in counts, sum(counts.values()))]
    tabs += [Tab(label, f"{here}?state={code}", code == state, counts[code]) for code, label in queries.STATES]
    context = {
        "table": listed(request, JobTable(found, empty_text=_("No work was asked for in this state."))),
        "tabs": tabs,
        "lately": lately,
        "queue": queries.queue(at=request.now),
        "crumbs": [(_("Status"), reverse("status:status")), (_("Long work"), "")],
    }
    return render(request, "jobs/jobs.html", context)


@opens_to_signed_in
@require_GET
def job(request: Any, ref: str) -> HttpResponse:
    """One job: how far it is, and for whoever started it what came of it."""
    found = queries.access_job(request.user, ref, on=request.today)
    context = {
        "job": found,
        "shown": queries.shown(found, request.user, at=request.now),
        "may_see_all": request.user.can(Permission.MANAGE_SETTINGS, on=request.today),
    }
    return render(request, "jobs/job.html", context)


@opens_to_signed_in
@require_GET
def progress(request: Any, ref: str) -> HttpResponse:
    """The part of a page that watches a job; when the job is over, the whole page is loaded again."""
    found = queries.access_job(request.user, ref, on=request.today)
    polls = request.GET.get("polls", "")
    shown = queries.shown(found, request.user, at=request.now)
    context = {"shown": shown, "polls": int(polls) if polls.isdecimal() else 0}
    response = render(request, "jobs/_progress.html", context)
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


@opens_to_signed_in
@require_POST
def cancel(request: Any, ref: str) -> HttpResponse:
    """Cancels a waiting job, asks a running one to stop."""
    found = queries.access_job(request.user, ref, on=request.today)
    after = actions.cancel(found, by=request.user, at=request.now)
    if after.is_over:
        notices.done(request, _("Cancelled. Nothing was changed."))
    else:
        notices.done(request, _("The worker was asked to stop. What it was doing is not kept."))
    return redirect("jobs:job", ref=ref)
