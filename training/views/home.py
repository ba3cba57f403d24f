"""The first page of training."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from training.queries import home as queries


@opens_to(P.SEE_TRAINING, P.RUN_TRAINING, P.NOMINATE_TRAINEES)
@require_safe
def home(request: Any) -> HttpResponse:
    """What waits for the reader, and where to go."""
    page = {
        "waiting": queries.waiting_for(request.user, on=request.today, at=request.now),
        "places": queries.places_for(request.user, on=request.today),
    }
    return render(request, "training/home.html", page)
