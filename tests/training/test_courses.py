"""Courses: four eyes on versions, what is approved never changes, conditions of entry are dated and carry their basis."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from organisation.models import Rank, Skill, Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import small_service
from tests.factories.training import AT, ON, course, course_version, institution, offered
from tests.signing_in import client_of
from training.actions import courses as actions
from training.actions import versions
from training.models import CourseVersion, EntryCondition

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    """The office, a second member of it, the director, and a commander."""
    service = small_service()
    held = {"office": "training-office", "second": "training-office", "director": "training-director"}
    found = {name: appoint(UserFactory(), role, service["service"]) for name, role in held.items()}
    return {**found, "commander": appoint(UserFactory(), "county-commander", service["county"])}


def begun(by: User, *, starts_on: date = date(2027, 1, 1)) -> CourseVersion:
    """A second version in draft with three units."""
    course_version(gives="traffic", parts=["identity"])
    draft = actions.draft_version(course=course(), by=by, at=AT)
    facts = {"starts_on": starts_on, "days": 30, "assessment": "", "pass_mark": 60, "attendance_share": None,
             "authority": "NPS/TRG/9", "note": "More hours"}  # fmt: skip
    units = [{"ref": each.ref, "title": each.title, "minutes": each.minutes, "assessment": each.assessment,
              "programme": each.programme, "part_code": each.part_code} for each in draft.units.all()]  # fmt: skip
    gives = [{"kind": "skill", "skill": Skill.objects.get(code="traffic"), "level": 1}]
    return actions.change_version(version=draft, units=units, gives=gives, by=by, at=AT, **facts)


def submitted(by: User, **more: Any) -> CourseVersion:
    return versions.submit(version=begun(by, **more), by=by, at=AT)


def test_the_next_version_begins_as_a_copy_of_the_one_before(people: dict[str, User]) -> None:
    first = course_version(gives="traffic", parts=["identity"])
    draft = actions.draft_version(course=course(), by=people["office"], at=AT)
    assert draft.number == 2
    assert [each.code for each in draft.units.all()] == [each.code for each in first.units.all()]
    assert draft.gives.get().skill == first.gives.get().skill
    assert (draft.days, draft.pass_mark) == (first.days, first.pass_mark)
    with pytest.raises(RuleBroken, match="Version 2 is under way"):
        actions.draft_version(course=course(), by=people["office"], at=AT)


def test_nobody_approves_what_he_or_she_wrote_in(people: dict[str, User]) -> None:
    waiting = submitted(people["office"])
    with pytest.raises(NotAllowed, match="approved by the Director"):
        versions.approve(version=waiting, by=people["office"], at=AT)
    CourseVersion.objects.filter(pk=waiting.pk).update(hands=[people["office"].ref, people["director"].ref])
    waiting.refresh_from_db()
    with pytest.raises(NotAllowed, match="You wrote in this draft"):
        versions.approve(version=waiting, by=people["director"], at=AT)
    assert "another person approves it" in client_of(people["director"]).get(_page(waiting)).content.decode()


def test_a_director_who_mended_a_draft_has_written_in_it(people: dict[str, User]) -> None:
    draft = begun(people["office"])
    row = {"title": "At the road", "minutes": 60}
    mended = actions.change_version(version=draft, units=[row], gives=[], by=people["director"], at=AT)
    assert people["director"].ref in mended.hands
    waiting = versions.submit(version=mended, by=people["office"], at=AT)
    with pytest.raises(NotAllowed, match="You wrote in this draft"):
        versions.approve(version=waiting, by=people["director"], at=AT)


def test_an_approved_version_ends_the_one_before_and_never_changes(people: dict[str, User]) -> None:
    waiting = submitted(people["office"])
    approved = versions.approve(version=waiting, by=people["director"], at=AT)
    first = CourseVersion.objects.get(number=1)
    assert (first.ends_on, approved.starts_on, approved.ends_on) == (date(2027, 1, 1), date(2027, 1, 1), None)
    with pytest.raises(RuleBroken, match="An approved version never changes"):
        actions.change_version(version=approved, units=[], gives=[], by=people["office"], at=AT)
    with pytest.raises(InvalidTransition):
        versions.send_back(version=approved, by=people["director"], at=AT, note="No")


def test_a_version_cannot_begin_in_days_that_are_past(people: dict[str, User]) -> None:
    waiting = submitted(people["office"], starts_on=date(2026, 10, 1))
    with pytest.raises(RuleBroken, match="when another version was taught"):
        versions.approve(version=waiting, by=people["director"], at=AT)


def test_what_is_sent_back_says_why_and_may_be_mended(people: dict[str, User]) -> None:
    waiting = submitted(people["office"])
    with pytest.raises(RuleBroken, match="Say why"):
        versions.send_back(version=waiting, by=people["director"], at=AT, note=" ")
    versions.send_back(version=waiting, by=people["director"], at=AT, note="The hours do not add up.")
    assert "The hours do not add up." in client_of(people["second"]).get(_page(waiting)).content.decode()


def test_an_empty_draft_is_not_submitted(people: dict[str, User]) -> None:
    draft = actions.draft_version(course=course("cadets"), by=people["office"], at=AT)
    with pytest.raises(RuleBroken, match="nothing in it yet"):
        versions.submit(version=draft, by=people["office"], at=AT)


def _page(version: CourseVersion) -> str:
    return reverse("training:course_version", args=[version.ref])


def test_drafts_are_read_by_those_who_write_or_approve_and_by_nobody_else(people: dict[str, User]) -> None:
    draft = begun(people["office"])
    assert client_of(people["commander"]).get(_page(draft)).status_code == 404
    assert client_of(people["director"]).get(_page(draft)).status_code == 200
    listed = client_of(people["commander"]).get("/training/courses/?state=draft").content.decode()
    assert "next in draft" not in listed


def test_the_editor_keeps_units_in_order_and_says_what_to_mend(people: dict[str, User]) -> None:
    client, draft = client_of(people["office"]), begun(people["office"])
    page = reverse("training:edit_course_version", args=[draft.ref])
    first = draft.units.all()[0]
    sent = {
        "starts_on": "2027-02-01", "days": "20", "authority": "NPS/TRG/10", "units-TOTAL_FORMS": "2",
        "units-INITIAL_FORMS": "0", "units-0-title": "Accident scenes", "units-0-hours": "", "units-1-ref": first.ref,
        "units-1-title": first.title, "units-1-hours": "12.5", "units-1-carries": "muamko-mpya/identity",
        "gives-TOTAL_FORMS": "1", "gives-INITIAL_FORMS": "0",
        "gives-0-what": f"eligibility/{Rank.objects.get(code='CPL').pk}",
    }  # fmt: skip
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "Say how many hours it takes." in answer.content.decode()
    assert client.post(page, {**sent, "units-0-hours": "8"}).status_code == 302
    units = list(draft.units.all())
    assert [(each.title, each.minutes, each.part_code) for each in units] == [
        ("Accident scenes", 480, ""), (first.title, 750, "identity"),
    ]  # fmt: skip
    assert units[1].ref == first.ref
    assert draft.gives.get().rank.code == "CPL"


def test_a_unit_is_moved_by_a_button_and_the_next_press_moves_it_on(people: dict[str, User]) -> None:
    client, draft = client_of(people["office"]), begun(people["office"])
    page, one = reverse("training:edit_course_version", args=[draft.ref]), draft.units.all()[0]
    before = AuditEvent.objects.filter(event="course-drafted", target_ref=draft.ref).count()
    sent = {
        "starts_on": "2027-02-01", "days": "20", "authority": "NPS/TRG/10", "units-TOTAL_FORMS": "4",
        "units-INITIAL_FORMS": "1", "gives-TOTAL_FORMS": "0", "gives-INITIAL_FORMS": "0", "units-0-ref": one.ref,
        **{f"units-{n}-title": title for n, title in ((0, one.title), (1, "Second"), (3, "Third"))},
        **{f"units-{n}-hours": "8" for n in (0, 1, 3)},
    }  # fmt: skip

    def titles() -> list[str]:
        return [each.title for each in draft.units.order_by("order")]

    answer = client.post(page, {**sent, "move": "up-3"})
    assert (titles(), answer.url) == ([one.title, "Third", "Second"], f"{page}?moved=up-1")
    shown = client.get(answer.url).content.decode()
    assert shown.count("autofocus") == 1
    assert 'value="up-1" autofocus' in shown
    assert client.post(page, {**sent, "move": "down-0"}).url == f"{page}?moved=down-1"
    assert client.post(page, {**sent, "move": "up-0"}).url == f"{page}?moved=down-0"
    assert draft.units.get(order=1).ref == one.ref
    assert AuditEvent.objects.filter(event="course-drafted", target_ref=draft.ref).count() == before + 3


def test_two_versions_are_compared_line_by_line(people: dict[str, User]) -> None:
    draft = begun(people["office"])
    actions.change_version(
        version=draft, units=[{"title": "Accident scenes", "minutes": 90}], gives=[], by=people["office"], at=AT
    )
    page = (
        client_of(people["office"]).get(reverse("training:compare_course_versions", args=[draft.ref])).content.decode()
    )
    for words in ("Version 1 → version 2", "Accident scenes, 1 h 30", "<del>Unit 1, 10 h", "<del>Traffic management"):
        assert words in page


def test_conditions_are_dated_carry_their_basis_and_one_rank_at_least_stands_at_a_time(people: dict[str, User]) -> None:
    by = {"by": people["office"], "at": AT}
    asked = {"course": course("traffic"), "starts_on": ON, "legal_basis": "Circular 4", **by}
    with pytest.raises(RuleBroken, match="Say what the condition asks for"):
        actions.add_condition(kind="rank-from", **asked)
    first = actions.add_condition(kind="rank-from", rank=Rank.objects.get(code="PC"), **asked)
    with pytest.raises(RuleBroken, match="end it first"):
        actions.add_condition(kind="rank-from", rank=Rank.objects.get(code="CPL"), **asked)
    actions.end_condition(condition=first, ends_on=date(2026, 12, 1), paper="Circular 5", **by)
    later = actions.add_condition(
        kind="rank-from", rank=Rank.objects.get(code="CPL"), **{**asked, "starts_on": date(2026, 12, 1)}
    )
    with pytest.raises(NotAllowed, match="said by the Director"):
        actions.confirm_condition(condition=later, **by)
    actions.confirm_condition(condition=later, by=people["director"], at=AT)
    assert EntryCondition.objects.get(pk=later.pk).is_confirmed


def test_years_in_rank_may_differ_from_rank_to_rank(people: dict[str, User]) -> None:
    found = {
        (each.rank.code, each.value) for each in course("soip").conditions.filter(kind="years-in-rank") if each.rank
    }
    assert found == {("SGT", 3), ("SSGT", 2)}
    again = {"course": course("soip"), "kind": "years-in-rank", "value": 4, "rank": Rank.objects.get(code="SGT")}
    with pytest.raises(RuleBroken, match="end it first"):
        actions.add_condition(starts_on=ON, legal_basis="Circular 6", by=people["office"], at=AT, **again)


def test_the_catalogue_costs_the_same_for_many(people: dict[str, User]) -> None:
    client = client_of(people["commander"])

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/training/courses/").status_code == 200
        return len(captured)

    cost()
    before = cost()
    college = institution(Unit.objects.get(code="NPC-KIG"))
    for code in ("traffic", "soip", "armourers"):
        offered(college, course_version(code).course)
    assert cost() == before
