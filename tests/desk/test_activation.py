"""An imported officer gets an account by a letter, issued from the officer's file."""

from __future__ import annotations

from accounts.models import SignInLetter
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World


def test_the_first_letter_opens_the_account_and_ties_it_to_the_record(world: World) -> None:
    officer = OfficerFactory(posted_to=world.station)
    client = client_of(world.people["hr-officer"])
    address = f"/officers/{officer.service_number}/sign-in/"
    assert b"none yet" in client.get(address).content
    answer = client.post(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    user = Officer.objects.get(pk=officer.pk).user
    assert user
    assert user.login == officer.service_number
    assert not user.has_usable_password()
    assert SignInLetter.objects.get(user=user).unit == world.station


def test_hr_of_the_officers_own_command_issues_none(world: World) -> None:
    officer = OfficerFactory(posted_to=world.station)
    county_hr = client_of(appoint(UserFactory(), "hr-officer", world.county))
    address = f"/officers/{officer.service_number}/sign-in/"
    assert b"Another office must do it" in county_hr.get(address).content
    answer = county_hr.post(address)
    assert answer.status_code == 403
    assert Officer.objects.get(pk=officer.pk).user is None  # nothing half done
