"""Curricula and orders: parts keep their codes from version to version, four eyes, and papers seen by another person."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import small_service
from tests.factories.training import AT, ON, curriculum, institution, programme
from tests.signing_in import client_of
from training.actions import curricula as actions
from training.actions import versions
from training.models import CurriculumVersion, IntegrationOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    service = small_service()
    institution(service["college"])
    held = {"office": "training-office", "director": "training-director"}
    found = {name: appoint(UserFactory(), role, service["service"]) for name, role in held.items()}
    return {**found, "coordinator": appoint(UserFactory(), "rollout-coordinator", service["county"])}


def first() -> CurriculumVersion:
    """The draft that came with the product."""
    return CurriculumVersion.objects.get(programme__code="muamko-mpya", number=1)


def sent(minutes: str, sessions: str = "", name: str = "Stress and trauma awareness") -> dict[str, str]:
    """What the editor sends: the first part of the draft alone."""
    return {
        "starts_on": "2026-12-01", "authority": "NPS/TRG/11", "parts-TOTAL_FORMS": "1", "parts-INITIAL_FORMS": "0",
        "parts-0-ref": first().parts.all()[0].ref, "parts-0-name_en": name, "parts-0-minutes": minutes,
        "parts-0-sessions": sessions,
    }  # fmt: skip


def test_the_draft_that_came_with_the_product_needs_lengths_and_two_people(people: dict[str, User]) -> None:
    draft = first()
    with pytest.raises(RuleBroken, match="Say how long each takes"):
        versions.submit(version=draft, by=people["office"], at=AT)
    parts = [
        {"ref": each.ref, "name_en": each.name_en, "name_sw": each.name_sw, "minutes": 60} for each in draft.parts.all()
    ]
    draft = actions.change_version(version=draft, parts=parts, by=people["office"], at=AT)
    waiting = versions.submit(version=draft, by=people["office"], at=AT)
    assert waiting.drafted_by == people["office"]  # whoever wrote in it first stands for it
    approved = versions.approve(version=waiting, by=people["director"], at=AT)
    assert (approved.state, approved.decided_by) == ("approved", people["director"])


def test_a_part_keeps_its_code_when_its_name_changes(people: dict[str, User]) -> None:
    page = reverse("training:edit_curriculum", args=[first().ref])
    lines = "45 Opening circle\n30 What we carry"
    answer = client_of(people["office"]).post(page, sent("90", lines, "Awareness of stress and trauma"))
    assert answer.status_code == 302
    part = first().parts.get()
    assert (part.code, part.name_en, part.minutes) == ("stress-and-trauma", "Awareness of stress and trauma", 90)
    assert [(each.title, each.minutes) for each in part.sessions.all()] == [
        ("Opening circle", 45),
        ("What we carry", 30),
    ]


@pytest.mark.parametrize(
    ("minutes", "sessions", "words"),
    [
        ("90", "Opening circle", "Line 1: begin with the minutes"),
        ("90", "45 One\n3 Two", "Line 2: a session takes from 5 to 2400 minutes."),
        ("60", "45 One\n45 Two", "together take 90 minutes: more than the part"),
    ],
)
def test_a_mistake_in_the_sessions_is_said_where_it_is(
    people: dict[str, User], minutes: str, sessions: str, words: str
) -> None:
    page = reverse("training:edit_curriculum", args=[first().ref])
    answer = client_of(people["office"]).post(page, sent(minutes, sessions))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_next_version_copies_parts_and_sessions_with_their_codes(people: dict[str, User]) -> None:
    before = curriculum()
    CurriculumVersion.objects.filter(pk=first().pk).update(state="withdrawn")
    before.parts.all()[0].sessions.create(title="Opening circle", minutes=45)
    draft = actions.draft_version(programme=programme(), by=people["office"], at=AT)
    assert [each.code for each in draft.parts.all()] == [each.code for each in before.parts.all()]
    assert draft.parts.all()[0].sessions.get().title == "Opening circle"
    names = {each.code for each in draft.parts.all()}
    parts = [{"ref": each.ref, "name_en": each.name_en, "name_sw": "", "minutes": 60} for each in draft.parts.all()[:2]]
    parts.append({"name_en": "Leadership", "name_sw": "Uongozi", "minutes": 60})
    actions.change_version(version=draft, parts=parts, by=people["office"], at=AT)
    assert [each.code for each in draft.parts.all()] == ["stress-and-trauma", "identity", "leadership"]
    page = client_of(people["director"]).get(reverse("training:compare_curricula", args=[draft.ref])).content.decode()
    assert "<ins>Leadership, 1 h" in page
    assert page.count("<del>") >= len(names) - 2


def test_an_order_binds_once_and_its_paper_is_seen_by_another_person(people: dict[str, User]) -> None:
    service = Unit.objects.get(code="NPS")
    client = client_of(people["office"])
    order = {"programme": str(programme().pk), "unit": str(service.pk), "starts_on": "2026-11-02",
             "deadline": "2026-12-31", "authority": "IG/ORD/1 of 2 November 2026"}  # fmt: skip
    assert client.post("/training/orders/new/", {**order, "deadline": "2026-10-01"}).status_code == 422
    assert client.post("/training/orders/new/", order).status_code == 302
    again = client.post("/training/orders/new/", order)
    assert "An order for this programme is in force here" in again.content.decode()
    made = IntegrationOrder.objects.get()
    with pytest.raises(NotAllowed, match="said by the Director"):
        actions.confirm_order(order=made, by=people["office"], at=AT)
    assert client_of(people["director"]).post(f"/training/orders/{made.ref}/confirm/").status_code == 302
    made.refresh_from_db()
    assert made.is_confirmed
    actions.end_order(order=made, ends_on=date(2026, 12, 1), paper="IG/ORD/2", by=people["office"], at=AT)
    assert client.post("/training/orders/new/", {**order, "starts_on": "2026-12-01"}).status_code == 302


def test_whoever_entered_an_order_does_not_say_that_its_paper_was_seen(people: dict[str, User]) -> None:
    by = {"by": people["director"], "at": AT}
    facts = {
        "programme": programme(),
        "unit": Unit.objects.get(code="NPS"),
        "starts_on": ON,
        "deadline": date(2026, 12, 31),
    }
    made = actions.enter_order(authority="IG/ORD/1", **facts, **by)
    with pytest.raises(NotAllowed, match="You entered this"):
        actions.confirm_order(order=made, **by)


def test_the_page_of_an_order_names_whom_it_binds(people: dict[str, User]) -> None:
    facts = {
        "programme": programme(),
        "unit": Unit.objects.get(code="NPS"),
        "starts_on": ON,
        "deadline": date(2026, 11, 30),
    }
    made = actions.enter_order(authority="IG/ORD/1", by=people["office"], at=AT, **facts)
    page = client_of(people["coordinator"]).get(f"/training/orders/{made.ref}/").content.decode()
    for words in ("1 institution is bound", "National Police College, Kiganjo", "unconfirmed"):
        assert words in page


def test_drafts_of_curricula_are_not_read_by_those_who_only_run_training(people: dict[str, User]) -> None:
    page = f"/training/curricula/{first().ref}/"
    assert client_of(people["coordinator"]).get(page).status_code == 404
    assert "among others" in client_of(people["office"]).get(page).content.decode()
    listed = client_of(people["coordinator"]).get("/training/curricula/").content.decode()
    assert "No curriculum is approved yet." in listed
