"""Skills that wait to be checked, and one entry with access in the same statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from personnel.models import CourseAttended, EvidenceState, QualificationHeld, SkillHeld
from personnel.queries.members import reach


def skills_to_check(user: Any, *, on: date) -> QuerySet[SkillHeld]:
    """Claims whose evidence the user may check, the oldest first; one's own is for somebody else."""
    scope = user.scope(Permission.VERIFY_SKILLS, on=on)
    return (
        SkillHeld.objects.filter(in_scope(scope, on=on, field="officer__unit"), state=EvidenceState.UNVERIFIED)
        .exclude(officer__user=user)
        .select_related("officer__rank", "officer__unit", "skill__category")
        .order_by("submitted_at", "pk")
    )


def access_skill_held(user: Any, ref: str, *, on: date, permission: Permission, own: bool = False) -> SkillHeld:
    """One skill entry of an officer in reach of the permission, or (`own`) on one's own record. Errors: NotFound."""
    return _access(SkillHeld, user, ref, on, permission, own=own)


def access_learning(
    user: Any, kind: str, ref: str, *, on: date, permission: Permission
) -> QualificationHeld | CourseAttended:
    """One qualification or course of an officer in reach of the permission, or of one's own. Errors: NotFound."""
    return _access({"qualification": QualificationHeld, "course": CourseAttended}[kind], user, ref, on, permission)


def _access(model: Any, user: Any, ref: str, on: date, permission: Permission, *, own: bool = False) -> Any:
    found = model.objects.filter(reach(user, permission, on, officer="officer__", own=own), ref=ref)
    record = found.select_related("officer__unit", "officer__rank").first()
    if record is None:
        raise NotFound(ref)
    return record
