"""What was entered wrongly, or never, is put right: steps of the rank history, an exit, a skill, days of a record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from deployment.actions import leave_service
from hcims.errors import RuleBroken
from organisation.models import Skill
from personnel import actions
from personnel.models import EvidenceState, Officer, RankHolding
from tests.factories.organisation import rank
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ON = AT.date()
PAPER = "NPS/HR/12 of 20 May 2026"
ENLISTED = date(2008, 3, 1)


@pytest.fixture
def hr(world: World) -> Any:
    return world.people["hr-officer"]


def steps(officer: Officer) -> list[tuple[str, date, date | None]]:
    held = officer.rank_holdings.filter(voided_at__isnull=True).select_related("rank")
    return [(each.rank.code, each.starts_on, each.ends_on) for each in held]


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


def known_as(officer: Officer, code: str, since: date) -> RankHolding:
    """The officer as a roll brings one: one rank, from a day."""
    officer.rank_holdings.all().update(rank=rank(code), starts_on=since)
    Officer.objects.filter(pk=officer.pk).update(rank=rank(code))
    return officer.rank_holdings.get()


def test_ranks_before_and_between_those_on_record_are_entered_and_put_right_on_pages(world: World, hr: Any) -> None:
    officer, desk = world.officer, client_of(hr)
    known_as(officer, "SGT", date(2020, 5, 1))
    file = f"/officers/{officer.service_number}/"
    for code, since in (("PC", ENLISTED), ("CPL", date(2014, 7, 1))):
        sent = {"rank": rank(code).pk, **day("since", since), "paper": PAPER}
        assert desk.post(f"{file}enter/rank/", sent).status_code == 302
    complete = [("SGT", date(2020, 5, 1), None), ("CPL", date(2014, 7, 1), date(2020, 5, 1)),
                ("PC", ENLISTED, date(2014, 7, 1))]  # fmt: skip
    assert steps(officer) == complete
    assert Officer.objects.get(pk=officer.pk).rank.code == "SGT", "the rank in force is the latest"
    assert f"{file}enter/mend-rank/2014-07-01/" in desk.get(file).content.decode()
    form = desk.get(f"{file}enter/mend-rank/2014-07-01/").context["form"]
    assert (form["rank"].value(), form["since"].value()) == (rank("CPL").pk, date(2014, 7, 1))
    for since in (date(2013, 7, 1), date(2016, 7, 1)):  # earlier, and later
        sent = {"rank": rank("CPL").pk, **day("since", since), "paper": PAPER}
        was = steps(officer)[1][1].isoformat()
        assert desk.post(f"{file}enter/mend-rank/{was}/", sent).status_code == 302
        assert steps(officer)[1:] == [("CPL", since, date(2020, 5, 1)), ("PC", ENLISTED, since)]
    assert desk.get(f"{file}enter/mend-rank/2014-07-01/").status_code == 404, "no step was taken on that day any more"
    assert (
        desk.post(f"{file}enter/void-rank/2016-07-01/", {"reason": "another officer", "paper": PAPER}).status_code
        == 302
    )
    assert steps(officer) == [("SGT", date(2020, 5, 1), None), ("PC", ENLISTED, date(2020, 5, 1))]


@pytest.mark.parametrize(
    ("code", "since", "words"),
    [
        ("SGT", date(2022, 1, 1), "already, from 1 May 2020"),  # the rank before
        ("SGT", date(2019, 1, 1), "already, from 1 May 2020"),  # the rank after
        ("CPL", date(2020, 5, 1), "was taken on 1 May 2020 already"),
        ("PC", date(2008, 2, 29), "before the enlistment on 1 March 2008"),
    ],
)
def test_a_step_that_cannot_be_is_refused(world: World, hr: Any, code: str, since: date, words: str) -> None:
    known_as(world.officer, "SGT", date(2020, 5, 1))
    with pytest.raises(RuleBroken, match=words):
        actions.record_rank(officer=world.officer, rank=rank(code), since=since, authority=PAPER, by=hr, at=AT)


def test_a_step_keeps_its_place_and_a_change_changes_something(world: World, hr: Any) -> None:
    first = known_as(world.officer, "PC", ENLISTED)
    second = actions.record_rank(
        officer=world.officer, rank=rank("CPL"), since=date(2014, 7, 1), authority=PAPER, by=hr, at=AT
    )
    said = {"authority": PAPER, "by": hr, "at": AT}
    with pytest.raises(RuleBroken, match="another step stands in between"):
        actions.mend_rank(holding=first, rank=rank("PC"), since=date(2015, 1, 1), **said)
    with pytest.raises(RuleBroken, match="Nothing is changed"):
        actions.mend_rank(holding=second, rank=rank("CPL"), since=date(2014, 7, 1), **said)
    actions.mend_rank(holding=second, rank=rank("SGT"), since=date(2014, 7, 1), **said)
    assert Officer.objects.get(pk=world.officer.pk).rank.code == "SGT"


def test_an_exit_that_a_court_sets_aside_is_taken_back(world: World, hr: Any) -> None:
    officer, desk = world.officer, client_of(hr)
    leave_service(officer=officer, exited_on=ON, reason="dismissal", paper=PAPER, by=hr, on=ON, at=AT)
    file = f"/officers/{officer.service_number}/"
    page = desk.get(file).content.decode()
    assert f"{file}enter/take-back-exit/" in page
    assert f"?officer={officer.service_number}" not in page, "nothing else is ordered or issued to somebody who left"
    sent = {"reason": "The dismissal was quashed", "paper": "ELRC petition 7 of 2026"}
    assert desk.post(f"{file}enter/take-back-exit/", sent).status_code == 302
    officer.refresh_from_db()
    assert (officer.exited_on, officer.exit_reason, officer.unit) == (None, "", None)
    assert officer.history.first().history_change_reason == "ELRC petition 7 of 2026"
    page = desk.get(file).content.decode()
    assert f"/postings/new/?officer={officer.service_number}" in page, "the next thing to enter is the posting"
    with pytest.raises(RuleBroken, match="no exit"):
        actions.take_back_exit(officer=officer, reason="again", paper=PAPER, by=hr, at=AT)


def test_a_skill_is_changed_and_marked_as_entered_in_error(world: World, hr: Any) -> None:
    officer, desk = world.officer, client_of(hr)
    skill = Skill.objects.get(code="french")
    held = actions.record_skill(officer=officer, skill=skill, level=3, paper=PAPER, by=hr, at=AT)
    file = f"/officers/{officer.service_number}/"
    shown = desk.get(f"{file}?part=skills").content.decode()
    for deed in ("skill", "void-skill"):
        assert f"{file}enter/{deed}/{held.ref}/" in shown
    assert desk.post(f"{file}enter/skill/{held.ref}/", {"level": "2", "paper": "Certificate 4"}).status_code == 302
    held.refresh_from_db()
    assert (held.level, held.source) == (2, "Certificate 4")
    sent = {"reason": "Of another officer", "paper": PAPER}
    assert desk.post(f"{file}enter/void-skill/{held.ref}/", sent).status_code == 302
    held.refresh_from_db()
    assert (held.state, "Of another officer" in held.check_note) == (EvidenceState.REFUSED, True)


def test_days_that_cannot_follow_each_other_are_refused(world: World, hr: Any) -> None:
    change: Any = {"officer": world.officer, "paper": PAPER, "by": hr, "at": AT}
    for changes, words in (
        ({"born_on": date(1999, 1, 1), "enlisted_on": date(2010, 1, 1)}, "one of the two cannot be right"),
        ({"enlisted_on": date(2026, 7, 1)}, "lies ahead"),
        ({"contract_ends_on": date(2007, 1, 1)}, "end before the enlistment"),
    ):
        with pytest.raises(RuleBroken, match=words):
            actions.change_officer(changes=changes, **change)
    with pytest.raises(RuleBroken, match="not over yet"):
        actions.record_course(
            officer=world.officer,
            title="Crime scene",
            ends_on=date(2026, 6, 2),
            result="Passed",
            paper=PAPER,
            by=hr,
            at=AT,
        )


def test_entering_an_officer_ends_on_the_new_file_and_refuses_slips(world: World, hr: Any) -> None:
    desk = client_of(hr)
    letter = {
        "service_number": "0071234", "surname": "Wafula", "other_names": "Neema", "sex": "F", "member": "officer",
        "service": "KPS", "national_id": "12345678", "rank": rank("PC").pk, "unit": world.station.code, "duty": 2,
        "paper": PAPER, **day("born_on", date(1990, 4, 3)), **day("enlisted_on", date(2012, 5, 1)),
        "overstrength_authority": "IG/OS/1", **day("rank_since", date(2012, 5, 1)), **day("starts_on", date(2024, 2, 1)),
    }  # fmt: skip
    for slip, words in (
        ({"national_id": "12x"}, "National ID: A national ID has six to nine figures"),
        (day("born_on", date(2015, 4, 3)), "Check the year of birth"),
        (day("rank_since", date(2010, 5, 1)), "before the enlistment on 1 May 2012"),
        (day("starts_on", date(2011, 5, 1)), "arrival at the unit lies before the enlistment"),
    ):
        answer = desk.post("/officers/new/", letter | slip)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    answer = desk.post("/officers/new/", letter)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/officers/0071234/")
    changes = desk.get("/officers/0071234/?part=changes").content.decode()
    for words in ("National ID", "3 Apr 1990", "1 May 2012"):
        assert words in changes
