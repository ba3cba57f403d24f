"""Each refusal of appointments, letters and accounts, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import Appointment, SignInLetter, User
from accounts.policies import appointments, letters
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from tests.stand_in import StandIn

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
