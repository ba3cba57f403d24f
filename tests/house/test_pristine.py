"""A committing test leaves the database as the migrations and the reference rows left it."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, AuditHead
from organisation.models import County, Ward

MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_every_committing_test_begins_alike(time: str) -> None:
    """The second finds nothing of what the first committed, and all of what was there before."""
    assert not User.objects.exists()
    assert not AuditEvent.objects.exists()
    assert (County.objects.count(), Ward.objects.count()) == (47, 1450)
    user = User.objects.enter(login="100001", kind="officer", full_name="Achieng Test")
    County.objects.filter(code="001").update(name="Elsewhere")
    trail.record(Event.ACCOUNT_OPENED, target=user, by=None, at=MOMENT)
    assert AuditHead.objects.get().sequence == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_trail_is_append_only_again_afterwards(time: str) -> None:
    trail.record(Event.ACCOUNT_OPENED, target="nobody", by=None, at=MOMENT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent")


@pytest.mark.django_db
def test_a_rolled_back_test_has_the_reference_rows() -> None:
    assert County.objects.get(code="001").name == "Mombasa"
