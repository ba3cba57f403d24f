"""Answers without a name: a slip is spent once, counters alone are kept, and nothing is shown too early or of too few."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hcims import clock
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from tests.factories import training as made_by
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.factories.training_matrix import Made, asked, cohort, matrix_at
from tests.signing_in import client_of
from tests.world import World
from training import slips
from training.actions import answers as actions
from training.models import AnswerCount, AnswerRound, AnswerSlip, Cohort, Survey
from training.queries import answers as queries
from training.views import say as view

SAY = "/training/say/"


@pytest.fixture
def made(world: World) -> Made:
    return matrix_at(world.service)


@pytest.fixture(autouse=True)
def _an_empty_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "throttle", view.Throttle(view.FROM_ONE))


def deed(user: Any) -> dict[str, Any]:
    """Who, on which day, when."""
    return {"by": user, "on": clock.today(), "at": clock.now()}


def filled(made: Made, trainees: int = 10, **more: Any) -> Cohort:
    """A cohort that is over, with trainees."""
    thing = cohort(made, **more)
    for _number in range(trainees):
        made_by.enrolled(thing, OfficerFactory(), state="joined")
    return thing


def drawn(monkeypatch: pytest.MonkeyPatch, made: Made, thing: Cohort, what: str = "taught") -> list[str]:
    """The codes of the slips that were drawn for it, as they would be printed."""
    codes: list[str] = []
    real = slips.new_codes

    def noted(count: int) -> list[str]:
        codes[:] = real(count)
        return codes

    monkeypatch.setattr(slips, "new_codes", noted)
    pdf = actions.draw_slips(cohort=thing, asked=what, last_on=clock.today() + timedelta(days=7), **deed(made.officer))
    assert pdf.startswith(b"%PDF")
    return codes


def test_a_slip_is_answered_once_on_a_phone_and_leaves_counters_alone(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = filled(made)
    codes = drawn(monkeypatch, made, thing)
    events = AuditEvent.objects.count()
    parts = [each.code for each in made.place.curriculum.parts]
    phone = Client()
    page = phone.post(f"{SAY}?lang=sw", {"code": codes[0].upper()})
    assert 'lang="sw"' in page.content.decode()
    assert re.findall(r'name="([a-z-]+)" value="1"', page.content.decode()) == parts
    answers = {part: "1" for part in parts} | {"identity": "0"}
    left_out = phone.post(SAY, {"code": codes[0], "sent": "yes", **answers, "healing": ""})
    assert left_out.status_code == 422
    done = phone.post(SAY, {"code": codes[0], "sent": "yes", **answers})
    assert "Your answers are counted" in done.content.decode()
    assert not any([each.cookies for each in (page, left_out, done)] + [dict(phone.cookies)])
    again = phone.post(SAY, {"code": codes[0], "sent": "yes", **answers})
    unknown = phone.post(SAY, {"code": "zzzzzzzzzz"})
    assert again.status_code == unknown.status_code == 422
    assert again.content.replace(codes[0].encode(), b"") == unknown.content.replace(b"zzzzzzzzzz", b"")
    assert AnswerSlip.objects.count() == 9
    kept = AnswerRound.objects.get()
    assert kept.answers == 1
    assert AnswerCount.objects.get(part_code="identity", value=0).count == 1
    assert AnswerCount.objects.filter(count=0).count() == len(parts) * 2
    assert AuditEvent.objects.count() == events


def test_tables_of_answers_hold_no_moment_and_no_person() -> None:
    for model in (AnswerSlip, AnswerCount):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}, model
        assert "User" not in {getattr(field.related_model, "__name__", "") for field in model._meta.concrete_fields}
    assert not hasattr(AnswerSlip._meta.get_field("digest"), "history")


def test_a_signed_in_reader_is_nobody_on_the_page_and_too_many_are_asked_to_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client_of(world.people["inspector-general"]).get(SAY)
    assert not answer.cookies
    assert "Test inspector-general" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    monkeypatch.setattr(view.Throttle, "allows", lambda *given, **named: False)
    assert Client().post(SAY, {"code": "x"}).status_code == 429


def test_a_late_code_is_as_good_as_none(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    code = drawn(monkeypatch, made, filled(made))[0]
    parts = dict.fromkeys([each.code for each in made.place.curriculum.parts], 1)
    with pytest.raises(RuleBroken, match="cannot be used"):
        actions.say(code=code, answers=parts, on=clock.today() + timedelta(days=8))
    with pytest.raises(RuleBroken, match="Answer every question"):
        actions.say(code=code, answers={**parts, "identity": 5}, on=clock.today())
    actions.say(code=code, answers=parts, on=clock.today() + timedelta(days=7))


def test_too_few_trainees_are_not_asked_nor_twice_nor_by_another(world: World, made: Made) -> None:
    soon = clock.today() + timedelta(days=7)
    few = filled(made, 9, title="Few")
    with pytest.raises(RuleBroken, match="fewer than 10 answers"):
        actions.draw_slips(cohort=few, asked="taught", last_on=soon, **deed(made.officer))
    asked(made, taught=0, not_taught=0, slips=10, over_for=-5)
    thing = Cohort.objects.exclude(pk=few.pk).get()
    for _number in range(10):
        made_by.enrolled(thing, OfficerFactory(), state="joined")
    for words, error, more in (
        ("asked already", RuleBroken, {}),
        ("two months", RuleBroken, {"last_on": soon + timedelta(days=90)}),
        ("approve a survey", RuleBroken, {"asked": "before"}),
        ("training officer", NotAllowed, deed(world.people["county-commander"])),
    ):
        given = {"cohort": thing, "asked": "taught", "last_on": soon, **deed(made.officer), **more}
        with pytest.raises(error, match=words):
            actions.draw_slips(**given)


def test_the_trainees_word_is_shown_from_ten_answers_and_after_the_last_day(made: Made) -> None:
    asked(made, taught=9, not_taught=0, title="Nine")
    asked(made, taught=20, not_taught=5, over_for=-1, title="Still on")
    client, on = client_of(made.officer), clock.today()
    page = client.get(f"{made.url}parts/identity/").content.decode()
    assert "Nothing is shown from fewer than ten answers" in page
    assert "Nine" not in page
    asked(made, taught=21, not_taught=5, over_for=0, title="Enough")
    page = client.get(f"{made.url}parts/identity/").content.decode()
    assert "20 or more" in page
    assert "4 or more" in page
    assert not {"21", "26"} & set(re.findall(r">\s*(\d+)\s*<", page))
    assert "taught: 20 or more" in client.get(made.url).content.decode()
    assert [each.title for each in queries.taught_at(made.place.institution, made.place.course, on=on).cohorts] == [
        "Enough"
    ]


def test_the_page_of_a_cohort_says_nothing_while_it_is_asked(made: Made) -> None:
    thing = asked(made, taught=20, not_taught=5, over_for=-3)
    client = client_of(made.officer)
    page = client.get(f"/training/cohorts/{thing.cohort.ref}/answers/").content.decode()
    assert "30 slips were drawn" in page
    assert "or more" not in page
    AnswerRound.objects.update(closes_on=clock.today())
    shown = client.get(f"/training/cohorts/{thing.cohort.ref}/answers/").content.decode()
    assert Counter(re.findall(r"20 or more|4 or more|fewer than 4", shown)) == {
        "20 or more": 7, "4 or more": 7, "fewer than 4": 7,
    }  # fmt: skip


def test_a_survey_is_drafted_by_one_approved_by_another_and_asked_before_and_after(
    world: World, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, director = world.people["training-office"], world.people["training-director"]
    form = {"programme": made_by.programme().pk, "title_en": "How I am", "title_sw": "Nilivyo", "source": "Ours"}
    client = client_of(office)
    lacking = client.post("/training/surveys/new/", {**form, "en_1": "I rest."})
    assert lacking.status_code == 422
    assert client.post("/training/surveys/new/", {**form, "en_1": "I rest.", "sw_1": "Napumzika."}).status_code == 302
    survey = Survey.objects.get()
    with pytest.raises(NotAllowed):
        actions.approve_survey(survey=survey, **deed(office))
    with pytest.raises(RuleBroken, match="not been submitted"):
        actions.approve_survey(survey=survey, **deed(director))
    client.post(f"/training/surveys/{survey.ref}/step/", {"step": "submit"})
    own = Survey.objects.create(
        programme=made_by.programme("muamko-peers"), number=1, title_en="x", source="x", drafted_by=director
    )
    own.submitted_on = clock.today()
    with pytest.raises(NotAllowed, match="drafted"):
        actions.approve_survey(survey=own, **deed(director))
    client_of(director).post(f"/training/surveys/{survey.ref}/step/", {"step": "approve"})
    survey.refresh_from_db()
    assert survey.in_use_from == clock.today()
    with pytest.raises(RuleBroken, match="never changed"):
        actions.submit_survey(survey=survey, **deed(office))
    code = drawn(monkeypatch, made, filled(made), "before")[0]
    question = f"q{survey.questions.get().pk}"
    assert "Napumzika" in Client().post(f"{SAY}?lang=sw", {"code": code}).content.decode()
    assert Client().post(SAY, {"code": code, "sent": "yes", question: "5"}).status_code == 200
    assert AnswerCount.objects.get(value=5).count == 1


def test_slips_are_drawn_by_the_page_and_the_sheet_is_kept_nowhere(made: Made) -> None:
    thing = filled(made)
    address = f"/training/cohorts/{thing.ref}/answers/"
    client = client_of(made.officer)
    last = clock.today() + timedelta(days=7)
    answer = client.post(address, {"asked": "taught", "last_on": last.isoformat()})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert not AnswerRound.objects.get().answers
    stranger = appoint(UserFactory(), "training-officer", matrix_at(made.unit, code="TC-8").unit)
    assert client_of(stranger).get(address).status_code == 404
