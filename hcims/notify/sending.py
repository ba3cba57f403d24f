"""Sending what waits: each message claimed, handed over, and its outcome kept.

A message is claimed before it is handed over by moving its next attempt ahead. A worker killed in between leaves it
waiting: it goes out again. Twice is harmless, as it says the same each time; never would not be.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hcims.notify import backends
from hcims.notify.backends import NotSent
from hcims.notify.kinds import Channel
from hcims.notify.models import Message
from hcims.notify.outgoing import words

CLAIMED_FOR = timedelta(minutes=2)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]  # then it is given up


def claim(*, at: datetime) -> Message | None:
    """This function will take the next message that is due, so that no other worker takes it; None when there is none."""
    with transaction.atomic():
        due = Message.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
        message = due.filter(state=Message.State.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk").first()
        if message is not None:
            message.attempts += 1
            message.next_try_at = at + CLAIMED_FOR
            message.save(update_fields=["attempts", "next_try_at"])
        return message


def hand_over(message: Message, *, at: datetime) -> None:
    """This function will send a claimed message and keep what became of it."""
    address = message.address or _address(message.user, message.channel)
    if not address:
        _over(message, Message.State.GIVEN_UP, at=at, problem="no-address")
        return
    subject, body = words(message.channel, getattr(message.user, "language", "en"))
    try:
        backends.send(message.channel, address, subject, body, message.ref)
    except NotSent as failure:
        if failure.for_good or message.attempts > len(WAITS):
            _over(message, Message.State.GIVEN_UP, at=at, problem=failure.problem)
        else:
            wait = WAITS[message.attempts - 1]
            _keep(message, next_try_at=at + wait, problem=failure.problem[:40])
    else:
        _over(message, Message.State.SENT, at=at, problem="")


def _address(user: Any, channel: str) -> str:
    """Where the account is reached at this moment: a number that is still waiting to count is not used."""
    if not user.is_active:
        return ""
    return str(getattr(user, "phone" if channel == Channel.SMS else "email", "") or "")


def _over(message: Message, state: str, *, at: datetime, problem: str) -> None:
    _keep(message, state=state, over_at=at, problem=problem[:40], address="", address_digest="")


def _keep(message: Message, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(message, name, value)
    message.save(update_fields=list(fields))
