"""What versions of curricula and of courses have in common: begun as a copy, submitted, approved by a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.utils import timezone

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.workflow import move
from personnel.validity import months_after
from training.models import CourseVersion, CurriculumVersion, VersionState
from training.policies import versions as policies

V = TypeVar("V", CourseVersion, CurriculumVersion)
FACTS = ("starts_on", "authority", "note")
DRAFTED = {CurriculumVersion: Event.CURRICULUM_DRAFTED, CourseVersion: Event.COURSE_DRAFTED}
APPROVED = {CurriculumVersion: Event.CURRICULUM_APPROVED, CourseVersion: Event.COURSE_APPROVED}


def begin(owner: Any, name: str, *, by: Any, at: datetime, **facts: Any) -> tuple[Any, Any]:
    """A new draft of `owner`'s next version, and the version it copies, if there is one. Call inside an action."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    policies.check_none_begun(owner.versions)
    last = owner.versions.order_by("-number").first()
    before = owner.versions.filter(state=VersionState.APPROVED).order_by("-number").first() or last
    number = last.number + 1 if last else 1
    facts.setdefault("starts_on", months_after(timezone.localdate(at).replace(day=1), 1))  # as proposed: the next month
    fields = {"authority": before.authority if before else "", "drafted_by": by, "drafted_at": at, "hands": [by.ref]}
    draft = owner.versions.model(**{name: owner}, number=number, **{**fields, **facts})
    draft.save()
    trail.record(DRAFTED[type(draft)], target=draft, by=by, at=at, details={"number": number, "of": owner.code})
    return draft, before


def write_in(version: V, *, by: Any, at: datetime, facts: dict[str, Any]) -> V:
    """The draft, locked and changed, with this hand among those that wrote in it. Call inside an action."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    locked: Any = type(version)._default_manager.select_for_update(of=("self",)).get(pk=version.pk)
    policies.check_is_draft(locked)
    for name, value in facts.items():
        setattr(locked, name, value)
    if locked.drafted_by_id is None:
        locked.drafted_by, locked.drafted_at = by, at
    locked.hands = sorted({*locked.hands, by.ref})
    locked.save()
    return locked  # type: ignore[no-any-return]


def record_written(version: Any, *, by: Any, at: datetime, **details: Any) -> None:
    """The line of the trail that says that a draft was changed."""
    trail.record(DRAFTED[type(version)], target=version, by=by, at=at, source=version.authority, details=details)


@action
def submit(*, version: V, by: Any, at: datetime) -> V:
    """This function will put a draft before the director. Whoever submits it stands for it: he or she does not approve it."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    policies.check_complete(version)
    hands = sorted({*version.hands, by.ref})
    drafter = {} if version.drafted_by_id else {"drafted_by": by, "drafted_at": at}
    return move(version, VersionState.SUBMITTED, by=by, at=at, hands=hands, **drafter)


@action
def approve(*, version: V, by: Any, at: datetime, note: str = "") -> V:
    """This function will approve a version: from its first day it takes the place of the one before, which ends then."""
    on = timezone.localdate(at)
    policies.check_can_approve(by, version, on=on)
    before = followed_by(version)
    policies.check_follows(version, before, on=on)
    if before is not None and (before.ends_on is None or before.ends_on > version.starts_on):
        before.ends_on = version.starts_on
        before.save(update_fields=["ends_on"])
    decided = {"decided_by": by, "decided_at": at, "decision_note": note}
    move(version, VersionState.APPROVED, by=by, at=at, note=note, **decided)
    details = {"from": version.starts_on, "follows": before.number if before else None}
    trail.record(APPROVED[type(version)], target=version, by=by, at=at, source=version.authority, details=details)
    return version


@action
def send_back(*, version: V, by: Any, at: datetime, note: str) -> V:
    """This function will return a version that waits to whoever drafts it, with what is to be mended."""
    policies.check_can_approve(by, version, on=timezone.localdate(at))
    policies.check_said(note)
    return move(version, VersionState.DRAFT, by=by, at=at, note=note, decision_note=note)


@action
def withdraw(*, version: V, by: Any, at: datetime, note: str) -> V:
    """This function will give a draft up; its number is not used again."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    policies.check_said(note)
    return move(version, VersionState.WITHDRAWN, by=by, at=at, note=note, decision_note=note)


def followed_by(version: Any) -> Any:
    """The approved version that this one would take the place of, locked."""
    owner = {version.owner_name: getattr(version, f"{version.owner_name}_id")}
    approved = type(version)._default_manager.filter(**owner, state=VersionState.APPROVED).exclude(pk=version.pk)
    return approved.select_for_update(of=("self",)).order_by("-starts_on").first()


def end_on(thing: Any, day: date) -> None:
    """This function will end something dated. Call inside an action, after the policy has been checked."""
    thing.ends_on = day
    thing.save(update_fields=["ends_on"])
