"""Versions of curricula and courses that wait: for the director's word, or for whoever drafts them to go on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hcims.access.permissions import Permission as P
from training.models import CourseVersion, CurriculumVersion, VersionState

UNDECIDED = (VersionState.DRAFT, VersionState.SUBMITTED)


def holds(user: Any, permission: P, *, on: date) -> bool:
    """Whether the user holds the permission anywhere: curricula and courses are the whole service's."""
    return bool(user.can(permission, on=on))


def works_on_versions(user: Any, *, on: date) -> bool:
    """Whether the user sees drafts: whoever drafts or approves does, everyone else sees what is approved."""
    return holds(user, P.DRAFT_CURRICULA, on=on) or holds(user, P.APPROVE_CURRICULA, on=on)


def seen_by(user: Any, *, on: date) -> Q:
    """A filter for the versions that the user may read."""
    return Q() if works_on_versions(user, on=on) else Q(state=VersionState.APPROVED)


def to_approve(user: Any, *, on: date) -> tuple[QuerySet[CurriculumVersion], QuerySet[CourseVersion]]:
    """Versions that wait for this user: submitted by somebody else."""
    if not holds(user, P.APPROVE_CURRICULA, on=on):
        return CurriculumVersion.objects.none(), CourseVersion.objects.none()
    waits = Q(state=VersionState.SUBMITTED)
    return (
        CurriculumVersion.objects.filter(waits).exclude(drafted_by=user),
        CourseVersion.objects.filter(waits).exclude(drafted_by=user),
    )


def in_draft(user: Any, *, on: date) -> tuple[QuerySet[CurriculumVersion], QuerySet[CourseVersion]]:
    """Drafts that somebody has begun and not submitted, for those who draft."""
    if not holds(user, P.DRAFT_CURRICULA, on=on):
        return CurriculumVersion.objects.none(), CourseVersion.objects.none()
    begun = Q(state=VersionState.DRAFT)
    return CurriculumVersion.objects.filter(begun), CourseVersion.objects.filter(begun)
