"""What pages read about notices, and what the status page says about the messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from hcims.errors import NotFound
from hcims.notify import backends
from hcims.notify.kinds import text_of
from hcims.notify.models import Message, PersonalNotice, Preference

SHOWN = 100
MESSAGE_STATES = Message.State.choices


def unread_count(user: Any) -> int:
    """How many notices a person has not read: for the header of every page. One statement."""
    return PersonalNotice.objects.filter(user=user, read_at=None).count()


def visible_to(user: Any) -> QuerySet[PersonalNotice]:
    """One's own notices."""
    return PersonalNotice.objects.filter(user=user)


def access_notice(user: Any, ref: str) -> PersonalNotice:
    """One's own notice of that reference. Errors: NotFound."""
    notice = visible_to(user).filter(ref=ref).first()
    if notice is None:
        raise NotFound(ref)
    return notice


@dataclass(frozen=True)
class NoticeLine:
    """A notice as its reader sees it."""

    notice: PersonalNotice
    text: str


def latest(user: Any) -> list[NoticeLine]:
    """The newest notices of a person, unread ones first."""
    rows = visible_to(user).order_by(F("read_at").desc(nulls_first=True), "-at", "-pk")[:SHOWN]
    return [NoticeLine(each, text_of(each.kind)) for each in rows]


def preference_of(user: Any) -> Preference:
    """What a person wants; everything, where nothing was said."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def is_due(*, at: datetime) -> bool:
    """Whether a message waits to be sent now (asked by the workers)."""
    return Message.objects.filter(state=Message.State.WAITING, next_try_at__lte=at).exists()


def messages(*, state: str = "", over_since: datetime | None = None) -> QuerySet[Message]:
    """Messages for the administrator's list; of one state, over since a moment, or all."""
    found = Message.objects.only(
        "ref", "channel", "state", "queued_at", "attempts", "problem", "next_try_at", "over_at"
    )
    found = found.filter(over_at__gte=over_since) if over_since else found
    return found.filter(state=state) if state else found


def message_counts() -> dict[str, int]:
    """How many messages there are in each state."""
    rows = Message.objects.order_by().values_list("state").annotate(Count("pk"))
    return {code: 0 for code, _label in MESSAGE_STATES} | dict(rows)


@dataclass(frozen=True)
class Outbox:
    """The state of the messages: for the status page."""

    waiting: int
    late: int  # waiting although tried before
    sent_today: int
    given_up_today: int
    without_address_today: int
    oldest_waiting_at: datetime | None
    sms_configured: bool


def outbox(*, at: datetime) -> Outbox:
    """How many messages wait, went out and could not go out in the last 24 hours."""
    today = at - timedelta(days=1)
    waiting, sent, given_up = Message.State.WAITING, Message.State.SENT, Message.State.GIVEN_UP
    counts = Message.objects.aggregate(
        waiting=Count("pk", filter=Q(state=waiting)),
        late=Count("pk", filter=Q(state=waiting, attempts__gt=0)),
        sent_today=Count("pk", filter=Q(state=sent, over_at__gte=today)),
        given_up_today=Count("pk", filter=Q(state=given_up, over_at__gte=today) & ~Q(problem="no-address")),
        without_address_today=Count("pk", filter=Q(state=given_up, over_at__gte=today, problem="no-address")),
    )
    oldest = Message.objects.filter(state=waiting).order_by("queued_at").values_list("queued_at", flat=True).first()
    return Outbox(**counts, oldest_waiting_at=oldest, sms_configured=backends.sms_is_configured())
