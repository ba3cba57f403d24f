"""Where everybody put forward for a cohort stands in the published order, and which seat that gives. Constant statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from hcims.periods import in_force
from organisation.models import UnitClosure, UnitType
from personnel.models import CourseAttended, RankHolding
from training.models import Cohort, Enrolment, EnrolmentState, Nomination, NominationState
from training.seating import Candidate, Placed, Share, seated

PUT_FORWARD = (NominationState.PROPOSED, NominationState.WAITING, NominationState.ACCEPTED)


def shares_of(cohort: Cohort) -> list[Share]:
    """The seats that are kept, as the order takes them."""
    return [Share(each.seats, each.region_id, each.sex) for each in cohort.shares.all()]


def standing(cohort: Cohort, *, on: date, nominations: Iterable[Nomination] | None = None) -> list[Placed]:
    """Everybody who was put forward and not refused, in the published order, with the seat that falls to each."""
    if nominations is None:
        nominations = cohort.nominations.filter(state__in=PUT_FORWARD).select_related("officer")
    candidates = candidates_of(cohort, list(nominations), on=on)
    return seated(candidates, shares_of(cohort), cohort.seats, all_open=is_all_open(cohort, on=on))


def is_all_open(cohort: Cohort, *, on: date) -> bool:
    """Whether seats kept for some that nobody fits fall to all: once names are no longer taken."""
    return cohort.nominate_by is None or on > cohort.nominate_by


def candidates_of(cohort: Cohort, nominations: list[Nomination], *, on: date) -> list[Candidate]:
    """What the order asks of each. Four statements."""
    keys = [each.officer_id for each in nominations]
    course = cohort.version.course_id
    waited = Counter(
        Nomination.objects.filter(
            officer__in=keys, cohort__version__course=course, decision_code="no-seat", state=NominationState.REFUSED
        ).values_list("officer", flat=True)
    )
    last = _last_courses(keys, cohort)
    since = dict(
        RankHolding.objects.filter(
            in_force(on), officer__in=keys, voided_at__isnull=True, start_known=True
        ).values_list("officer", "starts_on")
    )
    return [
        Candidate(
            key=each.pk,
            region=each.region_id,
            sex=each.officer.sex,
            number=each.officer.service_number,
            waited=waited[each.officer_id],
            last_course_on=last.get(each.officer_id),
            rank_since=since.get(each.officer_id),
            has_seat=each.state == NominationState.ACCEPTED,
        )
        for each in nominations
    ]


def _last_courses(keys: list[int], cohort: Cohort) -> dict[int, date]:
    taken = (EnrolmentState.PASSED, EnrolmentState.FAILED, EnrolmentState.JOINED)
    here = Enrolment.objects.filter(officer__in=keys, state__in=taken).exclude(cohort=cohort)
    found = dict(here.values_list("officer").annotate(last=Max("cohort__last_on")).order_by())
    before = CourseAttended.objects.filter(officer__in=keys, ends_on__isnull=False).exclude(state="refused")
    for officer, last in before.values_list("officer").annotate(last=Max("ends_on")).order_by():
        found[officer] = max(found.get(officer, last), last)
    return found


def regions_of(units: Iterable[int | None], *, on: date) -> dict[int, int]:
    """The region above each unit, where there is one. One statement."""
    links = UnitClosure.objects.filter(
        in_force(on), descendant__in={each for each in units if each}, ancestor__type=UnitType.REGION
    )
    return dict(links.values_list("descendant", "ancestor"))


def attempts_before(officers: Iterable[int], course: int) -> Counter[int]:
    """How often each was at the course before without passing. One statement."""
    ended = (EnrolmentState.FAILED, EnrolmentState.NO_SHOW)
    rows = Enrolment.objects.filter(officer__in=list(officers), cohort__version__course=course, state__in=ended)
    return Counter(rows.values_list("officer", flat=True))
