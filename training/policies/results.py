"""Who calls trainees, records who came, enters and corrects results, and issues or withdraws certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.errors import InvalidTransition, RuleBroken
from training.models import Certificate, Cohort, CohortState, Enrolment, EnrolmentState
from training.policies.cohorts import FAIR, check_is_not_about_oneself, check_runs, check_words

ASSESSMENT = "Assessment of the course version"
ON_PAPER = "Service records: every change rests on a paper (letter, order, minute) that can be asked for"
JOINING = "Joining of the course"


def check_can_call(by: Any, cohort: Cohort, *, on: date) -> None:
    """Whoever runs the training, before the course begins."""
    check_runs(by, cohort.unit, on=on)
    if cohort.state not in (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED):
        raise InvalidTransition(_("Nobody is called to this course now: %(state)s.") % {"state": _state(cohort)})
    if on > cohort.last_on:
        raise RuleBroken(_("The last day of this course is over."), JOINING)


def check_says_why_late(due: date | None, reason: str, *, on: date) -> None:
    """Letters after the day of the rule go out with the reason on record. Errors: RuleBroken without one."""
    if due is not None and on > due:
        day = date_format(due, "j F Y")
        check_words(
            reason, _("Joining letters were due by %(day)s. Say in a sentence why they go out late.") % {"day": day}
        )


def check_records_joining(by: Any, cohort: Cohort, *, on: date) -> None:
    """From the first day on, once trainees are called; whoever comes second is told so."""
    check_runs(by, cohort.unit, on=on)
    if cohort.state == CohortState.RUNNING:
        raise InvalidTransition(_("The first day of this course is recorded already. Read the page again."))
    if cohort.state != CohortState.CALLED:
        raise InvalidTransition(_("Trainees of this course are not called yet: %(state)s.") % {"state": _state(cohort)})
    if on < cohort.first_on:
        raise RuleBroken(_("The course has not begun: who came is recorded from the first day on."), JOINING)


def check_can_change_trainee(by: Any, enrolment: Enrolment, *, on: date) -> None:
    """Whoever runs the training, never about himself or herself, while the course runs."""
    check_runs(by, enrolment.cohort.unit, on=on)
    check_is_not_about_oneself(by, enrolment.officer)
    if enrolment.cohort.state != CohortState.RUNNING:
        raise InvalidTransition(_("This course is not running: %(state)s.") % {"state": _state(enrolment.cohort)})


def passes(enrolment: Enrolment, mark: int | None, passed: bool | None) -> bool:
    """Whether the result is a pass: by the mark where the version has a pass mark. Errors: RuleBroken without either."""
    limit = enrolment.cohort.version.pass_mark
    if limit is None:
        if passed is None:
            raise RuleBroken(_("Say whether the trainee passed."), ASSESSMENT)
        return passed
    if mark is None:
        raise RuleBroken(_("This course has a pass mark of %(mark)s: enter the mark.") % {"mark": limit}, ASSESSMENT)
    if not 0 <= mark <= 100:
        raise RuleBroken(_("A mark is a number from 0 to 100."), ASSESSMENT)
    if passed is not None and passed != (mark >= limit):
        raise RuleBroken(
            _("The mark is %(mark)s and the pass mark %(limit)s: the result does not fit it.")
            % {"mark": mark, "limit": limit},
            ASSESSMENT,
        )
    return mark >= limit


def check_attendance(share: int | None, needed: int, basis: str) -> None:
    """Errors: RuleBroken for a pass with less attendance than the rule asks for. No roll taken: nothing is known."""
    if share is not None and share < needed:
        raise RuleBroken(
            _("Present at %(share)s of 100 meetings; %(needed)s are needed to pass. Mend the roll if it is wrong.")
            % {"share": share, "needed": needed},
            basis,
        )


def check_can_enter_result(by: Any, enrolment: Enrolment, *, on: date) -> None:
    """Whoever runs the training, for a trainee who joined; never one's own."""
    check_can_change_trainee(by, enrolment, on=on)
    if enrolment.state in (EnrolmentState.PASSED, EnrolmentState.FAILED):
        raise InvalidTransition(
            _("A result of %(officer)s stands already: %(state)s. Correct it with a paper.")
            % {"officer": enrolment.officer, "state": enrolment.get_state_display()}
        )
    if enrolment.state != EnrolmentState.JOINED:
        raise InvalidTransition(
            _("%(officer)s did not stay on the course: %(state)s.")
            % {"officer": enrolment.officer, "state": enrolment.get_state_display()}
        )


def check_can_correct_result(by: Any, enrolment: Enrolment, *, paper: str, note: str, on: date) -> None:
    """With a paper and a reason, by whoever runs the training; never one's own."""
    check_runs(by, enrolment.cohort.unit, on=on)
    check_is_not_about_oneself(by, enrolment.officer)
    if enrolment.state not in (EnrolmentState.PASSED, EnrolmentState.FAILED):
        raise InvalidTransition(_("No result stands that could be corrected."))
    if len(paper.strip()) < 3:
        raise RuleBroken(_("Name the paper that this rests on: its kind, number and date."), ON_PAPER)
    check_words(note, _("Say in a sentence why the result was wrong: the officer reads it."))


def check_can_take_back_result(by: Any, enrolment: Enrolment, certificate: Certificate | None, *, on: date) -> None:
    """Whoever runs the training, while the course runs and no certificate is out; never one's own."""
    check_can_change_trainee(by, enrolment, on=on)
    if enrolment.state not in (EnrolmentState.PASSED, EnrolmentState.FAILED):
        raise InvalidTransition(_("No result stands that could be taken back."))
    if certificate is not None:
        raise RuleBroken(
            _("Certificate %(number)s stands on this result. Withdraw it first, with its reason.")
            % {"number": certificate.letter.number},
            ASSESSMENT,
        )


def check_can_finish(by: Any, cohort: Cohort, *, on: date) -> None:
    """When everybody who joined has a result."""
    check_runs(by, cohort.unit, on=on)
    left = cohort.enrolments.filter(state=EnrolmentState.JOINED).count()
    if left:
        raise RuleBroken(
            _("%(n)s trainees have no result yet. Enter it, or record that they left.") % {"n": left}, ASSESSMENT
        )


def check_can_certify(by: Any, cohort: Cohort, *, on: date) -> None:
    """Whoever runs the training, for a course that is running or over."""
    check_runs(by, cohort.unit, on=on)
    if cohort.state not in (CohortState.RUNNING, CohortState.FINISHED):
        raise InvalidTransition(_("No certificate is issued for this course: %(state)s.") % {"state": _state(cohort)})


def check_can_withdraw_certificate(by: Any, certificate: Certificate, *, reason: str, on: date) -> None:
    """Whoever runs the training, with a reason; never one's own."""
    check_runs(by, certificate.enrolment.cohort.unit, on=on)
    check_is_not_about_oneself(by, certificate.enrolment.officer)
    if certificate.withdrawn_on is not None:
        raise InvalidTransition(_("This certificate is withdrawn already."))
    check_words(reason, _("Say in a sentence why: the officer reads it."))


def _state(cohort: Cohort) -> str:
    return str(cohort.get_state_display())


__all__ = [
    "FAIR",
    "check_attendance",
    "check_can_call",
    "check_can_certify",
    "check_can_change_trainee",
    "check_can_correct_result",
    "check_can_enter_result",
    "check_can_finish",
    "check_can_take_back_result",
    "check_can_withdraw_certificate",
    "check_records_joining",
    "check_says_why_late",
    "passes",
]
