"""Nominations, choosing and one's own training, as their readers meet them."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from hcims.audit.models import AuditEvent
from hcims.letters.models import Letter
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.factories.training_cohorts import School, condition, opened, put_forward
from tests.signing_in import client_of
from tests.statements import statements_of
from training.actions import calls, cohorts, nominations, seats
from training.models import Cohort, Enrolment, Nomination
from training.policies import nominations as policies

pytestmark = pytest.mark.django_db
WHY = "The station has one driver for two lorries."


def now() -> dict[str, Any]:
    return {"on": timezone.localdate(), "at": timezone.now()}


def soon(school: School, *, seats: int = 2, days: int = 20, **more: Any) -> Cohort:
    """A cohort that takes names today."""
    today = timezone.localdate()
    period = cohorts.Days(today + timedelta(days=days), today + timedelta(days=days + 10), today + timedelta(days=5))
    return opened(school, seats=seats, days=period, **more)


def text_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def test_a_commander_sees_who_may_go_and_of_the_others_why_not_and_puts_several_forward(school: School) -> None:
    condition(school, "years-in-service", value=5)
    may, other, young = school.officer(), school.officer(), school.officer()
    type(young).objects.filter(pk=young.pk).update(enlisted_on=timezone.localdate() - timedelta(days=400))
    elsewhere = school.officer(elsewhere=True)
    cohort, client = soon(school), client_of(school.commander)
    assert school.version.course.name_en in text_of(client, "/training/nominations/")
    page = text_of(client, f"/training/nominations/{cohort.ref}/")
    assert "At least 5 years in the service: 1 year on the first day" in page
    assert "Test circular 7" in page
    assert elsewhere.service_number not in page
    sent = {"refs": [may.service_number], "numbers": f"{other.service_number}\n{young.service_number}", "reason": WHY}
    answer = client.post(f"/training/nominations/{cohort.ref}/", sent, follow=True)
    said = html.unescape(answer.content.decode())
    assert "2 officers put forward." in said
    assert "At least 5 years in the service: 1 year" in said
    assert {each.officer for each in Nomination.objects.all()} == {may, other}
    sent["numbers"], sent["refs"] = elsewhere.service_number, []
    answer = client.post(f"/training/nominations/{cohort.ref}/", sent)
    assert answer.status_code == 422
    assert "Nobody of your area has the number" in answer.content.decode()


def test_an_officer_reads_why_not_asks_waits_and_takes_the_name_back(school: School) -> None:
    officer, cohort = school.officer(), soon(school)
    rule = condition(school, "years-in-service", value=40)
    client = client_of(officer.user)
    page = text_of(client, "/training/mine/")
    assert "At least 40 years in the service" in page
    page = text_of(client, f"/training/mine/courses/{cohort.ref}/")
    assert "You cannot ask for it now" in page
    assert "Test circular 7" in page
    answer = client.post(f"/training/mine/courses/{cohort.ref}/", {"reason": WHY})
    assert answer.status_code == 422
    assert "ask for it to be corrected" in answer.content.decode()
    rule.delete()
    answer = client.post(f"/training/mine/courses/{cohort.ref}/", {"reason": WHY})
    name = Nomination.objects.get()
    assert answer.headers["Location"] == f"/training/mine/names/{name.ref}/"
    assert client.get(f"/training/mine/courses/{cohort.ref}/").status_code == 302
    commander = client_of(school.commander)
    assert officer.full_name in text_of(commander, "/training/nominations/")
    address = f"/training/requests/{name.ref}/"
    refused = {"outcome": "refuse", "code": "", "words": ""}
    assert commander.post(address, refused).status_code == 422
    assert commander.post(address, {**refused, "code": "needed", "words": WHY}).status_code == 302
    page = text_of(client, f"/training/mine/names/{name.ref}/")
    assert "Too few would be left at the unit" in page
    assert WHY in page
    assert "Where to turn:" in page
    assert "Fair Administrative Action Act" in page
    assert client_of(school.officer().user).get(f"/training/mine/names/{name.ref}/").status_code == 404


def test_ones_own_request_does_not_stand_among_those_one_answers(school: School) -> None:
    officer = school.officer()
    appoint(officer.user, "station-commander", school.station)  # type: ignore[arg-type]
    name = nominations.ask(soon(school), officer=officer, by=officer.user, **now())
    client = client_of(officer.user)
    assert officer.service_number not in text_of(client, "/training/nominations/")
    assert client.get(f"/training/requests/{name.ref}/").status_code == 404


def test_the_institution_gives_seats_in_the_order_shown_and_calls(school: School) -> None:
    cohort = soon(school, seats=1)
    first, second = put_forward(school, cohort, school.officer(), school.officer(), **now())
    client = client_of(school.trainer)
    page = text_of(client, f"/training/cohorts/{cohort.ref}/names/")
    assert "The published order of seats" in page
    assert "no course yet" in page
    assert first.officer.service_number in page
    assert "/officers/" not in page.split("</header>")[1], "a training officer opens no files"
    page = html.unescape(client.post(f"/training/cohorts/{cohort.ref}/names/in-order/").content.decode())
    assert "Give 1 seat?" in page
    assert "1 goes on the waiting list" in page
    assert Nomination.objects.filter(state="accepted").count() == 0
    client.post(f"/training/cohorts/{cohort.ref}/names/in-order/", {"confirmed": "yes"})
    assert sorted(Nomination.objects.values_list("state", flat=True)) == ["accepted", "waiting"]
    client.post(f"/training/cohorts/{cohort.ref}/call/")
    trainee = Enrolment.objects.get()
    assert calls.print_joining_letters([trainee.pk], at=timezone.now()) == 1
    owner = client_of(trainee.officer.user)
    assert "Joining letter" in text_of(owner, "/training/mine/")
    waits = second if trainee.officer == first.officer else first
    assert "Place 1 of" not in text_of(client_of(waits.officer.user), f"/training/mine/names/{waits.ref}/")
    assert "Place 2 of 2" in text_of(client_of(waits.officer.user), f"/training/mine/names/{waits.ref}/")
    assert text_of(client, f"/training/cohorts/{cohort.ref}/").count(trainee.officer.full_name)


def test_two_at_once_one_wins_and_the_other_is_told(school: School) -> None:
    name = nominations.ask(soon(school), officer=(officer := school.officer()), by=officer.user, **now())
    other = appoint(UserFactory(), "regional-commander", school.region)
    one, two = client_of(school.commander), client_of(other)
    assert one.post(f"/training/requests/{name.ref}/", {"outcome": "forward"}).status_code == 302
    answer = two.post(f"/training/requests/{name.ref}/", {"outcome": "refuse", "code": "needed", "words": WHY})
    assert answer.status_code == 422
    assert f"{school.commander.full_name} answered this already" in html.unescape(answer.content.decode())


def test_first_day_results_and_certificate_in_three_pages(school: School) -> None:
    cohort = soon(school)
    here, absent = school.officer(), school.officer()
    names = put_forward(school, cohort, here, absent, **now())
    seats.give_seats(cohort, nominations=names, by=school.trainer, **now())
    calls.call_trainees(cohort, by=school.trainer, **now())
    today = timezone.localdate()
    Cohort.objects.filter(pk=cohort.pk).update(first_on=today, last_on=today, nominate_by=today)
    client = client_of(school.trainer)
    trainee = Enrolment.objects.get(officer=here)
    client.post(f"/training/cohorts/{cohort.ref}/first-day/", {"refs": [trainee.ref]})
    assert Enrolment.objects.get(officer=absent).state == "no-show"
    answer = client.post(f"/training/cohorts/{cohort.ref}/results/", {f"mark-{trainee.ref}": "171"})
    assert answer.status_code == 422
    client.post(f"/training/cohorts/{cohort.ref}/results/", {f"mark-{trainee.ref}": "71", "paper": "List 3"})
    client.post(f"/training/cohorts/{cohort.ref}/certificates/")
    client.post(f"/training/cohorts/{cohort.ref}/finish/")
    cohort.refresh_from_db()
    assert cohort.state == "finished"
    letter = Letter.objects.get(kind="training-certificate")
    page = text_of(client_of(here.user), "/training/mine/")
    assert letter.number in page
    assert client_of(here.user).get(reverse("letters:letter", args=[letter.ref])).status_code == 200
    assert letter.number in text_of(client, f"/training/trainees/{trainee.ref}/")
    assert client.get(reverse("training:certificate_file", args=[trainee.certificates.get().ref])).status_code == 200
    assert client_of(school.commander).get(f"/training/trainees/{trainee.ref}/").status_code == 404


def test_hr_enters_what_a_commander_signed_and_both_are_named(school: School) -> None:
    cohort, officer = soon(school), school.officer()
    clerk = appoint(UserFactory(full_name="Karani Mfano"), "hr-officer", school.service)
    signer = OfficerFactory(posted_to=school.station, user=school.commander)
    client, address = client_of(clerk), f"/training/nominations/{cohort.ref}/"
    assert "Nobody waits for your answer" not in text_of(client, "/training/nominations/")
    sent = {
        "refs": [officer.service_number],
        "reason": WHY,
        "signed_by": signer.service_number,
        "paper": "Signal 12 of 2026",
    }
    for wrong in ({"paper": ""}, {"signed_by": ""}, {"signed_by": officer.service_number}):
        client.post(address, {**sent, **wrong})  # no paper, nobody signed, or somebody who commands nobody
        assert not Nomination.objects.exists()
    client.post(address, {**sent, "refs": [signer.service_number]})  # nobody signs for himself or herself
    elsewhere = school.officer(elsewhere=True)
    client.post(address, {**sent, "refs": [elsewhere.service_number]})  # not of the commander who signed
    assert not Nomination.objects.exists()
    assert client.post(address, sent).status_code == 302
    kept = Nomination.objects.get()
    assert (kept.put_forward_by, kept.put_by, kept.paper) == (school.commander, clerk, "Signal 12 of 2026")
    for reader, where in (
        (officer.user, f"/training/mine/names/{kept.ref}/"),
        (school.trainer, f"/training/cohorts/{cohort.ref}/names/"),
        (school.commander, "/training/nominations/"),
        (clerk, "/training/nominations/"),
    ):
        page = text_of(client_of(reader), where)
        assert school.commander.full_name in page
        assert "on paper (Signal 12 of 2026), entered by Karani Mfano" in page
    assert client.get(f"/training/requests/{kept.ref}/withdraw/").status_code in (403, 404)
    line = AuditEvent.objects.get(event="nominated")
    assert (line.by_ref, line.source) == (clerk.ref, "Signal 12 of 2026")


def test_a_number_on_a_paper_does_not_tell_whose_it_is(school: School) -> None:
    cohort, officer = soon(school), school.officer()
    clerk = appoint(UserFactory(), "hr-officer", school.station)
    type(school.other_commander).objects.filter(pk=school.other_commander.pk).update(full_name="Mbali Mfano")
    far = OfficerFactory(posted_to=school.other_station, user=school.other_commander, surname="Mbali")
    left = OfficerFactory(posted_to=school.station, user=school.commander, surname="Mbali")
    type(left).objects.filter(pk=left.pk).update(exited_on=timezone.localdate(), exit_reason="retirement")
    client, address = client_of(clerk), f"/training/nominations/{cohort.ref}/"
    sent = {"refs": [officer.service_number], "reason": WHY, "paper": "Signal 12 of 2026"}
    pages, asked = [], []
    other = school.officer(elsewhere=True)
    for number in (far.service_number, "9999999", left.service_number, other.service_number):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(address, {**sent, "signed_by": number}, follow=True)
        assert answer.status_code == 422
        asked.append(len(captured))
        page = html.unescape(answer.content.decode())
        assert "Mbali" not in page
        assert page.count("No commander over the officer's unit has this number.") == 2  # on top, and at the field
        pages.append(re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page.replace(number, "the number")))
    assert len(pages) == 4
    assert len(set(pages)) == len(set(asked)) == 1
    with translation.override("sw"):
        assert "Hakuna kamanda" in str(policies.NO_SIGNER)


def test_the_counts_of_a_cohort_open_the_trainees_they_count_and_a_late_call_asks_why(school: School) -> None:
    cohort = soon(school, days=20)
    here, absent = school.officer(), school.officer()
    seats.give_seats(cohort, nominations=put_forward(school, cohort, here, absent, **now()), by=school.trainer, **now())
    soon_on = timezone.localdate() + timedelta(days=3)
    Cohort.objects.filter(pk=cohort.pk).update(first_on=soon_on, nominate_by=soon_on)
    client, address = client_of(school.trainer), f"/training/cohorts/{cohort.ref}/"
    assert client.post(f"{address}call/", {"late_reason": ""}).status_code == 422
    assert "were due by" in text_of(client, f"{address}call/")
    assert client.post(f"{address}call/", {"late_reason": "The venue was confirmed late."}).status_code == 302
    assert "The venue was confirmed late." in text_of(client, address)
    Enrolment.objects.filter(officer=absent).update(state="no-show")
    page = text_of(client, f"{address}?state=no-show")
    assert absent.full_name in page
    assert here.full_name not in page
    assert 'href="?state=no-show#trainees"' in client.get(address).content.decode()


def test_the_pages_cost_the_same_for_many_as_for_few(school: School) -> None:
    cohort = soon(school, seats=3)
    condition(school, "years-in-service", value=5)
    put_forward(school, cohort, school.officer(), **now())
    commander, trainer = client_of(school.commander), client_of(school.trainer)
    asker = client_of(school.officer().user)
    addresses = {
        commander: f"/training/nominations/{cohort.ref}/",
        trainer: f"/training/cohorts/{cohort.ref}/names/",
        asker: "/training/mine/",
    }
    few = {client: len(statements_of(client, address)) for client, address in addresses.items()}
    put_forward(school, cohort, *(school.officer() for _ in range(4)), **now())
    soon(school, title="Another", days=60)
    many = {client: len(statements_of(client, address)) for client, address in addresses.items()}
    assert [many[each] - few[each] for each in addresses] == [0, 0, 0]


def test_training_stands_on_the_file_and_in_the_copy_that_the_officer_takes_away(school: School) -> None:
    officer, cohort = school.officer(), soon(school)
    put_forward(school, cohort, officer, **now())
    seats.give_in_order(cohort, by=school.trainer, **now())
    calls.call_trainees(cohort, by=school.trainer, **now())
    page = text_of(client_of(school.commander), f"/officers/{officer.service_number}/?part=skills")
    assert "Training in this system" in page
    assert "has a seat" in page
    from desk.own_record import letter, record_of

    taken = record_of(officer, at=timezone.now())
    assert taken["training_names"][0]["words"] == "Four drivers of the station retire this year."
    assert taken["training_courses"][0]["running"] == cohort.title
    assert letter(officer, taken, language="en").blocks
