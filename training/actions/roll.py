"""Taking a roll: who was at a meeting, yes or no. Sent once or ten times, the same marks leave the same roll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from training.models import Attendance, AttendanceSource, Cohort, Enrolment, Meeting, TrainingRuleCode
from training.policies import roll as policies
from training.queries import rules

__all__ = ["Answer", "Mark", "take_roll"]
AHEAD = timedelta(minutes=5)  # a phone's clock may be that much fast; a mark from later than that counts as of now


@dataclass(frozen=True)
class Mark:
    """One tap: which meeting, which trainee (by their references), there or not, and when it was tapped."""

    meeting: str
    trainee: str
    present: bool
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What became of a mark: "kept", "same" (it stood so already), "older" (a later tap stands), or why it was not taken.

    Shape: `stands` is what the roll says now, None where it says nothing.
    """

    mark: Mark
    said: str
    stands: bool | None = None


@action
def take_roll(marks: Sequence[Mark], *, by: Any, at: datetime, source: str = AttendanceSource.PHONE) -> list[Answer]:
    """This function will put marks on the rolls they belong to, the later tap winning, and answer each of them.

    A mark that may not be taken is answered with the reason and keeps no other from being taken.
    """
    meetings = _locked_meetings({each.meeting for each in marks})
    cohorts = {meeting.cohort_id: meeting.cohort for meeting in meetings.values()}
    on = timezone.localdate(at)
    mine = {pk for pk, cohort in cohorts.items() if policies.may_take(by, cohort, on=on)}
    trainees = _trainees(marks, mine)
    there = _there(meetings.values())
    days_late = rules.value(TrainingRuleCode.ROLL_DAYS_LATE, on)
    answers, kept = [], []
    for mark in sorted(marks, key=lambda each: each.at):
        meeting, trainee = meetings.get(mark.meeting), trainees.get(mark.trainee)
        if meeting is None or trainee is None or meeting.cohort_id != trainee.cohort_id:
            answers.append(Answer(mark, "unknown"))
            continue
        code = policies.why_not(cohorts[meeting.cohort_id], meeting, trainee, days_late=days_late, at=at)
        answer = Answer(mark, code) if code else _put(mark, meeting, trainee, there, by=by, at=at, source=source)
        answers.append(answer)
        kept += [meeting] if answer.said == "kept" else []
    _record(kept, cohorts, source, by=by, at=at)
    return answers


def _locked_meetings(refs: Iterable[str]) -> dict[str, Meeting]:
    """The meetings under a lock: two phones that send the same roll wait for each other."""
    list(Meeting.objects.select_for_update().filter(ref__in=refs).order_by("pk").values_list("pk"))
    found = Meeting.objects.filter(ref__in=refs).select_related("cohort__unit", "cohort__version")
    return {each.ref: each for each in found}


def _trainees(marks: Iterable[Mark], cohorts: Iterable[int]) -> dict[str, Enrolment]:
    rows = Enrolment.objects.filter(ref__in={each.trainee for each in marks}, cohort__in=list(cohorts))
    return {each.ref: each for each in rows}


def _there(meetings: Iterable[Meeting]) -> dict[tuple[int, int], Attendance]:
    rows = Attendance.objects.filter(meeting__in=[each.pk for each in meetings])
    return {(each.meeting_id, each.enrolment_id): each for each in rows}


def _put(
    mark: Mark,
    meeting: Meeting,
    trainee: Enrolment,
    there: dict[tuple[int, int], Attendance],
    *,
    by: Any,
    at: datetime,
    source: str,
) -> Answer:
    tapped = mark.at if mark.at <= at + AHEAD else at
    row = there.get((meeting.pk, trainee.pk))
    if row is not None and row.taken_at >= tapped:
        return Answer(mark, "same" if row.present == mark.present else "older", row.present)
    if row is None:
        row = there[meeting.pk, trainee.pk] = Attendance(meeting=meeting, enrolment=trainee)
    row.present, row.source, row.taken_by, row.taken_at = mark.present, source, by, tapped
    row._history_user, row._history_date = by, at  # type: ignore[attr-defined]
    row.save()
    return Answer(mark, "kept", row.present)


def _record(kept: Sequence[Meeting], cohorts: dict[int, Cohort], source: str, *, by: Any, at: datetime) -> None:
    """One row for each cohort: how many marks on how many rolls, never who was there."""
    for pk, cohort in cohorts.items():
        of_cohort = [each for each in kept if each.cohort_id == pk]
        if of_cohort:
            details = {"marks": len(of_cohort), "meetings": len({each.pk for each in of_cohort}), "source": str(source)}
            trail.record(Event.ROLL_TAKEN, target=cohort, by=by, at=at, details=details)
