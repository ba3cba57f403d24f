"""Names from a paper that a commander signed: who may enter them, for whom, and whoever also commands has both ways."""

from __future__ import annotations

from typing import Any

import pytest

from hcims.errors import RuleBroken
from organisation.models import Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.factories.training_cohorts import AT, ON, School, opened, planned
from tests.signing_in import client_of
from tests.training.test_nomination_pages import WHY, soon, text_of
from training.actions import cohorts, nominations
from training.models import Nomination

pytestmark = pytest.mark.django_db


def entered(school: School, officer: Any, by: Any, paper: str = "Signal 12 of 2026") -> nominations.Outcome:
    """Entered from a paper that the commander of the station signed."""
    return nominations.nominate(
        opened(school), officers=[officer], reason=WHY, signed_by=school.commander, paper=paper, by=by, on=ON, at=AT
    )


@pytest.mark.parametrize("paper", ["", "   12   "])
def test_a_paper_is_named(school: School, paper: str) -> None:
    clerk = appoint(UserFactory(), "hr-officer", school.station)
    with pytest.raises(RuleBroken, match="Name the paper that the commander signed"):
        entered(school, school.officer(), clerk, paper)
    assert not Nomination.objects.exists()


def test_a_paper_is_entered_by_hr_of_the_officers_own_area(school: School) -> None:
    officer = school.officer()
    of_another_area = appoint(UserFactory(), "hr-officer", school.other_station)
    for by in (of_another_area, school.trainer, school.commander):
        outcome = entered(school, officer, by)
        assert not outcome.done
        assert "Your appointment does not reach this officer's unit." in outcome.skipped[0][1]
    assert entered(school, officer, appoint(UserFactory(), "hr-officer", school.region)).done


@pytest.fixture
def both(school: School) -> Any:
    """Commands the station and works for HR of the other one."""
    return appoint(school.commander, "hr-officer", school.other_station)


def test_whoever_commands_here_and_works_for_hr_there_has_both_ways(school: School, both: Any) -> None:
    here, there = school.officer(), school.officer(elsewhere=True)
    signer = OfficerFactory(posted_to=school.other_station, user=school.other_commander)
    client, address = client_of(both), f"/training/nominations/{soon(school).ref}/"
    page = text_of(client, address)
    ways = ('href="?way=nominate-trainees" aria-current="page"', 'href="?way=nominate-on-paper"')
    assert all(each in page for each in ways)
    assert here.service_number in page
    assert there.service_number not in page
    assert client.post(address, {"refs": [here.service_number], "reason": WHY}).status_code == 302
    on_paper = f"{address}?way=nominate-on-paper"
    page = text_of(client, on_paper)
    assert "officers of the area for which you work at HR" in page
    assert there.service_number in page
    assert here.service_number not in page
    assert 'name="way" value="nominate-on-paper"' in page  # whoever looks for a name stays in this way
    sent = {"refs": [there.service_number], "reason": WHY, "paper": "Signal 12 of 2026"}
    assert client.post(on_paper, sent).status_code == 422
    answer = client.post(on_paper, {**sent, "refs": [signer.service_number], "signed_by": signer.service_number})
    assert answer.headers["Location"] == on_paper  # nobody signs for himself or herself; the same way again
    assert client.post(on_paper, {**sent, "signed_by": signer.service_number}).status_code == 302
    by_hand, typed = Nomination.objects.order_by("pk")
    assert (by_hand.officer, by_hand.put_by, by_hand.signed_by) == (here, both, None)
    assert (typed.officer, typed.put_by, typed.signed_by) == (there, both, school.other_commander)
    page = text_of(client, "/training/nominations/")
    assert "What one signed on paper is entered here" in page
    assert here.service_number in page
    assert there.service_number in page
    assert f"/training/requests/{by_hand.ref}/withdraw/" in page
    assert f"/training/requests/{typed.ref}/withdraw/" not in page  # a commander of theirs takes that name back


def test_who_has_one_way_is_not_asked(school: School, both: Any) -> None:
    address = f"/training/nominations/{soon(school).ref}/"
    clerk = appoint(UserFactory(), "hr-officer", school.station)
    for user, signs in ((school.other_commander, False), (clerk, True)):
        for asked in ("", "?way=nominate-trainees", "?way=nominate-on-paper", "?way=x"):
            page = text_of(client_of(user), address + asked)
            assert "way=nominate" not in page
            assert ("Commander who signed" in page) is signs


def test_a_course_of_a_command_is_entered_in_the_way_that_reaches_it(school: School, both: Any) -> None:
    region = Unit.objects.get(code="R-TWO")
    coordinator = appoint(UserFactory(), "rollout-coordinator", region)
    cohort = cohorts.open_cohort(planned(school, unit=region, by=coordinator), by=coordinator, on=ON, at=AT)
    page = text_of(client_of(both), f"/training/nominations/{cohort.ref}/")
    assert "Commander who signed" in page
    assert "way=nominate" not in page
    only_here = appoint(UserFactory(), "station-commander", school.station)
    assert client_of(only_here).get(f"/training/nominations/{cohort.ref}/").status_code == 404
