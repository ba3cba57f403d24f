"""Telling people: a notice here, and a message that says no more than that one waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from hcims.actions import action
from hcims.encryption import blind_index
from hcims.notify.kinds import Channel, Notice
from hcims.notify.models import Message, PersonalNotice, Preference


@action
def notify(user: Any, notice: Notice, *, at: datetime, by: Any = None, link: str = "") -> None:
    """This function will put a notice before a person, and send word by the channels of its kind.

    `link` is our own path where the thing is; it is shown to the signed-in reader only.
    Errors: TypeError for anything but a Notice: a free text cannot be sent.
    """
    notify_many([user], notice, at=at, by=by, link=link)


@action
def notify_many(users: Iterable[Any], notice: Notice, *, at: datetime, by: Any = None, link: str = "") -> None:
    """This function will tell many people the same, in a constant number of statements."""
    if not isinstance(notice, Notice):
        raise TypeError("only the kinds in hcims.notify.kinds can be sent")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a notice's link is a path of this site")
    told = sorted({user.pk: user for user in users}.values(), key=lambda user: user.pk)
    read_at = at if notice.value.leaves_no_trace else None
    rows = [PersonalNotice(user=user, kind=notice.code, link=link, at=at, read_at=read_at) for user in told]
    # An unread notice of the same thing is enough; it is not repeated.
    PersonalNotice.objects.bulk_create(rows, ignore_conflicts=True)
    _send_word(told, notice, at=at)


def _send_word(users: Sequence[Any], notice: Notice, *, at: datetime) -> None:
    kind = notice.value
    declined: dict[int, Preference] = {}
    if not kind.compulsory:
        declined = {each.user_id: each for each in Preference.objects.filter(user__in=[user.pk for user in users])}
    messages = [
        Message(user=user, channel=channel, queued_at=at, next_try_at=at)
        for user in users
        for channel in sorted(kind.channels)
        if user.pk not in declined or not declined[user.pk].declines(channel)
    ]
    # One word waiting is enough, however many notices there are.
    Message.objects.bulk_create(messages, ignore_conflicts=True)


@action
def warn_former_address(user: Any, channel: Channel, address: str, *, at: datetime) -> None:
    """This function will send the same word to an address the account no longer uses, or soon will not."""
    message = Message(
        user=user,
        channel=channel,
        address=address,
        address_digest=blind_index(address) or "",
        queued_at=at,
        next_try_at=at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


@action
def mark_read(notice: PersonalNotice, *, by: Any, at: datetime) -> None:
    """This function will mark one's own notice as read."""
    PersonalNotice.objects.filter(pk=notice.pk, user=by, read_at=None).update(read_at=at)


@action
def mark_all_read(*, by: Any, at: datetime) -> None:
    """This function will mark all of one's notices as read."""
    PersonalNotice.objects.filter(user=by, read_at=None).update(read_at=at)


@action
def set_preference(*, by: Any, sms: bool, email: bool) -> Preference:
    """This function will keep which messages a person wants. Those about the safety of the account go out anyway."""
    preference, _ = Preference.objects.update_or_create(user=by, defaults={"sms": sms, "email": email})
    return preference
