"""Figures of training between two days, for the ministry's reports, and the trainees behind each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.permissions import Permission
from organisation.models.catalogue import Service
from organisation.queries import in_scope
from personnel.models import Sex
from training.models import Attendance, CohortState, CourseKind, Enrolment, EnrolmentState, Meeting

NONE = "-"  # in place of a value that is absent, such as the county of a formation
# What the lines can be: the column of a trainee that says under which line he or she stands, and that of its words.
GROUPS: dict[str, tuple[Promise, str, str]] = {
    "course": (_l("Course"), "cohort__version__course__code", "cohort__version__course__name_en"),
    "kind": (_l("Kind of course"), "cohort__version__course__kind", "cohort__version__course__kind"),
    "held": (_l("Held by"), "cohort__unit__code", "cohort__unit__name"),
    "region": (_l("Region of the trainee"), "officer__unit__county__region", "officer__unit__county__region"),
    "service": (_l("Service"), "officer__service", "officer__service"),
    "rank": (_l("Rank"), "officer__rank__code", "officer__rank__name_en"),
    "sex": (_l("Sex"), "officer__sex", "officer__sex"),
}
OF_THE_COHORT = ("course", "kind", "held")  # groups under which meetings can be counted
CAME = (EnrolmentState.JOINED, EnrolmentState.LEFT, EnrolmentState.PASSED, EnrolmentState.FAILED)
STATES: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "called": (_l("Called"), tuple(EnrolmentState.values)),
    "came": (_l("Came"), CAME),
    "no-show": (_l("Did not come"), (EnrolmentState.NO_SHOW,)),
    "left": (_l("Left early"), (EnrolmentState.LEFT,)),
    "passed": (_l("Passed"), (EnrolmentState.PASSED,)),
    "failed": (_l("Not passed"), (EnrolmentState.FAILED,)),
}
WOMEN = "women"  # beside the states: of those called


@dataclass
class Line:
    """One line of the report: trainees by what became of them, and shares where there is something to divide by."""

    key: str
    name: str
    counts: dict[str, int] = field(default_factory=dict)
    women: int = 0
    marks: int = 0  # attendance asked for and answered, yes or no
    there: int = 0
    minutes: int | None = None  # of meetings that carried a part of a curriculum; none where it cannot be told

    @property
    def attended(self) -> int | None:
        """Share of meetings attended, of 100."""
        return round(100 * self.there / self.marks) if self.marks else None

    @property
    def hours(self) -> int | None:
        return round(self.minutes / 60) if self.minutes is not None else None


@dataclass(frozen=True)
class Asked:
    """Cohorts that began from `first` to `last`, both counted, that the reader may see."""

    first: date
    last: date
    group: str = "course"
    state: str = "called"
    line: str = ""


def trainees(user: Any, asked: Asked, *, today: date) -> QuerySet[Enrolment]:
    """The trainees whom the report counts, or those of one of its numbers."""
    reach = in_scope(user.scope(Permission.SEE_TRAINING, on=today), on=today, field="cohort__unit")
    found = Enrolment.objects.filter(reach, cohort__first_on__range=(asked.first, asked.last)).exclude(
        cohort__state__in=(CohortState.PLANNED, CohortState.CANCELLED)
    )
    if asked.line:
        column = GROUPS[asked.group][1]
        if asked.line == NONE:
            found = found.filter(Q(**{f"{column}__isnull": True}) | Q(**{column: ""}))
        else:
            found = found.filter(**{column: asked.line})
    if asked.state == WOMEN:
        return found.filter(officer__sex=Sex.FEMALE)
    return found.filter(state__in=STATES[asked.state][1])


def report(user: Any, asked: Asked, *, today: date) -> list[Line]:
    """The lines of the report, those with most trainees first. Three statements."""
    _label, column, name = GROUPS[asked.group]
    everyone = trainees(user, Asked(asked.first, asked.last), today=today)
    counts = {
        code: Count("pk", filter=Q(state__in=states)) for code, (_words, states) in STATES.items() if code != "called"
    }
    rows: Any = (
        everyone.values(key=F(column), label=F(name))
        .annotate(called=Count("pk"), women=Count("pk", filter=Q(officer__sex=Sex.FEMALE)), **_safe(counts))
        .order_by()
    )
    lines = {}
    for row in rows:
        key = row["key"] or NONE
        found = {code: row[code.replace("-", "_")] for code in STATES}
        lines[key] = Line(key, _named(asked.group, key, row["label"]), found, row["women"])
    _add_attendance(lines, everyone, column)
    if asked.group in OF_THE_COHORT:
        _add_minutes(lines, user, asked, column.removeprefix("cohort__"), today=today)
    return sorted(lines.values(), key=lambda line: (-line.counts["called"], line.name))


def total(lines: list[Line]) -> Line:
    """All lines together."""
    whole = Line("", _("All"), {code: sum(line.counts[code] for line in lines) for code in STATES})
    whole.women, whole.marks = sum(line.women for line in lines), sum(line.marks for line in lines)
    whole.there = sum(line.there for line in lines)
    if any(line.minutes is not None for line in lines):
        whole.minutes = sum(line.minutes or 0 for line in lines)
    return whole


def _safe(counts: dict[str, Any]) -> dict[str, Any]:
    return {code.replace("-", "_"): count for code, count in counts.items()}


def _add_attendance(lines: dict[str, Line], everyone: QuerySet[Enrolment], column: str) -> None:
    rows = (
        Attendance.objects.filter(enrolment__in=everyone.values("pk"))
        .values(key=F(f"enrolment__{column}"))
        .annotate(marks=Count("pk"), there=Count("pk", filter=Q(present=True)))
        .order_by()
    )
    for row in rows:
        line = lines[row["key"] or NONE]
        line.marks, line.there = row["marks"], row["there"]


def _add_minutes(lines: dict[str, Line], user: Any, asked: Asked, column: str, *, today: date) -> None:
    """Minutes of meetings held that carried a part: of the cohorts that the report counts."""
    reach = in_scope(user.scope(Permission.SEE_TRAINING, on=today), on=today, field="cohort__unit")
    rows = (
        Meeting.objects.filter(
            reach, cohort__first_on__range=(asked.first, asked.last), cancelled_on=None, on__lte=today, part__isnull=False,
            cohort__state__in=(CohortState.RUNNING, CohortState.FINISHED),
        )
        .values(key=F(f"cohort__{column}"))
        .annotate(minutes=Sum("minutes"))
        .order_by()
    )  # fmt: skip
    for line in lines.values():
        line.minutes = 0
    for row in rows:
        if row["key"] in lines:
            lines[row["key"]].minutes = row["minutes"]


def _named(group: str, key: str, label: str | None) -> str:
    """The words of a line."""
    if key == NONE:
        return _("Headquarters, formations and others without a county") if group == "region" else _("Not on record")
    words: dict[str, Any] = {"kind": CourseKind, "service": Service, "sex": Sex}
    return str(words[group](key).label) if group in words else str(label or key)
