"""Deeds on many officers: previewed, done once, recorded once, taken back where nobody touched the record since."""

from __future__ import annotations

import itertools
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deployment import actions as deployment
from deployment.models import Duty, Posting
from desk import actions
from desk.bulk import DEEDS
from desk.queries.bulk import read_for_deed
from hcims import clock
from hcims.audit.models import AuditEvent
from hcims.errors import Refusal, RuleBroken
from hcims.references import new_reference
from organisation.models import Skill
from personnel import actions as personnel
from personnel.models import BulkDeed, CourseAttended, Officer, SkillHeld
from tests.factories.accounts import UserFactory, appoint
from tests.factories.deployment import PostingFactory
from tests.factories.personnel import OfficerFactory, SkillHeldFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
PAPER = "Letter NPS/HR/12 of 20 May 2026"


def skill() -> Skill:
    return Skill.objects.get(code="driving-b")


def duty(code: str = "traffic") -> Duty:
    return Duty.objects.get(code=code)


FACTS: dict[str, Any] = {
    "duty": lambda: {"duty": duty()},
    "skill": lambda: {"skill": skill(), "level": 1, "acquired_on": None, "expires_on": None},
    "checked": lambda: {"skill": skill()},
    "course": lambda: {
        "title": "Traffic law",
        "institution": "",
        "starts_on": None,
        "ends_on": None,
        "result": "passed",
    },
    "allowance": lambda: {"place": "Kilifi town"},
}


def some(world: World, number: int = 3) -> list[Officer]:
    officers = [OfficerFactory(posted_to=world.station) for _ in range(number)]
    for each in officers:
        SkillHeldFactory(officer=each, skill=skill())
    return officers


def carry_out(kind: str, officers: list[Officer], by: Any, at: Any = None, **changed: Any) -> BulkDeed:
    """The deed as the pages do it: judged, then done with the preview's digest."""
    deed, facts, at = DEEDS[kind], FACTS[kind]() | changed, at or clock.now()
    keys = [each.pk for each in officers]
    plan = deed.plan(read_for_deed(keys), **facts, by=by, on=clock.today())
    return actions.do_to_many(
        deed=deed, officers=keys, facts=facts, what="Test", paper=PAPER, ref=new_reference(), looked_at=plan.digest,
        by=by, on=clock.today(), at=at,
    )  # fmt: skip


def state_of(officers: list[Officer]) -> list[Any]:
    """Everything that a deed may write, but for the histories."""
    keys = [each.pk for each in officers]
    return [
        list(model._default_manager.filter(**{f"{field}__in": keys}).order_by("pk").values())  # type: ignore[attr-defined]
        for model, field in ((Officer, "pk"), (SkillHeld, "officer"), (CourseAttended, "officer"), (Posting, "officer"))
    ]


@pytest.mark.parametrize("kind", list(DEEDS))
def test_a_deed_changes_all_with_one_audit_row_and_a_history_each_and_is_taken_back_whole(
    world: World, kind: str
) -> None:
    hr, officers = world.people["hr-officer"], some(world)
    before = state_of(officers)
    deed = carry_out(kind, officers, hr)
    assert state_of(officers) != before
    row = AuditEvent.objects.get(event="many-changed")
    assert json.loads(row.details)["count"] == 3
    assert row.target_ref == deed.ref
    assert row.source == PAPER
    assert AuditEvent.objects.filter(at=row.at).count() == 1, "one row, whatever the number"
    history = DEEDS[kind].model.history.filter(history_date=deed.done_at, history_user=hr)
    assert {each.history_change_reason for each in history} == {PAPER}
    assert history.count() == (6 if kind == "duty" else 3)  # a posting that ends, and the one in which it goes on
    actions.take_back(deed=deed, by=hr, at=deed.done_at + timedelta(minutes=9))
    assert state_of(officers) == before
    assert set(deed.lines.values_list("outcome", flat=True)) == {"undone"}
    assert AuditEvent.objects.filter(event="many-taken-back", target_ref=deed.ref).count() == 1


@pytest.mark.parametrize("kind", list(DEEDS))
def test_what_somebody_touched_since_stays_and_is_listed(world: World, kind: str) -> None:
    hr, officers = world.people["hr-officer"], some(world)
    deed = carry_out(kind, officers, hr)
    touched = DEEDS[kind].model._default_manager.get(ref=deed.lines.get(officer=officers[0]).record)
    touched.save()  # by whatever action: it leaves a row in the history
    actions.take_back(deed=deed, by=hr, at=clock.now())
    outcomes = dict(deed.lines.values_list("officer", "outcome"))
    assert outcomes == {officers[0].pk: "kept", officers[1].pk: "undone", officers[2].pk: "undone"}
    assert "changed since" in deed.lines.get(outcome="kept").reason


def test_after_ten_minutes_or_a_second_time_nothing_is_taken_back(world: World) -> None:
    hr, officers = world.people["hr-officer"], some(world)
    deed = carry_out("duty", officers, hr)
    with pytest.raises(RuleBroken):
        actions.take_back(deed=deed, by=hr, at=deed.done_at + timedelta(minutes=10))
    actions.take_back(deed=deed, by=hr, at=clock.now())
    with pytest.raises(RuleBroken):
        actions.take_back(deed=deed, by=hr, at=clock.now())


def single(kind: str, officer: Officer, by: Any) -> None:
    """The single deed of the module, that the deed on many stands for."""
    at, on, facts = clock.now(), clock.today(), FACTS[kind]()
    if kind == "duty":
        posting = officer.postings.get(ends_on__isnull=True)
        deployment.change_duty(posting=posting, **facts, paper=PAPER, by=by, on=on, at=at)
    elif kind == "skill":
        personnel.record_skill(officer=officer, **facts, paper=PAPER, by=by, at=at)
    elif kind == "checked":
        personnel.verify_skill(held=officer.skills.get(), by=by, at=at)
    elif kind == "course":
        personnel.record_course(officer=officer, **facts, paper=PAPER, by=by, at=at)
    else:
        changes = {"house_allowance_place": facts["place"]}
        personnel.change_officer(officer=officer, changes=changes, paper=PAPER, by=by, at=at)


@pytest.mark.parametrize("kind", list(DEEDS))
def test_the_deed_skips_whom_the_single_action_refuses(world: World, kind: str) -> None:
    here = some(world)
    away = OfficerFactory(posted_to=world.other_station)
    SkillHeldFactory(officer=away, skill=skill())
    own = OfficerFactory(posted_to=world.station, user=appoint(UserFactory(), "hr-officer", world.county))
    SkillHeldFactory(officer=own, skill=skill())
    everybody = [*here, away, own]
    plan = DEEDS[kind].plan(
        read_for_deed([each.pk for each in everybody]), **FACTS[kind](), by=own.user, on=clock.today()
    )
    skipped = {each.officer.pk: each.skipped for each in plan.skipped}
    assert set(skipped) == {away.pk, own.pk}
    for officer in (away, own):
        with pytest.raises(Refusal) as refused:
            single(kind, officer, own.user)
        if kind != "duty":  # the duty's own action says it in words of its own
            assert skipped[officer.pk] == refused.value.message


@pytest.mark.parametrize("kind", list(DEEDS))
def test_a_deed_writes_what_the_single_action_writes(world: World, kind: str) -> None:
    hr, (one, other) = world.people["hr-officer"], some(world, 2)
    single(kind, one, hr)
    carry_out(kind, [other], hr)
    passing = {
        "id", "ref", "officer_id", "checked_at", "check_note", "service_number", "surname", "name_key", "sex", "evidence",
    }  # fmt: skip
    written = [
        [{name: value for name, value in row.items() if name not in passing} for row in rows]
        for rows in zip(*(itertools.chain(*state_of([each])) for each in (one, other)), strict=True)
    ]
    assert all(left == right for left, right in written)


def test_rights_are_asked_again_when_the_deed_is_done(world: World) -> None:
    by, officers = appoint(UserFactory(), "hr-officer", world.county), some(world)
    deed, facts, keys = DEEDS["duty"], FACTS["duty"](), [each.pk for each in officers]
    seen = deed.plan(read_for_deed(keys), **facts, by=by, on=clock.today())
    Posting.objects.filter(officer=officers[0]).update(ends_on=clock.today())
    PostingFactory(officer=officers[0], unit=world.other_station, starts_on=clock.today())
    with pytest.raises(RuleBroken, match="since the preview"):
        actions.do_to_many(
            deed=deed, officers=keys, facts=facts, what="Test", paper=PAPER, ref=new_reference(), looked_at=seen.digest,
            by=by, on=clock.today(), at=clock.now(),
        )  # fmt: skip
    assert not BulkDeed.objects.exists()
    assert not Posting.objects.filter(officer__in=officers, duty=duty()).exists()


def test_the_number_of_statements_does_not_grow(world: World) -> None:
    hr = world.people["hr-officer"]
    counts = []
    for number in (2, 2, 40):  # the first also learns whose rights reach where
        officers = some(world, number)
        with CaptureQueriesContext(connection) as captured:
            deed = carry_out("skill", officers, hr)
            actions.take_back(deed=deed, by=hr, at=clock.now())
        counts.append(len(captured.captured_queries))
    assert counts[1] == counts[2]


# The pages ----------------------------------------------------------------------------------------------------------------


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found
    return found[1]


def test_all_that_the_filters_leave_are_previewed_and_done_once(world: World) -> None:
    officers = some(world)
    client = client_of(world.people["hr-officer"])
    sent = {
        "deed": "duty", "everything": "yes", "query": "unit=C-KILIFI", "facts-duty": duty().pk, "facts-paper": PAPER,
    }  # fmt: skip
    officers[0].postings.update(duty=duty())
    preview = client.post("/officers/bulk/", sent | {"step": "preview"})
    text = " ".join(preview.content.decode().split())
    assert "3 of 4 chosen will change; 1 will be skipped." in text
    assert "Does this duty already." in text
    assert world.other_officer.service_number not in text
    assert not BulkDeed.objects.exists()
    confirm = sent | {"step": "confirm", "ref": hidden(preview, "ref"), "looked_at": hidden(preview, "looked_at")}
    first, again = client.post("/officers/bulk/", confirm), client.post("/officers/bulk/", confirm)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    assert BulkDeed.objects.count() == AuditEvent.objects.filter(event="many-changed").count() == 1
    assert client.get(first.url + "?outcome=skipped").context["page"].paginator.count == 1
    assert client.get("/officers/bulk/").context["page"].paginator.count == 1
    assert client.post(first.url + "undo/").status_code == 302
    assert Posting.objects.filter(duty=duty()).count() == 1


def test_a_deed_is_its_doer_s_alone_and_numbers_out_of_sight_are_passed_over(world: World) -> None:
    client = client_of(appoint(UserFactory(), "hr-officer", world.county))
    sent = {"deed": "skill", "numbers": [world.other_officer.service_number], "step": "preview"}
    assert client.post("/officers/bulk/", sent).status_code == 302
    deed = carry_out("duty", some(world), world.people["hr-officer"])
    assert client.get(f"/officers/bulk/{deed.ref}/").status_code == 404
    assert client.post(f"/officers/bulk/{deed.ref}/undo/").status_code == 404
    assert (
        client_of(appoint(UserFactory(), "station-commander", world.station)).get("/officers/bulk/").status_code == 404
    )


def test_a_past_day_s_list_offers_no_deed(world: World) -> None:
    client = client_of(world.people["hr-officer"])
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert client.get("/officers/").context["deeds"]
    assert not client.get(f"/officers/?on={yesterday}").context["deeds"]
    sent = {"deed": "skill", "everything": "yes", "query": f"on={yesterday}"}
    assert client.post("/officers/bulk/", sent).status_code == 302


def test_a_form_with_an_error_says_where(world: World) -> None:
    client = client_of(world.people["hr-officer"])
    sent = {"deed": "skill", "numbers": [world.officer.service_number], "step": "preview", "facts-skill": skill().pk}
    answer = client.post("/officers/bulk/", sent | {"facts-level": "9", "facts-paper": PAPER})
    assert answer.status_code == 422
    assert "has levels" in answer.content.decode()


def test_a_deed_that_changes_nobody_is_not_kept(world: World) -> None:
    officers = some(world, 1)
    carry_out("duty", officers, world.people["hr-officer"])
    with pytest.raises(RuleBroken, match="nothing to do"):
        carry_out("duty", officers, world.people["hr-officer"])
