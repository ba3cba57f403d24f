"""What the page of one cohort shows, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from hcims.access.permissions import Permission
from personnel.models import Officer
from personnel.queries import visible_to as officers_visible_to
from training.models import (
    Certificate,
    Cohort,
    CohortStaff,
    CohortState,
    Enrolment,
    EnrolmentState,
    NominationState,
    StaffRole,
)
from training.queries import cohorts, letters
from training.queries.attendance import Needed, needed_for, shares_of


def counts_by_state(user: Any, *, on: date) -> dict[str, int]:
    """How many cohorts the reader sees in each state. One statement."""
    rows = cohorts.visible_to(user, on=on).values_list("state").annotate(n=Count("pk")).order_by()
    return dict(rows)


@dataclass
class Page:
    """Counts, seats, trainees and the deeds open to this reader."""

    runs: bool
    counts: cohorts.Counts
    shares: list[Any]
    open_seats: int
    staff: list[CohortStaff]
    trainees: list[Enrolment]
    linked: set[int]
    needed: Needed | None
    deeds: set[str]
    call_by: date | None
    is_late_to_call: bool

    @property
    def waiting(self) -> int:
        """Names nobody has answered yet."""
        return self.counts.names(NominationState.PROPOSED)

    @property
    def on_list(self) -> int:
        """Names on the waiting list."""
        return self.counts.names(NominationState.WAITING)

    @property
    def given(self) -> int:
        """Seats given."""
        return self.counts.names(NominationState.ACCEPTED)

    @property
    def on_course(self) -> int:
        """Trainees who joined, whatever came of it."""
        return self.counts.trainees(EnrolmentState.JOINED, EnrolmentState.PASSED, EnrolmentState.FAILED)

    @property
    def passed(self) -> int:
        """Those who passed."""
        return self.counts.trainees(EnrolmentState.PASSED)

    @property
    def failed(self) -> int:
        """Those who did not pass."""
        return self.counts.trainees(EnrolmentState.FAILED)

    @property
    def no_shows(self) -> int:
        """Those who did not come."""
        return self.counts.trainees(EnrolmentState.NO_SHOW)


def page_of(user: Any, cohort: Cohort, *, on: date) -> Page:
    """The page for this reader."""
    counts = cohorts.counts_of(cohort)
    shares = list(cohort.shares.select_related("region"))
    runs = cohorts.runs_here(user, cohort, on=on)
    trainees = trainees_of(cohort, on=on)
    call_by = letters.due_by(cohort, on=on)
    certified = sum(1 for each in trainees if _has_certificate(each))
    return Page(
        runs=runs,
        counts=counts,
        shares=shares,
        open_seats=cohort.seats - sum(each.seats for each in shares),
        staff=list(cohort.staff.select_related("officer__rank")),
        trainees=trainees,
        linked=linked(user, [each.officer_id for each in trainees], on=on),
        needed=needed_for(cohort, on=on) if trainees else None,
        deeds=_deeds(cohort, counts, on=on, uncertified=counts.trainees(EnrolmentState.PASSED) - certified) if runs else set(),
        call_by=call_by,
        is_late_to_call=call_by is not None and on > call_by,
    )  # fmt: skip


def _has_certificate(enrolment: Any) -> bool:
    return enrolment.certificate is not None and enrolment.certificate.withdrawn_on is None


def _deeds(cohort: Cohort, counts: cohorts.Counts, *, on: date, uncertified: int) -> set[str]:
    state = cohort.state
    found = set()
    if state in (CohortState.PLANNED, CohortState.OPEN):
        found |= {"change"}
    if state == CohortState.PLANNED:
        found |= {"open"}
    if state in (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED):
        called = counts.trainees(*EnrolmentState.values) - counts.trainees(EnrolmentState.LEFT)
        found |= {"call"} if counts.names(NominationState.ACCEPTED) > called else set()
    if state == CohortState.CALLED and on >= cohort.first_on:
        found |= {"first-day"}
    if state == CohortState.RUNNING:
        found |= {"results"} if counts.trainees(EnrolmentState.JOINED) else {"finish"}
    if state in (CohortState.RUNNING, CohortState.FINISHED) and uncertified > 0:
        found |= {"certificates"}
    if state not in (CohortState.FINISHED, CohortState.CANCELLED):
        found |= {"cancel", "staff"}
    return found


def trainees_of(cohort: Cohort, *, on: date) -> list[Any]:
    """The trainees with `share` of meetings, `needed` of 100 and `certificate`. Four statements."""
    shares = shares_of(cohort)
    rows: list[Any] = list(
        cohort.enrolments.select_related("officer__rank", "officer__unit", "letter").order_by("officer__surname", "pk")
    )
    if not rows:
        return rows
    needed = needed_for(cohort, on=on).share
    papers: dict[int, Certificate] = {}
    for paper in (
        Certificate.objects.filter(enrolment__cohort=cohort).select_related("letter").order_by("issued_on", "pk")
    ):
        papers[paper.enrolment_id] = paper
    for each in rows:
        each.share, each.needed, each.certificate = shares.get(each.pk), needed, papers.get(each.pk)
    return rows


def needed_of(cohort: Cohort, *, on: date) -> Needed:
    """The attendance that is needed to pass."""
    return needed_for(cohort, on=on)


def linked(user: Any, officers: Iterable[int], *, on: date) -> set[int]:
    """Officers whose file the reader may open. One statement."""
    seen = officers_visible_to(user, on=on, permission=Permission.SEE_FILE).filter(pk__in=list(officers))
    return set(seen.values_list("pk", flat=True))


def staff_text(cohort: Cohort) -> str:
    """Who teaches, one line each, as the form takes it."""
    words = {StaffRole.LEAD: " leads", StaffRole.ASSESSOR: " assesses"}
    rows = cohort.staff.select_related("officer")
    return "\n".join(each.officer.service_number + words.get(StaffRole(each.role), "") for each in rows)


def staff_called(lines: list[tuple[str, str]]) -> tuple[list[tuple[Officer, str]], list[str]]:
    """The officers of these numbers with their parts, and the numbers that nobody has."""
    found = {
        each.service_number: each for each in Officer.objects.filter(service_number__in=[line[0] for line in lines])
    }
    unknown = [number for number, _role in lines if number not in found]
    return [(found[number], role) for number, role in lines if number in found], unknown
