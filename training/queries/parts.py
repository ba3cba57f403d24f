"""One course at one institution, part by part: what is taught, by what papers, who said so, why it is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.sealed_files import SealedStorage
from organisation.queries import in_scope
from training.models import ArrearsReason, Course, Part, PartTaught, TeachingEvidence
from training.queries.integration import Line, Look, Matrix, courses_of


def in_force_at(place: Any, *, on: date) -> QuerySet[PartTaught]:
    """What is said of each part of a place (`training.actions.integration.Place`) on the day."""
    return PartTaught.objects.in_force(on).filter(**place.keys)


def evidence_of(place: Any) -> list[TeachingEvidence]:
    """Papers of a place that have not been withdrawn, newest first."""
    return list(TeachingEvidence.objects.filter(**place.keys, withdrawn_on__isnull=True).select_related("added_by"))


def access_course(user: Any, code: str, course: str, *, look: Look, today: date) -> tuple[Matrix, Line, Course]:
    """A course at an institution, if its training may be seen. Errors: NotFound, the same for every reason."""
    matrix, line = courses_of(user, Look(look.on), code, today=today)
    found = next((each for each in matrix.courses if each.code == course), None)
    if found is None or course not in line.cells:
        raise NotFound(f"{code}/{course}")
    return matrix, line, found


@dataclass(frozen=True)
class PartLine:
    """One part of the course: what is said of it now, its papers and those of the whole course, what was said before."""

    part: Part
    now: PartTaught | None
    evidence: list[TeachingEvidence]
    before: list[PartTaught]


def parts_of(place: Any, *, on: date) -> list[PartLine]:
    """Every part of the curriculum at a place, in its order. Two statements."""
    rows = PartTaught.objects.filter(**place.keys, starts_on__lte=on).select_related("marked_by", "confirmed_by")
    said: dict[str, list[PartTaught]] = {}
    for each in rows.order_by("-starts_on", "-pk"):
        said.setdefault(each.part_code, []).append(each)
    papers: dict[str, list[TeachingEvidence]] = {}
    for paper in evidence_of(place):
        papers.setdefault(paper.part_code, []).append(paper)
    lines = []
    for part in place.curriculum.parts:
        rows_of_part = said.get(part.code, [])
        now = next((each for each in rows_of_part if each.is_in_force(on)), None)
        before = [each for each in rows_of_part if each is not now and each.ends_on != each.starts_on]
        lines.append(PartLine(part, now, papers.get(part.code, []) + papers.get("", []), before))
    return lines


def reasons_of(place: Any) -> list[ArrearsReason]:
    """What the commandant has said of the course's arrears, newest first."""
    return list(ArrearsReason.objects.filter(**place.keys).select_related("given_by"))


def access_evidence(user: Any, ref: str, *, today: date) -> TeachingEvidence:
    """A paper, where the reader may see the training of its institution. Errors: NotFound."""
    scope = user.scope(Permission.SEE_TRAINING, on=today)
    found = (
        TeachingEvidence.objects.filter(in_scope(scope, on=today, field="institution__unit"), ref=ref)
        .select_related("institution__unit", "course", "programme")
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def opened(evidence: TeachingEvidence) -> Any:
    """The paper itself, decrypted."""
    return SealedStorage().open(evidence.file)
