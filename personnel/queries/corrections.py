"""Requests to correct a record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from personnel.models import CorrectionRequest, CorrectionState, Officer


def correction_queue(user: Any, *, on: date, waiting: bool = True) -> QuerySet[CorrectionRequest]:
    """Requests that the user may answer, the oldest first; `waiting=False` gives the answered ones, newest first."""
    scope = user.scope(Permission.DECIDE_CORRECTIONS, on=on)
    found = CorrectionRequest.objects.filter(in_scope(scope, on=on, field="officer__unit")).select_related(
        "officer__rank", "officer__unit", "asked_by", "decided_by"
    )
    if waiting:
        return found.filter(state=CorrectionState.ASKED).order_by("asked_at", "pk")
    return found.exclude(state=CorrectionState.ASKED).order_by("-decided_at", "-pk")


def access_correction(user: Any, ref: str, *, on: date) -> CorrectionRequest:
    """One request that the user may answer, or asked, or whose record it is. Errors: NotFound."""
    scope = user.scope(Permission.DECIDE_CORRECTIONS, on=on)
    found = CorrectionRequest.objects.filter(ref=ref).select_related(
        "officer__rank", "officer__unit", "asked_by", "decided_by"
    )
    request = found.filter(in_scope(scope, on=on, field="officer__unit")).first() or (
        found.filter(officer__user=user).first() or found.filter(asked_by=user).first()
    )
    if request is None:
        raise NotFound(ref)
    return request


def corrections_of(officer: Officer) -> QuerySet[CorrectionRequest]:
    """What was asked about one record, the newest first."""
    return CorrectionRequest.objects.filter(officer=officer).select_related("asked_by", "decided_by")
