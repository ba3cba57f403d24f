"""One trainee of a cohort: papers, attendance, what happened, and what may be put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hcims.ui.parts import Moment
from training import cohort_words, reasons
from training.models import Certificate, CohortState, Enrolment, EnrolmentState
from training.queries.attendance import Needed, Share, needed_for, shares_of
from training.queries.cohort_page import linked


@dataclass(frozen=True)
class Page:
    """What the page shows."""

    share: Share | None
    needed: Needed
    certificates: list[Certificate]
    moments: list[Moment]
    is_linked: bool
    given: reasons.Reason | None
    deeds: set[str]


def page_of(user: Any, enrolment: Enrolment, *, on: date) -> Page:
    """The page for this reader."""
    nomination = enrolment.nomination
    return Page(
        share=shares_of(enrolment.cohort).get(enrolment.pk),
        needed=needed_for(enrolment.cohort, on=on),
        certificates=list(enrolment.certificates.select_related("letter")),
        moments=_moments(enrolment),
        is_linked=enrolment.officer_id in linked(user, [enrolment.officer_id], on=on),
        given=reasons.of(nomination.decision_code) if nomination is not None else None,
        deeds=_deeds(user, enrolment),
    )


def _deeds(user: Any, enrolment: Enrolment) -> set[str]:
    if enrolment.officer.user_id == user.pk:
        return set()
    found = set()
    if enrolment.cohort.state == CohortState.RUNNING:
        if enrolment.state in (EnrolmentState.NO_SHOW, EnrolmentState.LEFT):
            found.add("joined")
        if enrolment.state == EnrolmentState.JOINED:
            found.add("left")
    if enrolment.state in (EnrolmentState.PASSED, EnrolmentState.FAILED):
        found.add("correct")
    return found


def _moments(enrolment: Enrolment) -> list[Moment]:
    rows = enrolment.history.select_related("history_user").order_by("-history_date", "-history_id")  # type: ignore[attr-defined]
    found, before = [], None
    for row in reversed(list(rows)):
        if before is not None and (before.state, before.mark) == (row.state, row.mark):
            before = row
            continue
        before = row
        mark = f" ({row.mark})" if row.mark is not None else ""
        by = row.history_user.full_name if row.history_user else ""
        found.append(Moment(row.history_date, f"{cohort_words.TRAINEES[row.state]}{mark}", by, row.result_note))
    return found[::-1]
