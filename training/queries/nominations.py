"""What a commander works with: requests that wait, courses that take names, officers who may be put forward and those who not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import UnitClosure, UnitType
from organisation.queries import in_scope
from personnel.models import Member, Officer
from personnel.queries import visible_to as officers_visible_to
from personnel.queries.members import starting_with
from training import reasons
from training.eligibility import bars, unknown
from training.finding_words import Said, said
from training.models import LIVE, Cohort, CohortState, ConditionKind, EntryCondition, Nomination, NominationState
from training.queries import people
from training.queries.eligibility import findings_for

MOST = 600  # officers whose conditions are looked at on one page; more are narrowed down first
WAYS = (Permission.NOMINATE_TRAINEES, Permission.NOMINATE_ON_PAPER)
LISTED = (
    "cohort__version__course", "cohort__unit", "officer__rank", "officer__unit", "unit", "put_by", "signed_by", "decided_by",
)  # fmt: skip


def rights_of(user: Any, *, on: date) -> list[Permission]:
    """By which rights the user enters names: as a commander, from papers that commanders signed, or both."""
    return [each for each in WAYS if user.can(each, on=on)]


def in_reach(user: Any, *, on: date, field: str = "unit") -> Q:
    """Rows whose officer's unit the user commands; never the user's own."""
    return in_scope(user.scope(Permission.NOMINATE_TRAINEES, on=on), on=on, field=field)


def requests_waiting(user: Any, *, on: date) -> QuerySet[Nomination]:
    """Officers of the area who ask for a course, the oldest first; one's own waits for somebody else."""
    rows = Nomination.objects.filter(in_reach(user, on=on, field="officer__unit"), state=NominationState.ASKED)
    return rows.exclude(officer__user=user).select_related(*LISTED).order_by("put_at", "pk")


def put_forward(user: Any, *, on: date) -> QuerySet[Nomination]:
    """Names of the area and where they stand, the latest first; `commanded` are those that the user may take back."""
    reach = Q(pk__in=[])
    for right in rights_of(user, on=on):
        reach |= in_scope(user.scope(right, on=on), on=on, field="officer__unit")
    rows = Nomination.objects.filter(reach).exclude(state=NominationState.ASKED).exclude(officer__user=user)
    own = Case(When(in_reach(user, on=on, field="officer__unit"), then=True), default=False)
    return rows.select_related(*LISTED).annotate(commanded=own).order_by("-put_at", "-pk")


def access_request(user: Any, ref: str, *, on: date) -> Nomination:
    """A name of the user's area. Errors: NotFound, also for one's own."""
    rows = Nomination.objects.filter(in_reach(user, on=on, field="officer__unit")).exclude(officer__user=user)
    found = rows.select_related(*LISTED, "officer__user").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def taking_names(*, on: date) -> QuerySet[Cohort]:
    """Cohorts that take names on the day, the one that closes first on top."""
    rows = Cohort.objects.filter(state=CohortState.OPEN).filter(Q(nominate_by__isnull=True) | Q(nominate_by__gte=on))
    return rows.select_related("version__course", "unit").order_by("nominate_by", "first_on", "pk")


def open_to_commander(user: Any, rights: Iterable[Permission], *, on: date) -> QuerySet[Cohort]:
    """Those to which officers of the area of these rights may go: held by an institution, or by a command above or in it."""
    reach = Q(pk__in=[])
    for right in rights:
        reach |= _goes_to(user, right, on=on)
    return taking_names(on=on).filter(reach)


def _goes_to(user: Any, right: Permission, *, on: date) -> Q:
    scope = user.scope(right, on=on)
    above = UnitClosure.objects.filter(in_force(on), descendant__in=scope.trees | scope.units).values("ancestor")
    return Q(unit__type=UnitType.TRAINING) | Q(unit__in=above) | in_scope(scope, on=on)


def access_open(user: Any, ref: str, *, on: date) -> tuple[Cohort, list[Permission]]:
    """A cohort to which the user may put names forward, and by which rights; also when names are no longer taken.

    Errors: NotFound.
    """
    rights = rights_of(user, on=on)
    opens = {
        f"by_{right.name.lower()}": Case(When(_goes_to(user, right, on=on), then=True), default=False)
        for right in rights
    }
    rows = Cohort.objects.exclude(state=CohortState.PLANNED).select_related("version__course", "unit")
    found = rows.annotate(**opens).filter(ref=ref).first()
    by = [right for right, name in zip(rights, opens, strict=True) if getattr(found, name, False)]
    if found is None or not by:
        raise NotFound(ref)
    return found, by


@dataclass(frozen=True)
class Candidate:
    """An officer of the area: whether he or she may be put forward, and if not, why and where to turn."""

    officer: Officer
    against: list[Said]
    to_show: list[Said]
    state: str  # of a name that stands already

    @property
    def may(self) -> bool:
        """Whether nothing keeps the name out."""
        return not self.against and not self.state


@dataclass
class Candidates:
    """Officers of the area who were looked at, and whether there are more than a page looks at."""

    eligible: list[Candidate]
    barred: list[Candidate]
    standing: list[Candidate]
    total: int

    @property
    def is_too_many(self) -> bool:
        """Whether the area is to be narrowed down first."""
        return self.total > MOST


def candidates(user: Any, cohort: Cohort, right: Permission, *, words: str, on: date) -> Candidates:
    """The officers of the area whose rank fits, by number, name or unit; their conditions in a constant number of statements."""
    rows = officers_visible_to(user, on=on, permission=right).exclude(user=user)
    rows = rows.filter(exited_on__isnull=True, member=Member.OFFICER, unit__isnull=False)
    rows = _called(rows, words) if words else rows.filter(_rank_fits(cohort))
    total = rows.count()
    if total > MOST:
        return Candidates([], [], [], total)
    officers = list(rows.select_related("rank", "unit", "user").order_by("rank__order", "service_number"))
    there = dict(
        cohort.nominations.filter(state__in=LIVE, officer__in=officers).values_list("officer", "state")
    )  # fmt: skip
    found = findings_for(cohort, officers, on=on)
    every = [
        Candidate(
            each, [said(one) for one in bars(found[each.pk])], [said(one) for one in unknown(found[each.pk])],
            there.get(each.pk, ""),
        )
        for each in officers
    ]  # fmt: skip
    return Candidates(
        [each for each in every if each.may],
        [each for each in every if each.against and not each.state],
        [each for each in every if each.state],
        total,
    )


def _called(rows: QuerySet[Officer], words: str) -> QuerySet[Officer]:
    text = " ".join(words.upper().split())
    wanted = starting_with("service_number", text) | starting_with("name_key", text)
    return rows.filter(wanted | Q(unit__code__iexact=words) | Q(unit__name__iexact=words))


def _rank_fits(cohort: Cohort) -> Q:
    """Everybody else is found by number: a constable need not be told on every list that he is no chief inspector."""
    fits = Q()
    kinds = (ConditionKind.RANK_FROM, ConditionKind.RANK_TO)
    rules = EntryCondition.objects.in_force(cohort.first_on).filter(course=cohort.version.course_id, kind__in=kinds)
    for each in rules.select_related("rank"):
        if each.rank is not None:
            side = "lte" if each.kind == ConditionKind.RANK_FROM else "gte"
            fits &= Q(**{f"rank__order__{side}": each.rank.order})
    return fits


def chosen(user: Any, numbers: Iterable[str], right: Permission, *, on: date) -> tuple[list[Officer], list[str]]:
    """Officers of the area of that right by service number, and the numbers that nobody there has."""
    wanted = list(dict.fromkeys(each.strip() for each in numbers if each.strip()))
    seen = officers_visible_to(user, on=on, permission=right)
    found = list(seen.filter(service_number__in=wanted).select_related("rank", "unit", "user"))
    known = {each.service_number for each in found}
    return found, [each for each in wanted if each not in known]


def reason_of(nomination: Nomination) -> reasons.Reason | None:
    """Why it was decided as it was, from the closed list."""
    return reasons.of(nomination.decision_code)


def signer(number: str, officers: Iterable[Officer], *, on: date) -> Any:
    """The account of the commander of that number, who puts at least one of these officers forward; None for anybody else.

    Whoever commands none of them and a number that nobody has are one answer, found in one statement: neither the page
    nor its time tells whether a number is taken.
    """
    commanders = people.putting_forward(officers, on=on)
    found = Officer.objects.filter(service_number=number.strip(), exited_on__isnull=True, user__in=commanders)
    officer = found.select_related("user").first()
    return officer.user if officer is not None else None
