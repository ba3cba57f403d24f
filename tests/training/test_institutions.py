"""Institutions: what they have is kept by those who run training there; names are read where the reader's scope reaches."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hcims.audit.models import AuditEvent
from hcims.errors import RuleBroken
from organisation.models import Skill, Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory, small_service
from tests.factories.personnel import OfficerFactory, SkillHeldFactory
from tests.factories.training import AT, LONG_AGO, ON, course, course_version, institution, offered, running
from tests.signing_in import client_of
from training.actions import institutions as actions
from training.actions import instructors as instructor_actions
from training.calendar_drawing import Span, drawing, packed
from training.models import CourseOffered, Institution, Instructor
from training.queries import institutions as queries
from training.queries import instructors as people
from training.standing import standing

pytestmark = pytest.mark.django_db
SIZE = {"kind": "college", "capacity": "1800", "beds": "1700", "paper": "NPS/TRG/4 of 2 March 2026"}


@pytest.fixture
def service() -> dict[str, Unit]:
    return small_service()


@pytest.fixture
def officer(service: dict[str, Unit]) -> Any:
    """The training officer of the college."""
    return appoint(UserFactory(), "training-officer", service["college"])


def teaching(unit: Unit, **more: Any) -> Instructor:
    return Instructor.objects.create(
        institution=institution(unit), officer=OfficerFactory(posted_to=unit), starts_on=LONG_AGO, **more
    )  # fmt: skip


def test_an_institution_not_described_says_what_to_do_first_and_is_then_described(officer: Any) -> None:
    client = client_of(officer)
    assert "Nobody has said yet" in client.get("/training/institutions/NPC-KIG/").content.decode()
    assert client.post("/training/institutions/NPC-KIG/change/", {**SIZE, "paper": ""}).status_code == 422
    assert client.post("/training/institutions/NPC-KIG/change/", SIZE).status_code == 302
    assert Institution.objects.get().capacity == 1800
    written = AuditEvent.objects.get(event="institution-changed")
    assert written.source == SIZE["paper"]
    assert "1800" in str(written.details)
    assert "1,800" in client.get("/training/institutions/NPC-KIG/").content.decode()


def test_who_runs_training_elsewhere_changes_nothing_here(service: dict[str, Unit], officer: Any) -> None:
    other = UnitFactory(code="NPLA", type="training", under=service["service"])
    institution(other)
    client = client_of(officer)
    assert client.get("/training/institutions/NPLA/").status_code == 200  # what is taught where is no secret
    for path in ("change/", "add/room/"):
        assert client.post(f"/training/institutions/NPLA/{path}", SIZE).status_code == 404
    commander = client_of(appoint(UserFactory(), "county-commander", service["county"]))
    assert commander.get("/training/institutions/NPC-KIG/").status_code == 200
    assert commander.post("/training/institutions/NPC-KIG/change/", SIZE).status_code == 404


def test_names_of_instructors_are_read_only_where_the_scope_reaches(service: dict[str, Unit], officer: Any) -> None:
    one = teaching(service["college"])
    name = one.officer.full_name
    assert name in client_of(officer).get("/training/institutions/NPC-KIG/").content.decode()
    commander = client_of(appoint(UserFactory(), "county-commander", service["county"]))
    assert name not in commander.get("/training/institutions/NPC-KIG/").content.decode()
    assert commander.get(f"/training/instructors/{one.ref}/").status_code == 404
    assert name not in commander.get("/training/instructors/").content.decode()


def test_a_file_is_linked_only_for_those_who_may_open_it(service: dict[str, Unit], officer: Any) -> None:
    one = teaching(service["college"])
    link = f"/officers/{one.officer.service_number}/"
    assert link not in client_of(officer).get("/training/instructors/").content.decode()
    commandant = client_of(appoint(UserFactory(), "commandant", service["college"]))
    assert link in commandant.get("/training/instructors/").content.decode()


def test_a_lapsed_skill_of_the_record_stands_as_lapsed(service: dict[str, Unit], officer: Any) -> None:
    one = teaching(service["college"])
    SkillHeldFactory(officer=one.officer, skill=Skill.objects.get(code="instructor"), expires_on=date(2025, 1, 31))
    client = client_of(officer)
    for path in ("/training/institutions/NPC-KIG/", f"/training/instructors/{one.ref}/"):
        assert "lapsed on 31 Jan 2025" in client.get(path).content.decode()


def test_only_officers_posted_there_teach_there(service: dict[str, Unit], officer: Any) -> None:
    has, stranger = institution(service["college"]), OfficerFactory(posted_to=service["station"])
    given = {"institution": has, "starts_on": ON, "authority": "Order 1", "by": officer, "at": AT}
    for number in (stranger.service_number, "999999"):  # one that exists is answered like one that does not
        with pytest.raises(RuleBroken, match="No officer of this number is posted to"):
            instructor_actions.appoint_instructor(service_number=number, **given)
    here = OfficerFactory(posted_to=service["college"])
    instructor_actions.appoint_instructor(service_number=here.service_number, **given)
    with pytest.raises(RuleBroken, match="an instructor here already"):
        instructor_actions.appoint_instructor(service_number=here.service_number, **given)


def test_a_course_is_given_once_and_ends_after_it_began(service: dict[str, Unit], officer: Any) -> None:
    has, by = institution(service["college"]), {"by": officer, "at": AT}
    given = actions.offer(institution=has, course=course(), starts_on=ON, authority="Order 2", **by)
    with pytest.raises(RuleBroken, match="gives this course already"):
        actions.offer(institution=has, course=course(), starts_on=ON, authority="Order 3", **by)
    with pytest.raises(RuleBroken, match="cannot end before that"):
        actions.stop_offering(offered=given, ends_on=date(2026, 1, 1), paper="Order 4", **by)
    actions.stop_offering(offered=given, ends_on=date(2026, 12, 1), paper="Order 4", **by)
    assert CourseOffered.objects.get().ends_on == date(2026, 12, 1)


def test_certificates_say_how_they_stand_and_lapsed_ones_are_found(service: dict[str, Unit], officer: Any) -> None:
    by, due = {"by": officer, "at": AT}, people.due_until(ON)
    for number, ends in (("A1", date(2026, 11, 2)), ("A2", date(2026, 12, 24)), ("A3", date(2029, 1, 1))):
        one = teaching(service["college"])
        instructor_actions.add_certificate(
            instructor=one, number=number, issued_on=LONG_AGO, expires_on=ends, course=course(), **by
        )
    seen = people.instructors_visible_to(officer, on=ON)
    found = {state: people.filtered(seen, {"state": state}, on=ON).count() for state in ("lapsed", "due", "none")}
    assert found == {"lapsed": 1, "due": 1, "none": 0}
    stands = [standing(each.next_end, on=ON, due_until=due).code for each in seen.order_by("next_end")]
    assert stands == ["lapsed", "lapses", "holds"]
    instructor_actions.withdraw_certificate(certificate=one.certificates.get(), reason="Entered in error", **by)
    assert people.filtered(seen, {"state": "none"}, on=ON).count() == 1


def test_the_list_filters_and_costs_the_same_for_many(service: dict[str, Unit], officer: Any) -> None:
    offered(institution(service["college"]), course_version().course)
    teaching(service["college"])
    running(service["college"], course_version(), state="open")
    client = client_of(officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/training/institutions/").status_code == 200
        return len(captured)

    cost()
    before = cost()
    for number in range(3):
        other = UnitFactory(code=f"NPC-{number}", type="training", under=service["service"])
        offered(institution(other), course())
        teaching(other)
    assert cost() == before
    rows = queries.counted(queries.institutions(on=ON), on=ON)
    assert queries.filtered(rows, {"course": course("soip")}, on=ON).count() == 0
    assert queries.filtered(rows, {"course": course()}, on=ON).count() == 4
    college = rows.get(code="NPC-KIG")
    assert (college.courses, college.instructors, college.next_on) == (1, 1, date(2026, 11, 16))
    file = client.get("/training/institutions/?format=csv")
    assert b"NPC-KIG" in b"".join(file.streaming_content)


def test_spans_that_meet_lie_in_lanes_of_their_own() -> None:
    term = Span("Term 1", date(2026, 1, 12), date(2026, 4, 10), "term")
    cross = Span("Course", date(2026, 4, 10), date(2026, 5, 1), "cohort")
    after = Span("Term 2", date(2026, 4, 11), date(2026, 8, 7), "term")
    assert packed([term, cross, after]) == [[term, after], [cross]]
    drawn = drawing(2026, [term], [], today=ON)
    assert drawn.bars[0].x == pytest.approx(11 / 365 * 960, abs=0.1)
    assert drawing(2025, [term], today=ON).today is None
