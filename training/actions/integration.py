"""Writing the integration matrix: marks, confirmations, evidence, reasons for arrears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.imports.sealed_files import SealedStorage
from hcims.references import new_reference
from training.models import ArrearsReason, Course, Institution, PartTaught, TeachingEvidence
from training.policies import integration as policies
from training.queries import parts as queries
from training.queries.integration import Curriculum


@dataclass(frozen=True)
class Place:
    """A course at an institution, under the curriculum whose parts it is to carry."""

    institution: Institution
    course: Course
    curriculum: Curriculum

    @property
    def keys(self) -> dict[str, Any]:
        return {"institution": self.institution, "course": self.course, "programme": self.curriculum.programme}

    @property
    def target(self) -> str:
        """As the trail names it."""
        return f"matrix:{self.institution.unit.code}/{self.course.code}"


@action
def mark_parts(
    *, place: Place, parts: Sequence[str], state: str, minutes: int, by: User, on: date, at: datetime
) -> list[PartTaught]:
    """This function will say of these parts what is taught from today on; what was said before ends. Nothing is confirmed yet.

    Errors: NotAllowed; RuleBroken for a part, a course or a time that cannot be. Parts marked so already are left alone.
    """
    policies.check_can_run(by, place.institution, on=on)
    policies.check_is_given(place.institution, place.course, on=on)
    policies.check_parts(place.curriculum, parts)
    policies.check_minutes(state, minutes)
    held = {each.part_code: each for each in queries.in_force_at(place, on=on).select_for_update()}
    changed = [code for code in parts if not _says_so(held.get(code), state, minutes)]
    PartTaught.objects.filter(pk__in=[held[code].pk for code in changed if code in held]).update(ends_on=on)
    made = [
        PartTaught.objects.create(
            **place.keys, part_code=code, state=state, minutes=minutes, marked_by=by, marked_at=at, starts_on=on
        )
        for code in changed
    ]
    if made:
        details = {"parts": changed, "state": state, "minutes": minutes}
        trail.record(Event.INTEGRATION_MARKED, target=place.target, by=by, at=at, details=details)
    return made


def _says_so(row: PartTaught | None, state: str, minutes: int) -> bool:
    return row is not None and (row.state, row.minutes) == (state, minutes)


@action
def confirm_parts(*, place: Place, parts: Sequence[str], by: User, on: date, at: datetime) -> int:
    """This function will confirm what was marked of these parts, and say how many. Errors: NotAllowed, RuleBroken."""
    policies.check_can_command(by, place.institution, on=on)
    waiting = queries.in_force_at(place, on=on).filter(part_code__in=parts, confirmed_by__isnull=True)
    rows = list(waiting.select_for_update())
    policies.check_can_confirm(by, rows, queries.evidence_of(place))
    PartTaught.objects.filter(pk__in=[each.pk for each in rows]).update(confirmed_by=by, confirmed_at=at)
    details = {"parts": [each.part_code for each in rows]}
    trail.record(Event.INTEGRATION_CONFIRMED, target=place.target, by=by, at=at, details=details)
    return len(rows)


@action
def add_evidence(
    *, place: Place, part_code: str, kind: str, title: str, file: ContentFile, by: User, on: date, at: datetime
) -> TeachingEvidence:
    """This function will keep a paper that shows what is planned or taught, encrypted. `file` comes checked from
    `training.evidence_files`. Errors: NotAllowed; RuleBroken for a part that is none."""
    policies.check_can_run(by, place.institution, on=on)
    policies.check_is_given(place.institution, place.course, on=on)
    if part_code:
        policies.check_parts(place.curriculum, [part_code])
    ending = str(file.name).rsplit(".", 1)[-1]
    name = SealedStorage().save(f"training-evidence/{new_reference()}.{ending}", file)
    kept = TeachingEvidence.objects.create(
        **place.keys, part_code=part_code, kind=kind, title=title, file=name, file_name=f"evidence.{ending}", size=file.size,
        added_by=by, added_at=at,
    )  # fmt: skip
    details = {"part": part_code, "kind": kind, "place": place.target}
    trail.record(Event.TEACHING_EVIDENCE_ADDED, target=kept, by=by, at=at, details=details)
    return kept


@action
def withdraw_evidence(*, evidence: TeachingEvidence, by: User, on: date, at: datetime) -> None:
    """This function will take a paper out of the matrix; the file stays on record. Errors: NotAllowed."""
    policies.check_can_run(by, evidence.institution, on=on)
    evidence.withdrawn_on = on
    evidence.save(update_fields=["withdrawn_on"])
    trail.record(Event.TEACHING_EVIDENCE_ADDED, target=evidence, by=by, at=at, details={"withdrawn": True})


@action
def give_reason(
    *,
    place: Place,
    reason: str,
    need: str,
    need_words: str,
    expected_on: date,
    is_in_arrears: bool,
    by: User,
    on: date,
    at: datetime,
) -> ArrearsReason:
    """This function will keep the commandant's reason for a course that is behind, what is needed, and by when.

    `is_in_arrears` as the matrix says. Errors: NotAllowed; RuleBroken for a course that is not behind or a day that has passed.
    """
    policies.check_can_command(by, place.institution, on=on)
    policies.check_is_given(place.institution, place.course, on=on)
    policies.check_reason(is_in_arrears, reason, expected_on, on=on)
    given = ArrearsReason.objects.create(
        **place.keys, reason=reason.strip(), need=need, need_words=need_words.strip(), expected_on=expected_on, given_by=by,
        given_at=at,
    )  # fmt: skip
    details = {"need": need, "expected_on": expected_on, "place": place.target}
    trail.record(Event.ARREARS_EXPLAINED, target=given, by=by, at=at, details=details)
    return given
