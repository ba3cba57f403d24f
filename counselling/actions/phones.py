"""Phones of peer supporters, and the key to which they seal."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from counselling.envelopes import textual
from counselling.models import PhoneDevice, ReceivingKey
from counselling.policies.contacts import check_can_log
from counselling.queries import contacts as queries
from counselling.receiving import SECRET, digest_of, encoded, month_of
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotFound


@action
def enrol_phone(*, by: Any, on: date, instead_of: str = "") -> tuple[PhoneDevice, str]:
    """This function will enrol the phone in a supporter's hand and return its secret, which is kept nowhere else.

    `instead_of` is the reference under which the same phone was enrolled before; that one ends.
    The trail is not told: its rows carry a moment. Errors: NotAllowed.
    """
    check_can_log(by, on=on)
    secret = encoded(secrets.token_bytes(SECRET))
    queries.devices_of(by).filter(ref=instead_of, ended_month="").update(ended_month=month_of(on))
    device = PhoneDevice.objects.create(supporter=by, digest=digest_of(secret), enrolled_month=month_of(on))
    return device, secret


@action
def end_phone(*, ref: str, by: Any, on: date) -> None:
    """This function will take nothing more from one of the supporter's own phones. Errors: NotFound."""
    ended = queries.devices_of(by).filter(ref=ref, ended_month="").update(ended_month=month_of(on))
    if not ended:
        raise NotFound(ref)


@action
def change_receiving_key(*, point: bytes, at: datetime, on: date) -> ReceivingKey:
    """This function will make this the key that phones seal to from now on; older envelopes are still opened."""
    ReceivingKey.objects.filter(is_current=True).update(is_current=False)
    key = ReceivingKey.objects.create(public_key=textual(point), made_on=on)
    trail.record(Event.RECEIVING_KEY_MADE, target=key, by=None, at=at)
    return key
