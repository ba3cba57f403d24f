"""An institution of the world with a course to integrate Muamko Mpya into, and who keeps, commands and asks there.

made = matrix_at(world)       everything below, at the world's service; `made.place` is the course at the institution
mark(made, "identity", "taught")
asked(made, answers=12)       an asking that is over, each part taught by as many as are given
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from hcims import clock
from organisation.models import Unit
from tests.factories import training as made_by
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import MOMENT, UnitFactory
from training.actions.integration import Place
from training.models import AnswerCount, AnswerRound, Cohort, PartTaught, TeachingEvidence
from training.queries import integration

LATE = date(2021, 6, 30)


@dataclass
class Made:
    """What a test of the matrix starts from."""

    unit: Unit
    place: Place
    officer: User  # keeps the courses
    commandant: User

    @property
    def url(self) -> str:
        return f"/training/muamko-mpya/{self.unit.code}/{self.place.course.code}/"


def matrix_at(service: Unit, *, deadline: date = LATE, code: str = "TC-1", course: str = "traffic") -> Made:
    """A training unit under the service that gives one course, bound by an order whose day has passed."""
    unit = UnitFactory(code=code, name=f"Training College {code}", type="training", line="training", under=service)
    made_by.curriculum()
    institution = made_by.institution(unit)
    made_by.offered(institution, made_by.course(course))
    made_by.order_to_integrate(unit, deadline=deadline)
    chosen = integration.curriculum(clock.today())
    assert chosen is not None
    people = [appoint(UserFactory(), role, unit) for role in ("training-officer", "commandant")]
    users = [getattr(each, "user", each) for each in people]
    return Made(unit, Place(institution, made_by.course(course), chosen), *users)


def mark(made: Made, part: str, state: str, **more: Any) -> PartTaught:
    """A part as it is said to be since 2020."""
    fields = {"marked_by": made.officer, "marked_at": MOMENT, "starts_on": date(2020, 6, 1), "minutes": 60, **more}
    return PartTaught.objects.create(**made.place.keys, part_code=part, state=state, **fields)


def paper(made: Made, part: str = "") -> TeachingEvidence:
    """A paper on the matrix; there is no file behind it."""
    return TeachingEvidence.objects.create(
        **made.place.keys, part_code=part, kind="timetable", title="Timetable", file="training-evidence/none.pdf",
        file_name="evidence.pdf", size=1, added_by=made.officer, added_at=MOMENT,
    )  # fmt: skip


def cohort(made: Made, **more: Any) -> Cohort:
    """A finished cohort of the course there."""
    return made_by.running(made.unit, made_by.course_version(made.place.course.code), state="finished", **more)


def asked(made: Made, *, taught: int, not_taught: int, slips: int = 30, over_for: int = 1, **more: Any) -> AnswerRound:
    """An asking whether each part was taught, over for so many days (0: its last day was yesterday; negative: still on)."""
    on = clock.today()
    thing = AnswerRound.objects.create(
        cohort=cohort(made, **more), asked="taught", slips=slips, answers=taught + not_taught,
        opened_on=on - timedelta(days=10), closes_on=on - timedelta(days=over_for),
    )  # fmt: skip
    AnswerCount.objects.bulk_create(
        AnswerCount(round=thing, part_code=part.code, value=value, count=count)
        for part in made.place.curriculum.parts
        for value, count in ((1, taught), (0, not_taught), (2, 0))
    )
    return thing
