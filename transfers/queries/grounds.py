"""The grounds that a request may name, those it names, and one of them with access."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from transfers.models import Ground, RequestGround, RequestState, TransferRequest
from transfers.said import Named


def to_choose(request: TransferRequest) -> list[Ground]:
    """The grounds not named yet; those that call for protection have a form of their own."""
    taken = request.grounds.values("ground")
    return list(Ground.objects.filter(is_protected=request.is_protected).exclude(pk__in=taken))


def protected() -> list[Ground]:
    """Safety, harassment, retaliation."""
    return list(Ground.objects.filter(is_protected=True))


def kept(request: TransferRequest) -> list[Named]:
    """What the request names, as the action takes it; a file that is kept stays."""
    return [Named(each.ground, each.detail) for each in request.grounds.select_related("ground")]


def access_to_check(user: Any, ref: str, *, on: date) -> RequestGround:
    """The ground of that reference, where the reader's HR desk checks it. Errors: NotFound, also for one's own."""
    scope = user.scope(Permission.PROCESS_TRANSFERS, on=on)
    rows = RequestGround.objects.filter(in_scope(scope, on=on, field="request__from_unit"), request__is_protected=False)
    found = (
        rows.exclude(request__state=RequestState.DRAFT)
        .exclude(request__officer__user=user)
        .select_related("ground", "request__officer__rank", "request__officer__unit", "request__officer__user")
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found
