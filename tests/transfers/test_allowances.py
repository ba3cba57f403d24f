"""Which allowance a move carries and what is said of it: one table for the letter, the page of the order and the board."""

from __future__ import annotations

import pytest

from transfers import allowances
from transfers.models import Award, Participation, Standing, TransferRequest

VOLUNTEER, DUE = (Award(participation=Participation(standing=each)) for each in (Standing.VOLUNTEER, Standing.DUE))
ASKED, PROTECTED = TransferRequest(), TransferRequest(is_protected=True)


@pytest.mark.parametrize(
    ("kind", "request_", "award", "said"),
    [
        ("request", ASKED, None, "No transfer allowance: the move is at the officer's own request"),
        ("compassionate", PROTECTED, None, "Transfer allowance, paid before the move"),
        ("service-need", None, None, "Transfer allowance, paid before the move"),
        ("round", ASKED, VOLUNTEER, "No transfer allowance: the move is at the officer's own request"),
        ("round", None, DUE, "Transfer allowance, paid before the move"),
        ("reversal", None, VOLUNTEER, "Transfer allowance, paid before the move"),
        ("within-command", None, None, "No transfer allowance: the move is within the command"),
    ],
)
def test_who_asked_is_paid_nothing_and_the_reason_is_said(
    kind: str, request_: TransferRequest | None, award: Award | None, said: str
) -> None:
    plain = allowances.class_of(kind, request_, award, into_hardship=False)
    assert allowances.words_of(kind, plain) == said
    hard = allowances.words_of(kind, allowances.class_of(kind, request_, award, into_hardship=True))
    assert hard == said.replace("Transfer allowance,", "Transfer allowance and hardship kit,")
