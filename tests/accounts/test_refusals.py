"""Each refusal of appointments, letters and accounts, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts import actions
from accounts.forms.accounts import IssueLetterForm
from accounts.models import Appointment, SignInLetter, User
from accounts.policies import appointments, letters
from accounts.queries.factors import own_factor
from hcims.errors import NotAllowed, NotFound, RuleBroken
from organisation.models import Unit
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.stand_in import StandIn
from tests.world import World

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ON = date(2026, 11, 20)
LATER = date(2026, 12, 1)
NOBODY = StandIn(pk=7)


def held(**fields: Any) -> Appointment:
    return Appointment(
        **{"user_id": 5, "proposed_by_id": 6, "unit": Unit(), "state": "approved", "starts_on": ON, **fields}
    )


def letter(**fields: Any) -> SignInLetter:
    return SignInLetter(**{"state": "issued", "expires_at": AT, **fields})


REFUSED: dict[str, tuple[type[Exception], Callable[[], Any]]] = {
    "do not approve": (NotAllowed, lambda: appointments.check_can_decide(NOBODY, held(), on=ON)),
    "no say over": (NotAllowed, lambda: appointments.check_can_end(NOBODY, held(), on=ON)),
    "Only an approved": (RuleBroken, lambda: appointments.check_end(held(state="proposed"), LATER)),
    "end before it starts": (RuleBroken, lambda: appointments.check_end(held(starts_on=LATER), ON)),
    "earlier than that": (RuleBroken, lambda: appointments.check_end(held(ends_on=LATER), LATER)),
    "unit closes before": (
        RuleBroken,
        lambda: appointments.check_fits(
            User(kind="officer"), "county-commander", Unit(type="county", closed_on=LATER), starts_on=ON, ends_on=None
        ),
    ),
    "Reopen it": (RuleBroken, lambda: letters.check_can_be_issued(User(is_active=False), "reset")),
    "has expired": (RuleBroken, lambda: letters.check_can_hand_over(letter(), at=AT)),
    "not waiting": (
        RuleBroken,
        lambda: letters.check_can_hand_over(letter(state="used", expires_at=AT.replace(day=21)), at=AT),
    ),
    "are managed by": (NotAllowed, lambda: letters.check_can_manage(NOBODY, User(pk=8), on=ON)),
    "are opened by the system": (NotAllowed, lambda: letters.check_can_open(NOBODY, kind="outside", on=ON)),
}


@pytest.mark.parametrize("words", REFUSED)
def test_it_is_refused_in_words(words: str) -> None:
    error, ask = REFUSED[words]
    with pytest.raises(error, match=words):
        ask()


@pytest.mark.django_db
def test_an_account_is_closed_once_and_reopened_once(world: World) -> None:
    user, by = UserFactory(), {"by": world.people["system-administrator"], "at": AT, "reason": "Left"}
    with pytest.raises(RuleBroken, match="is open"):
        actions.reopen_account(user=user, **by)
    actions.close_account(user=user, **by)
    with pytest.raises(RuleBroken, match="closed already"):
        actions.close_account(user=user, **by)


@pytest.mark.django_db
def test_a_language_that_is_not_spoken_here() -> None:
    with pytest.raises(RuleBroken, match="no such language"):
        actions.choose_language(language="xx", by=NOBODY)


@pytest.mark.django_db
def test_addresses_that_lead_to_nothing(world: World) -> None:
    admin, ref = client_of(world.people["system-administrator"]), world.officer.user.ref  # type: ignore[union-attr]
    commissioner = client_of(world.people["npsc-commissioner"])
    assert admin.get(f"/accounts/{ref}/").status_code == 200
    assert commissioner.get("/appointments/nothing/").status_code == 404
    for address in (f"/accounts/{ref}/letters/nothing/hand-over/", f"/accounts/{ref}/letters/nothing/cancel/"):
        assert client_of(world.people["hr-officer"]).post(address).status_code == 404
    for address in ("/accounts/nothing/close/", "/account/phone/nothing/stop/"):
        assert admin.post(address).status_code == 404
    with pytest.raises(NotFound):
        own_factor(world.officer.user, "nothing")  # type: ignore[arg-type]
    said = (
        client_of(world.people["hr-officer"])
        .post("/appointments/propose/", {"unit": "NOWHERE", "role": "auditor"})
        .content.decode()
    )
    assert "no such unit among those" in said


@pytest.mark.django_db
def test_a_letter_goes_to_a_unit_that_is_there() -> None:
    form = IssueLetterForm({"unit": "NOWHERE"}, on=ON)
    assert "no open unit with this code" in str(form.errors)
