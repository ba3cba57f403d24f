"""What waits at the matrix: for a commandant to confirm or to explain, for a director to approve."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from hcims.access.permissions import Permission as P
from hcims.periods import in_force
from organisation.queries import in_scope
from training.cells import CODES, TAUGHT
from training.models import Institution, PartTaught, Survey
from training.queries import integration
from training.queries.integration import Look


def unconfirmed(user: Any, *, on: date) -> QuerySet[PartTaught]:
    """Parts taught that wait for this commandant's word; those he or she marked wait for nobody."""
    scope = user.scope(P.COMMAND_TRAINING, on=on)
    rows = PartTaught.objects.filter(in_force(on), in_scope(scope, on=on, field="institution__unit"))
    return rows.filter(state__in=CODES[TAUGHT:], confirmed_by__isnull=True).exclude(marked_by=user)


def without_reason(user: Any, *, on: date) -> int:
    """Courses in arrears for which this commandant has given no reason that still stands."""
    scope = user.scope(P.COMMAND_TRAINING, on=on)
    if scope.is_empty:
        return 0
    own = Institution.objects.filter(in_scope(scope, on=on)).select_related("unit")
    found = integration.matrix(user, Look(on), today=on, visible=own)
    return found.totals.without_reason if found else 0


def surveys(user: Any, *, on: date) -> QuerySet[Survey]:
    """Surveys that wait for this reader's approval."""
    rows = Survey.objects.filter(submitted_on__isnull=False, in_use_from__isnull=True).exclude(drafted_by=user)
    return rows if user.can(P.APPROVE_CURRICULA, on=on) else rows.none()
