"""Requests to be called back, as the one supporter they are for sees them: sealed."""

from __future__ import annotations

import base64
from datetime import date

from counselling.models import CallRequest, Supporter
from hcims.errors import NotFound


def asked_for(ref: str, *, on: date) -> Supporter:
    """A supporter of the directory who can be asked to call back. Errors: NotFound, the same for all others."""
    found = Supporter.objects.published(on).exclude(call_key="").filter(ref=ref).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(ref)
    supporter: Supporter = found
    return supporter


def waiting_for(supporter: Supporter, *, on: date) -> list[dict[str, str]]:
    """What waits, in the order of random keys: key and sealed bytes."""
    rows = CallRequest.objects.filter(supporter=supporter, expires_on__gt=on).order_by("pk")
    return [{"key": str(row.pk), "sealed": base64.b64encode(row.sealed).decode()} for row in rows]


def some_are_over(*, on: date) -> bool:
    """Whether there are requests to be forgotten."""
    return CallRequest.objects.filter(expires_on__lte=on).exists()
