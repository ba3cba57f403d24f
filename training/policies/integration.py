"""Who marks a part as taught, who confirms it, who answers for what is behind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from hcims.periods import in_force
from training.cells import CODES, TAUGHT
from training.models import Course, CourseOffered, Institution, PartTaught, TeachingEvidence, TeachingState
from training.queries.integration import Curriculum

ORDER = "Order of the Inspector General: Muamko Mpya in all courses at all NPS training institutions"


def check_can_run(by: Any, institution: Institution, *, on: date) -> None:
    """This function will refuse whoever does not keep the courses of the institution."""
    if not by.can(Permission.RUN_TRAINING, at=institution.unit, on=on):
        raise NotAllowed(_("This is kept by the training officer of %(unit)s.") % {"unit": institution.unit})


def check_can_command(by: Any, institution: Institution, *, on: date) -> None:
    """This function will refuse whoever does not command the institution."""
    if not by.can(Permission.COMMAND_TRAINING, at=institution.unit, on=on):
        raise NotAllowed(_("This is for the commandant of %(unit)s.") % {"unit": institution.unit})


def check_is_given(institution: Institution, course: Course, *, on: date) -> None:
    """This function will refuse a course that the institution does not give."""
    if not CourseOffered.objects.filter(in_force(on), institution=institution, course=course).exists():
        raise RuleBroken(
            _("%(course)s is not given here. Add it to the courses of the institution first.") % {"course": course}
        )


def check_parts(chosen: Curriculum, parts: Collection[str]) -> None:
    """This function will refuse parts that the curriculum does not have, and none at all."""
    if not parts:
        raise RuleBroken(_("Tick at least one part."))
    if set(parts) - {each.code for each in chosen.parts}:
        raise RuleBroken(_("The curriculum has no such part any more. Read the page again."))


def check_minutes(state: str, minutes: int) -> None:
    """This function will refuse a part that is taught in no time."""
    if CODES.index(state) >= TAUGHT and not minutes:
        raise RuleBroken(_("Enter how many minutes it is given in one running of the course."))


def check_can_confirm(by: Any, rows: Sequence[PartTaught], evidence: Sequence[TeachingEvidence]) -> None:
    """This function will refuse what cannot be confirmed: one's own marks, nothing taught, or nothing to show for it."""
    if not rows:
        raise RuleBroken(_("Nothing here waits to be confirmed."))
    if any(each.marked_by_id == by.pk for each in rows):
        raise RuleBroken(_("You marked a part of this yourself. Whoever marked it does not confirm it."), ORDER)
    if any(each.state == TeachingState.NONE for each in rows):
        raise RuleBroken(_("A part that is not taught is not confirmed."))
    covered = {each.part_code for each in evidence}
    if "" not in covered and any(each.part_code not in covered for each in rows):
        raise RuleBroken(
            _("Attach a timetable, a lesson plan or another paper first: there is nothing to confirm it by."), ORDER
        )


def check_reason(is_in_arrears: bool, reason: str, expected_on: date, *, on: date) -> None:
    """This function will refuse a reason where nothing is behind, and one that promises nothing."""
    if not is_in_arrears:
        raise RuleBroken(_("This course is not in arrears: there is nothing to give a reason for."))
    if not reason.strip():
        raise RuleBroken(_("Say in a sentence why it is behind."))
    if expected_on < on:
        raise RuleBroken(_("Name a day to come by which it will be carried out."))
