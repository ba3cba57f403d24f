"""Establishment versions: drafted, submitted, sent back or put in force by another person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.access.holders import holders_of
from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from organisation.actions.lines import put_in_force
from organisation.models import EstablishmentChange, EstablishmentVersion, Unit, VersionState
from organisation.policies import establishment as policies
from organisation.queries.versions import Cell, posts_on


@action
def draft_version(
    *, baseline: str, title: str, authority: str, unit: Unit, effective_on: date, by: Any, at: datetime
) -> EstablishmentVersion:
    """This function will start a version for a unit and all below it; it changes nothing until it is approved."""
    policies.check_can_draft(by, unit, at)
    policies.check_facts(title=title, authority=authority)
    version = EstablishmentVersion.objects.create(
        baseline=baseline, title=title.strip(), authority=authority.strip(), unit=unit, effective_on=effective_on,
        drafted_by=by, drafted_at=at,
    )  # fmt: skip
    details = {"baseline": baseline, "unit": unit.code, "on": effective_on}
    trail.record(Event.ESTABLISHMENT_DRAFTED, target=version, by=by, at=at, source=authority, details=details)
    return version


@action
def revise_version(
    *, version: EstablishmentVersion, title: str, authority: str, effective_on: date, by: Any, at: datetime
) -> EstablishmentVersion:
    """This function will change a draft's title, paper or day."""
    version = _locked(version)
    policies.check_can_edit(by, version, at)
    policies.check_facts(title=title, authority=authority)
    version.title, version.authority, version.effective_on = title.strip(), authority.strip(), effective_on
    policies.check_in_area(version, set(version.changes.values_list("unit", flat=True)))
    version.save(update_fields=["title", "authority", "effective_on"])
    trail.record(Event.ESTABLISHMENT_DRAFTED, target=version, by=by, at=at, source=authority, details={"revised": True})
    return version


@action
def set_posts(*, version: EstablishmentVersion, cells: Mapping[Cell, int], by: Any, at: datetime) -> int:
    """This function will write cells of a draft and say how many cells the whole version now changes.

    A cell equal to what is in force on the version's day is no change, and leaves the version. Cells not given stay.
    """
    version = _locked(version)
    policies.check_can_edit(by, version, at)
    units = {unit for unit, _rank, _skill in cells}
    policies.check_in_area(version, units)
    for posts in cells.values():
        policies.check_number(posts)
    present = posts_on(Q(unit__in=units), baseline=version.baseline, on=version.effective_on)
    entered = {(each.unit_id, each.rank_id, each.skill_id): each for each in version.changes.filter(unit__in=units)}
    stale = [entered[cell].pk for cell in cells if cell in entered]
    version.changes.filter(pk__in=stale).delete()
    EstablishmentChange.objects.bulk_create(
        EstablishmentChange(version=version, unit_id=unit, rank_id=rank, skill_id=skill, posts=posts)
        for (unit, rank, skill), posts in cells.items()
        if posts != present.get((unit, rank, skill), 0)
    )
    count = version.changes.count()
    trail.record(
        Event.ESTABLISHMENT_DRAFTED, target=version, by=by, at=at, details={"cells": len(cells), "changes": count}
    )
    return count


@action
def submit_version(*, version: EstablishmentVersion, by: Any, at: datetime) -> EstablishmentVersion:
    """This function will hand a draft to the approving authority."""
    policies.check_can_edit(by, version, at)
    policies.check_has_changes(version)
    _say(version, "")
    on = timezone.localdate(at)
    deciders = [each for each in holders_of(Permission.APPROVE_ESTABLISHMENT, at=version.unit, on=on) if each != by]
    notify_many(deciders, Notice.ESTABLISHMENT_TO_APPROVE, at=at, by=by, link=_page_of(version))
    return workflow.move(version, VersionState.SUBMITTED, by=by, at=at, decided_by=None, decided_at=None)


@action
def return_version(*, version: EstablishmentVersion, note: str, by: Any, at: datetime) -> EstablishmentVersion:
    """This function will send a submitted version back to its drafter, with the reason."""
    policies.check_can_decide(by, version, at)
    _check_reason(note)
    _say(version, note)
    notify(version.drafted_by, Notice.ESTABLISHMENT_DECIDED, at=at, by=by, link=_page_of(version))
    return workflow.move(version, VersionState.RETURNED, by=by, at=at, note=note, decided_by=by, decided_at=at)


@action
def withdraw_version(*, version: EstablishmentVersion, note: str, by: Any, at: datetime) -> EstablishmentVersion:
    """This function will end a version that never came in force; it stays readable."""
    policies.check_can_withdraw(by, version, at)
    _check_reason(note)
    _say(version, note)
    return workflow.move(version, VersionState.WITHDRAWN, by=by, at=at, note=note)


@action
def approve_version(*, version: EstablishmentVersion, by: Any, at: datetime, note: str = "") -> EstablishmentVersion:
    """This function will put a submitted version in force: the old lines end on its day and the new ones begin."""
    policies.check_can_decide(by, version, at)
    policies.check_in_area(version, set(version.changes.values_list("unit", flat=True)))
    _say(version, note)
    workflow.move(version, VersionState.IN_FORCE, by=by, at=at, note=note, decided_by=by, decided_at=at)
    notify(version.drafted_by, Notice.ESTABLISHMENT_DECIDED, at=at, by=by, link=_page_of(version))
    details = put_in_force(version)
    trail.record(Event.ESTABLISHMENT_IN_FORCE, target=version, by=by, at=at, source=version.authority, details=details)
    return version


def _locked(version: EstablishmentVersion) -> EstablishmentVersion:
    return (
        EstablishmentVersion.objects.select_for_update(of=("self",))
        .select_related("unit", "drafted_by")
        .get(pk=version.pk)
    )


def _say(version: EstablishmentVersion, note: str) -> None:
    """Keep the decider's words on the version itself, where the drafter reads them."""
    version.note = note.strip()
    version.save(update_fields=["note"])


def _page_of(version: EstablishmentVersion) -> str:
    return f"/establishment/{version.ref}/"


def _check_reason(note: str) -> None:
    if not note.strip():
        raise RuleBroken(_("Give the reason in a sentence: the drafter will read it."))
