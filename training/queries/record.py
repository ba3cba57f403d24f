"""What this module holds on one officer: for the file, and for the copy that the officer takes away."""

from __future__ import annotations

from datetime import date
from typing import Any

from personnel.models import Officer
from training import cohort_words as words
from training import reasons
from training.models import Attendance, Certificate, CohortStaff, Enrolment, Instructor, Nomination
from training.queries.own import Line, lines_of


def lines_on_file(officer: Officer) -> list[tuple[Line, Any, str]]:
    """The courses held through this system with state and certificate, the latest first. Three statements."""
    return [
        (each, words.TRAINEES[each.state], words.TRAINEE_TONES[each.state])
        for each in lines_of(officer)
        if each.enrolment is not None
    ]


def names_on_file(officer: Officer, *, on: date) -> list[tuple[Nomination, Any, str]]:
    """Names that stand for courses to come. One statement."""
    rows = Nomination.objects.filter(officer=officer, cohort__first_on__gte=on, state__in=words.STANDING)
    return [
        (each, words.NAMES[each.state], words.NAME_TONES[each.state])
        for each in rows.select_related("cohort__version__course", "cohort__unit").order_by("cohort__first_on")
    ]


def record_of(officer: Officer) -> dict[str, list[dict[str, Any]]]:
    """Everything, as flat plain values: names, courses, certificates, meetings, what the officer taught."""
    return {
        "training_names": _names(officer),
        "training_courses": _courses(officer),
        "training_certificates": _certificates(officer),
        "training_attendance": [
            {"course": str(each.meeting.cohort.version.course), "day": each.meeting.on, "meeting": each.meeting.title,
             "present": each.present}
            for each in Attendance.objects.filter(enrolment__officer=officer)
            .select_related("meeting__cohort__version__course")
            .order_by("meeting__on", "meeting__number")
        ],
        "training_taught": _taught(officer),
    }  # fmt: skip


def _names(officer: Officer) -> list[dict[str, Any]]:
    rows = Nomination.objects.filter(officer=officer).select_related(
        "cohort__version__course", "cohort__unit", "put_by", "signed_by", "decided_by"
    )
    return [
        {"course": str(each.cohort.version.course), "running": each.cohort.title, "held_by": each.cohort.unit.name,
         "how": str(words.SOURCES[each.source]), "put_forward_by": each.put_forward_by.full_name,
         "entered_by": each.put_by.full_name, "paper": each.paper, "put_forward_at": each.put_at,
         "words": each.reason, "state": str(words.NAMES[each.state]), "why": _why(each), "decided_at": each.decided_at,
         "decided_by": each.decided_by.full_name if each.decided_by else ""}
        for each in rows
    ]  # fmt: skip


def _why(nomination: Nomination) -> str:
    found = reasons.of(nomination.decision_code)
    return " ".join(each for each in (found.en if found else "", nomination.decision_note) if each)


def _courses(officer: Officer) -> list[dict[str, Any]]:
    rows = Enrolment.objects.filter(officer=officer).select_related("cohort__version__course", "cohort__unit", "letter")
    return [
        {"course": str(each.cohort.version.course), "running": each.cohort.title, "held_by": each.cohort.unit.name,
         "from": each.cohort.first_on, "until": each.cohort.last_on, "attempt": each.attempt,
         "state": str(words.TRAINEES[each.state]), "joined_on": each.joined_on, "left_on": each.left_on, "mark": each.mark,
         "result_on": each.result_on, "paper": each.result_paper, "note": each.result_note,
         "joining_letter": each.letter.number if each.letter else ""}
        for each in rows.order_by("cohort__first_on")
    ]  # fmt: skip


def _certificates(officer: Officer) -> list[dict[str, Any]]:
    rows = Certificate.objects.filter(enrolment__officer=officer).select_related(
        "letter", "enrolment__cohort__version__course"
    )
    return [
        {"course": str(each.enrolment.cohort.version.course), "number": each.letter.number, "issued_on": each.issued_on,
         "valid_until": each.expires_on, "withdrawn_on": each.withdrawn_on, "why_withdrawn": each.withdrawn_why}
        for each in rows.order_by("issued_on")
    ]  # fmt: skip


def _taught(officer: Officer) -> list[dict[str, Any]]:
    staff = CohortStaff.objects.filter(officer=officer).select_related("cohort__version__course", "cohort__unit")
    found = [
        {"as": str(each.get_role_display()), "course": str(each.cohort.version.course), "at": each.cohort.unit.name,
         "from": each.cohort.first_on, "until": each.cohort.last_on}
        for each in staff
    ]  # fmt: skip
    posts = Instructor.objects.filter(officer=officer).select_related("institution__unit")
    found += [
        {"as": "Instructor", "course": "", "at": each.institution.unit.name, "from": each.starts_on, "until": each.ends_on}
        for each in posts
    ]  # fmt: skip
    return found
