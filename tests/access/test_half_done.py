"""On PostgreSQL a request is one transaction: one that ends in an error leaves nothing of what it did, its trail included."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from hcims.audit.models import AuditEvent
from organisation.models import County
from tests.signing_in import client_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.access.half_done_urls"


@pytest.mark.parametrize(("end", "status"), [("error", 500), ("refusal", 409), ("unavailable", 503)])
def test_nothing_is_kept_of_a_request_that_failed(end: str, status: int) -> None:
    assert client_of(None).get(f"/deed/{end}/").status_code == status
    assert County.objects.get(code="001").name == "Mombasa"
    assert not AuditEvent.objects.exists()
    assert not connection.in_atomic_block
    assert client_of(None).get("/sign-in/").status_code == 200, "the connection is of use afterwards"


def test_a_request_that_went_well_is_kept_whole() -> None:
    assert client_of(None).get("/deed/well/").status_code == 200
    assert County.objects.get(code="001").name == "Elsewhere"
    assert AuditEvent.objects.count() == 1
