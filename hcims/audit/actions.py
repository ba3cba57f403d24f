"""Deeds about the trail itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import checkpoint, policies, reading, trail
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, DelayState, DisclosureDelay
from hcims.errors import RuleBroken


@action
def record_checkpoint(*, by: Any, at: datetime, keeper: str = "") -> None:
    """This function will put on record that a checkpoint is being taken, and who will keep it."""
    trail.record(Event.CHECKPOINT_EXPORTED, target="audit.checkpoint", by=by, at=at, details={"keeper": keeper})


def take_checkpoint(*, by: Any, at: datetime, keeper: str = "") -> str:
    """This function will return a signed line for where the chain stands; taking it is itself the last row of the chain."""
    record_checkpoint(by=by, at=at, keeper=keeper)
    stands = reading.head()
    return checkpoint.signed(stands.sequence, stands.hash, at=at, secret=settings.AUDIT_SIGNING_KEY)


@action
def note_search(*, words: str, by: Any, at: datetime) -> None:
    """This function will put on record that the trail was searched for a person. The words stand there as a digest."""
    details = {"words": as_noted([words])[0]}
    trail.record(Event.TRAIL_SEARCHED, target="audit.trail", by=by, at=at, details=details)


def as_noted(searches: list[str]) -> list[str]:
    """The digests under which searches stand on record."""
    return [trail.digest(words.strip().casefold()) for words in searches]


@action
def name_reader(*, event: AuditEvent, reason: str, by: Any, at: datetime) -> None:
    """This function will put on record that an auditor looked up who opened a file, and why."""
    details = {"row": event.sequence, "reader": event.by_ref}
    trail.record(Event.READER_NAMED, target=f"audit:{event.sequence}", by=by, at=at, reason=reason, details=details)


@action
def ask_delay(
    *, event: AuditEvent, authority: str, source: str, until_on: date, by: Any, at: datetime
) -> DisclosureDelay:
    """This function will ask that openings of this file by a lawful investigation, from this one on, are told later.

    Errors: NotAllowed, RuleBroken.
    """
    on = timezone.localdate(at)
    policies.check_can_delay(by, on=on)
    policies.check_until(until_on, on=on)
    delay = DisclosureDelay.objects.create(
        target_ref=event.target_ref, authority=authority, source=source, starts_at=event.at, until_on=until_on,
        asked_by_ref=by.ref, asked_at=at,
    )  # fmt: skip
    details = {"until": until_on.isoformat(), "file": event.target_ref, "step": "asked"}
    trail.record(Event.DISCLOSURE_DELAYED, target=delay, by=by, at=at, source=source, reason=authority, details=details)
    return delay


@action
def approve_delay(*, delay: DisclosureDelay, by: Any, at: datetime) -> DisclosureDelay:
    """This function will bring a delay into force. Errors: NotAllowed for whoever asked for it."""
    on = timezone.localdate(at)
    policies.check_can_decide(by, delay, on=on)
    policies.check_until(delay.until_on, on=on)
    workflow.move(delay, DelayState.APPROVED, by=by, at=at, approved_by_ref=by.ref, approved_at=at)
    details = {"until": delay.until_on.isoformat(), "file": delay.target_ref, "step": "approved"}
    trail.record(Event.DISCLOSURE_DELAYED, target=delay, by=by, at=at, source=delay.source, details=details)
    return delay


@action
def refuse_delay(*, delay: DisclosureDelay, note: str, by: Any, at: datetime) -> DisclosureDelay:
    """This function will refuse a delay, with the reason."""
    policies.check_can_decide(by, delay, on=timezone.localdate(at))
    workflow.move(delay, DelayState.REFUSED, by=by, at=at, note=note)
    trail.record(Event.DELAY_REFUSED, target=delay, by=by, at=at, reason=note)
    return delay


@action
def end_delay(*, delay: DisclosureDelay, note: str, by: Any, at: datetime) -> DisclosureDelay:
    """This function will end a delay today: the officer reads from now on what was held back."""
    on = timezone.localdate(at)
    policies.check_can_delay(by, on=on)
    delay = DisclosureDelay.objects.select_for_update().get(pk=delay.pk)
    if delay.state != DelayState.APPROVED or delay.until_on <= on:
        raise RuleBroken(_("This delay holds nothing back any more."), policies.TWO_AUDITORS)
    delay.until_on = on
    delay.save(update_fields=["until_on"])
    trail.record(Event.DELAY_ENDED, target=delay, by=by, at=at, reason=note, details={"file": delay.target_ref})
    return delay
