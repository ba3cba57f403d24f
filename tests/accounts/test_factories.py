"""The factories that all modules use make what they promise."""

from datetime import date

import pytest
from django.test import Client, RequestFactory

from hcims.access.permissions import Permission
from organisation.models import Line, Unit, UnitType
from tests.factories.accounts import LONG_AGO, OutsideUserFactory, UserFactory, appoint, sign_in

pytestmark = pytest.mark.django_db


def a_unit() -> Unit:
    return Unit.objects.create(
        code="K-1", name="Kilifi County", type=UnitType.COUNTY, line=Line.TERRITORIAL, opened_on=LONG_AGO
    )


def test_an_appointment_gives_its_role() -> None:
    unit = a_unit()
    hr = appoint(UserFactory(), "hr-officer", unit)
    assert hr.can(Permission.EDIT_OFFICERS, at=unit, on=date(2026, 1, 1))
    assert not hr.can(Permission.SEE_AUDIT, on=date(2026, 1, 1))
    assert hr.office(on=date(2026, 1, 1)) == "HR officer, Kilifi County"


def test_signing_in_shows_the_second_factor() -> None:
    client = Client()
    sign_in(client, appoint(UserFactory(), "auditor", a_unit()))
    request = RequestFactory().get("/")
    request.session = client.session
    assert [each["method"] for each in request.session["account_authentication_methods"]] == ["password", "mfa"]


def test_accounts_that_are_not_activated_have_no_password() -> None:
    assert not UserFactory(activated_at=None).has_usable_password()
    assert OutsideUserFactory().login.endswith("@example.org")
