"""Who is trained and still serving, and the wards that covers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from deployment.models import Posting
from organisation.models import County, Unit, Ward
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.deployment import PostingFactory
from tests.factories.machinery import letter_to
from tests.factories.organisation import UnitFactory
from tests.factories.training import course_version, enrolled, running
from tests.statements import statements_of
from training.models import Certificate, Enrolment
from training.queries import cover as queries
from training.queries.cover import Asked

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PASSED = date(2026, 3, 2)


@pytest.fixture
def tree(db: None) -> dict[str, Unit]:
    """A service with two counties; in the first two wards with a station each, in the second one ward."""
    kilifi, mombasa = County.objects.get(name="Kilifi"), County.objects.get(name="Mombasa")
    units = {"NPS": UnitFactory(code="NPS", type="service", line="headquarters")}
    for code, county, places in (("KLF", kilifi, 2), ("MSA", mombasa, 1)):
        top = units[code] = UnitFactory(code=code, type="county", under=units["NPS"], county=county)
        middle = units[f"{code}-S"] = UnitFactory(code=f"{code}-S", type="sub-county", under=top, county=county)
        for number, ward in enumerate(Ward.objects.filter(county=county)[:places], start=1):
            place = {"county": county, "ward": ward}
            command = units[f"{code}-W{number}"] = UnitFactory(
                code=f"{code}-W{number}", type="ward", under=middle, **place
            )
            units[f"{code}-P{number}"] = UnitFactory(code=f"{code}-P{number}", under=command, **place)
    return units


@pytest.fixture
def general(tree: dict[str, Unit]) -> Any:
    return appoint(UserFactory(), "inspector-general", tree["NPS"])


def trained(tree: dict[str, Unit], at: str, code: str = "muamko-peers", **more: Any) -> Enrolment:
    """An officer posted there who passed."""
    officer: Officer = PostingFactory(unit=tree[at]).officer
    cohort = running(tree["NPS"], course_version(code))
    return enrolled(cohort, officer, **{"state": "passed", "result_on": PASSED, **more})


def certified(enrolment: Enrolment, **more: Any) -> Certificate:
    fields = {"issued_on": PASSED, "letter": letter_to(UserFactory(), code=enrolment.ref), **more}
    return Certificate.objects.create(enrolment=enrolment, **fields)


def found(user: Any, code: str | None = None, on: date = TODAY, **more: str) -> dict[str, queries.Line]:
    area = queries.access_area(user, code, today=TODAY)
    survey = queries.cover(user, area, Asked(on, **more), today=TODAY)
    return {line.command.code: line for line in [*survey.lines, *([survey.total] if survey.total else [])]}


def numbers(line: queries.Line) -> tuple[int, int, int, int]:
    return line.officers, line.trained, len(line.wards), len(line.covered)


def test_officers_trained_and_wards_are_counted_up_the_tree(tree: dict[str, Unit], general: Any) -> None:
    trained(tree, "KLF-P1")
    trained(tree, "KLF-P1", "muamko-leaders")
    trained(tree, "MSA")  # at headquarters: trained, and in no ward
    PostingFactory(unit=tree["KLF-P2"])
    lines = found(general)
    every = Ward.objects.filter(county__name="Kilifi").count(), Ward.objects.filter(county__name="Mombasa").count()
    assert numbers(lines["KLF"]) == (3, 2, every[0], 1)
    assert numbers(lines["MSA"]) == (1, 1, every[1], 0)
    assert (lines["NPS"].trained, len(lines["NPS"].wards), len(lines["NPS"].covered)) == (3, sum(every), 1)
    wards = found(general, "KLF", level=queries.WARDS)
    assert [numbers(wards[code]) for code in ("KLF-W1", "KLF-W2")] == [(2, 2, 1, 1), (1, 0, 1, 0)]
    assert numbers(found(general, "KLF", programme="leaders")["KLF"])[1:] == (1, every[0], 1)


def test_only_results_and_certificates_that_stand_on_the_day_count(tree: dict[str, Unit], general: Any) -> None:
    withdrawn, lapsed = trained(tree, "KLF-P1"), trained(tree, "KLF-P2")
    trained(tree, "MSA-P1", state="failed")
    trained(tree, "MSA-P1", "traffic")
    certified(withdrawn, withdrawn_on=PASSED + timedelta(days=30), withdrawn_why="entered for another officer")
    certified(lapsed, expires_on=PASSED + timedelta(days=60))

    def count(days: int) -> int:
        return found(general, on=PASSED + timedelta(days=days))["NPS"].trained

    assert [count(each) for each in (-1, 0, 29, 30, 59, 60)] == [0, 2, 2, 1, 1, 0]


def test_who_left_or_moved_counts_where_he_served_on_the_day(tree: dict[str, Unit], general: Any) -> None:
    officer = trained(tree, "KLF-P1").officer
    moved_on = date(2026, 6, 1)
    Posting.objects.filter(officer=officer).update(ends_on=moved_on)
    PostingFactory(officer=officer, unit=tree["MSA-P1"], starts_on=moved_on, ends_on=date(2026, 9, 1))

    def covered(on: date) -> list[int]:
        lines = found(general, on=on)
        return [len(lines[code].covered) for code in ("KLF", "MSA")]

    assert [covered(date(2026, month, 15)) for month in (5, 6, 9)] == [[1, 0], [0, 1], [0, 0]]


def test_ranks_add_up_to_the_command(tree: dict[str, Unit], general: Any) -> None:
    rank = trained(tree, "KLF-P1").officer.rank
    PostingFactory(unit=tree["MSA-P1"])
    lines = found(general, "NPS", level=queries.RANKS)
    assert lines.pop("").trained == sum(line.trained for line in lines.values()) == 1
    assert lines[rank.code].trained == 1
    assert found(general, "MSA", level=queries.RANKS)[""].trained == 0


@pytest.mark.parametrize("role", ["county-commander", "rollout-coordinator"])
def test_a_reader_sees_the_own_command_and_no_other(tree: dict[str, Unit], role: str) -> None:
    trained(tree, "KLF-P1")
    client = sign_in(Client(), appoint(UserFactory(), role, tree["KLF"]))
    assert client.get("/training/cover/").status_code == client.get("/training/cover/KLF-S/").status_code == 200
    assert client.get("/training/cover/KLF/officers/").status_code == 200
    for code in ("NPS", "MSA", "MSA-P1", "NONE"):
        assert client.get(f"/training/cover/{code}/").status_code == 404, code
        assert client.get(f"/training/cover/{code}/officers/").status_code == 404, code


def test_every_number_of_a_command_is_as_long_as_the_list_behind_it(tree: dict[str, Unit], general: Any) -> None:
    officer = trained(tree, "KLF-P1").officer
    trained(tree, "MSA-P1")
    client = sign_in(Client(), general)
    page = client.get("/training/cover/KLF/officers/")
    assert [each.posting.officer for each in page.context["holders"]] == [officer]
    assert page.context["page"].paginator.count == found(general)["KLF"].trained
    assert client.get(f"/training/cover/KLF/officers/?rank={officer.rank.code}").context["page"].paginator.count == 1
    line = found(general)["KLF"]  # most of its wards have no ward command here, and are listed by their own names
    for cover, code, number in (("with", "KLF-W1", len(line.covered)), ("without", "KLF-W2", line.without)):
        listed = client.get(f"/training/cover/KLF/?level=wards&cover={cover}").context["page"]
        assert listed.paginator.count == number
        assert code in {each.command.code for each in listed}


def test_the_page_costs_the_same_whatever_there_is(tree: dict[str, Unit], general: Any) -> None:
    client = sign_in(Client(), general)
    trained(tree, "KLF-P1")
    trained(tree, "KLF")
    client.get("/training/cover/")
    before = statements_of(client, "/training/cover/")
    for at in ("KLF-P2", "MSA-P1", "MSA"):
        trained(tree, at)
    assert len(statements_of(client, "/training/cover/")) == len(before) <= 15


def test_a_day_that_cannot_be_known_is_said_and_today_taken(general: Any) -> None:
    page = sign_in(Client(), general).get("/training/cover/?on=2999-01-01")
    assert page.status_code == 200
    assert "Who will be serving then is not known" in page.content.decode()


def test_the_file_holds_the_lines_of_the_page(tree: dict[str, Unit], general: Any) -> None:
    trained(tree, "KLF-P1")
    every = Ward.objects.filter(county__name="Kilifi").count()
    client = sign_in(Client(), general)
    text = b"".join(client.get("/training/cover/KLF/?level=wards&format=csv")).decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == [
        "Code",
        *[""] * (every - 2),
        "KLF-W1",
        "KLF-W2",
        "KLF",
    ]
    names = b"".join(client.get("/training/cover/KLF/officers/?format=csv")).decode("utf-8-sig")
    assert len(names.splitlines()) == 2
