"""Requests to be called back: sealed, without a sender or a moment, for one supporter, and forgotten."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime

import pytest

from counselling import envelopes, forgetting
from counselling.actions import calls as actions
from counselling.models import CallRequest
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from tests.factories.accounts import UserFactory, appoint
from tests.factories.supporters import supporter_at
from tests.signing_in import client_of
from tests.world import World

ON = date(2026, 11, 18)  # a Wednesday
KEY = envelopes.new_private_key()
POINT = base64.b64encode(envelopes.point_of(KEY)).decode()
INFO = b"hcims callback v1"


def request_for(text: str = "0712345678") -> bytes:
    """A request as a phone seals it."""
    content = json.dumps({"v": 1, "name": "", "number": text, "when": ""}).encode().ljust(256)
    return envelopes.seal(content, to=envelopes.point_of(KEY), info=INFO)


@pytest.mark.django_db
def test_a_request_leaves_no_sender_no_moment_and_no_trail(world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, call_key=POINT)
    client = client_of(world.officer.user)
    address, before = f"/w/people/{thing.ref}/", AuditEvent.objects.count()
    point = client.get(address).json()["point"]
    assert point == POINT
    answer = client.post(address, request_for(), content_type="application/octet-stream")
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
    row = CallRequest.objects.get()
    assert {field.name for field in CallRequest._meta.fields} == {"id", "supporter", "sealed", "expires_on"}
    assert row.expires_on.weekday() == 0
    assert AuditEvent.objects.count() == before
    assert json.loads(envelopes.open_sealed(bytes(row.sealed), key=KEY, info=INFO))["number"] == "0712345678"


@pytest.mark.django_db
def test_all_requests_of_a_week_have_the_same_last_day() -> None:
    days = {actions.forgotten_from(date(2026, 11, day)) for day in range(16, 23)}
    assert days == {date(2026, 11, 30)}


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [b"", b"x" * 60, b"x" * 600], ids=["empty", "short", "long"])
def test_what_is_no_request_is_refused(world: World, sealed: bytes) -> None:
    thing = supporter_at(world.station, is_listed=True, call_key=POINT)
    with pytest.raises(RuleBroken):
        actions.keep_request(supporter=thing, sealed=sealed, on=ON)


@pytest.mark.django_db
def test_nobody_can_be_asked_who_is_not_in_the_directory_or_has_no_phone(world: World) -> None:
    hidden, without = supporter_at(world.station, call_key=POINT), supporter_at(world.station, is_listed=True)
    for ref in (hidden.ref, without.ref, "zzzzzzzzzzzz"):
        for answer in (
            client_of(None).get(f"/w/people/{ref}/"),
            client_of(None).post(f"/w/people/{ref}/", b"x", "text/plain"),
        ):
            assert (answer.status_code, answer.content) == (410, b"")


@pytest.mark.django_db
def test_a_supporter_is_not_flooded(world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, call_key=POINT)
    for _each in range(actions.MOST_WAITING):
        actions.keep_request(supporter=thing, sealed=request_for(), on=ON)
    with pytest.raises(RuleBroken):
        actions.keep_request(supporter=thing, sealed=request_for(), on=ON)


@pytest.mark.django_db
def test_only_the_supporter_sees_what_waits_and_deletes_it(world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, call_key=POINT, user=world.people["peer-supporter"])
    other = supporter_at(world.station, user=appoint(UserFactory(), "peer-supporter", world.station))
    made = actions.keep_request(supporter=thing, sealed=request_for(), on=ON)
    sealed = base64.b64encode(made.sealed).decode()
    own, others, lead = client_of(thing.user), client_of(other.user), client_of(world.people["wellbeing-lead"])
    page = own.get("/w/calls/")
    assert sealed in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert sealed not in others.get("/w/calls/").content.decode()
    assert lead.get("/w/calls/").status_code == 404
    others.post(f"/w/calls/{made.pk}/")
    assert CallRequest.objects.count() == 1
    own.post(f"/w/calls/{made.pk}/")
    assert CallRequest.objects.count() == 0
    with pytest.raises(NotAllowed):
        actions.use_phone(supporter=thing, point=envelopes.point_of(KEY), by=other.user, on=ON)


@pytest.mark.django_db
def test_what_is_not_answered_is_forgotten(world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, call_key=POINT)
    actions.keep_request(supporter=thing, sealed=request_for(), on=ON)
    assert not forgetting.is_due(at=datetime(2026, 11, 29, 12, tzinfo=UTC))
    assert forgetting.is_due(at=datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert actions.forget_requests(on=date(2026, 11, 30)) == 1
    assert not CallRequest.objects.exists()
