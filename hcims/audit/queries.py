"""What auditors read: the trail by event, person, office, target and period; delays of disclosure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from hcims.access.permissions import Permission
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, DelayState, DisclosureDelay
from hcims.errors import NotFound

PEOPLE_LIMIT = 200  # a name that fits more people than this is too vague to search the trail for


@dataclass(frozen=True)
class Search:
    """What an auditor asks for; everything empty means the whole trail."""

    event: str = ""
    person: str = ""
    office: str = ""
    target: str = ""
    first: date | None = None
    last: date | None = None


def visible_to(user: Any, *, on: date) -> QuerySet[AuditEvent]:
    """The trail, for auditors of the whole service; it has no units, so a part of it cannot be given."""
    if user.scope(Permission.SEE_AUDIT, on=on).everywhere:
        return AuditEvent.objects.all()
    return AuditEvent.objects.none()


def found_by(events: QuerySet[AuditEvent], search: Search) -> QuerySet[AuditEvent]:
    """The rows that a search asks for, the newest first."""
    if search.event:
        events = events.filter(event=search.event)
    if search.person:
        events = events.filter(by_ref__in=refs_of(search.person))
    if search.office:
        events = events.filter(office__icontains=search.office)
    if search.target:
        named = {search.target.strip(), *refs_of(search.target), *refs_about(search.target)}
        events = events.filter(Q(target_ref__in=named) | Q(target_kind__iexact=search.target.strip()))
    if search.first:
        events = events.filter(at__gte=_midnight(search.first))
    if search.last:
        events = events.filter(at__lt=_midnight(search.last + timedelta(days=1)))
    return events.order_by("-sequence")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def refs_of(words: str) -> list[str]:
    """References of the accounts, and of the records behind them, that a name or a sign-in name means."""
    people = get_user_model()._default_manager.filter(_named(words))
    refs: set[str] = set(people.values_list("ref", flat=True)[:PEOPLE_LIMIT])
    refs |= {ref for ref in people.values_list("officer__ref", flat=True)[:PEOPLE_LIMIT] if ref}
    return sorted(refs)


def refs_about(words: str) -> set[str]:
    """References of the records that a service number means, whether or not its owner has an account. References alone:
    the trail shows nothing of what stands in them."""
    found: set[str] = set()
    for subject in settings.AUDIT_SUBJECTS:
        found |= import_string(subject)(words.strip())
    return found


def _named(words: str) -> Q:
    named = Q()
    for word in words.split():
        named &= Q(full_name__icontains=word)
    return Q(ref=words.strip()) | Q(login__iexact=words.strip()) | (named if words.strip() else Q(pk__in=[]))


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Names of the accounts behind references, in one statement."""
    wanted = {ref for ref in refs if ref}
    rows = get_user_model()._default_manager.filter(ref__in=wanted).values_list("ref", "full_name", "login")
    return {ref: f"{name} ({login})" for ref, name, login in rows}


def access_event(user: Any, sequence: int, *, on: date) -> AuditEvent:
    """One row of the trail. Errors: NotFound, the same for one that does not exist."""
    found = visible_to(user, on=on).filter(sequence=sequence).first()
    if found is None:
        raise NotFound(sequence)
    return found


def details_of(event: AuditEvent) -> list[tuple[str, str]]:
    """The codes and digests of a row, as label and value."""
    return [
        (key, value if isinstance(value, str) else json.dumps(value))
        for key, value in json.loads(event.details).items()
    ]


def is_named(event: AuditEvent, by_ref: str) -> bool:
    """Whether this auditor has put on record that he or she looked up the reader behind a file opening."""
    rows = AuditEvent.objects.filter(event=Event.READER_NAMED, target_kind=f"audit:{event.sequence}", by_ref=by_ref)
    return rows.exists()


def delays_visible_to(user: Any, *, on: date) -> QuerySet[DisclosureDelay]:
    """Delays of disclosure: those that wait first, then those in force, then the rest."""
    if not user.scope(Permission.DELAY_DISCLOSURE, on=on).everywhere:
        return DisclosureDelay.objects.none()
    return DisclosureDelay.objects.order_by("-asked_at", "-pk")


def access_delay(user: Any, ref: str, *, on: date) -> DisclosureDelay:
    """One delay. Errors: NotFound."""
    found = delays_visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def is_holding(delay: DisclosureDelay, *, on: date) -> bool:
    """Whether the delay holds something back on a day."""
    return delay.state == DelayState.APPROVED and delay.until_on > on
