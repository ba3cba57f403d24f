"""Each refusal on the way from the order to the arrival, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from deployment.models import Posting, PostingOrder
from hcims.access.permissions import Permission
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from organisation.models import Unit
from personnel.models import Officer
from tests.stand_in import StandIn
from transfers.models import Allowance, Deferment, TransferOrder, TransferRequest
from transfers.policies import orders

ON = date(2026, 11, 2)
NEXT = ON + timedelta(days=1)
NOBODY = StandIn()
DESK = StandIn(*Permission)
PAPER = "ELRC petition 12 of 2026"


def order(**fields: Any) -> TransferOrder:
    carried = PostingOrder(officer=Officer(user_id=9), from_unit=Unit(), to_unit=Unit(), issued_on=ON, report_by=ON)
    return TransferOrder(**{"order": carried, "state": "waiting", **fields})


def owed(**fields: Any) -> TransferOrder:
    found = order()
    found.allowance = Allowance(**{"kind": "transfer", **fields})
    return found


def pay(transfer: TransferOrder, *, paid_on: date = ON, voucher: str = "PV 1") -> None:
    orders.check_can_pay(DESK, transfer, paid_on=paid_on, voucher=voucher, on=ON)


def defer(by: StandIn, transfer: TransferOrder) -> None:
    orders.check_can_ask_deferment(by, transfer, until=NEXT, on=ON)


def send(by: StandIn, transfer: TransferOrder, day: date = ON) -> None:
    orders.check_can_send_file(by, transfer, happened_on=day, on=ON)


REFUSED: dict[str, tuple[type[Exception], Callable[[], Any]]] = {
    "HR desk from paper": (NotAllowed, lambda: defer(NOBODY, order())),
    "nothing to put off": (InvalidTransition, lambda: defer(DESK, order(state="departed"))),
    "asked for the deferment": (
        NotAllowed,
        lambda: orders.check_can_decide_deferment(DESK, Deferment(asked_by_id=DESK.pk), order(), on=ON),
    ),
    "carries no allowance": (RuleBroken, lambda: pay(owed(kind="none"))),
    "confirmed the payment": (RuleBroken, lambda: pay(owed(confirmed_at=timezone.now()))),
    "a day that has come": (RuleBroken, lambda: pay(owed(), paid_on=NEXT)),
    "number of its voucher": (RuleBroken, lambda: pay(owed(), voucher=" ")),
    "losing unit forwards": (NotAllowed, lambda: send(NOBODY, order())),
    "no longer open": (InvalidTransition, lambda: send(DESK, order(state="suspended"))),
    "between the order and today": (RuleBroken, lambda: send(DESK, order(), NEXT)),
    "Name the paper and say why": (
        RuleBroken, lambda: orders.check_can_take_back(DESK, order(), reason="short", on=ON),
    ),
    "a reversing order takes": (
        InvalidTransition,
        lambda: orders.check_can_take_back(DESK, order(state="arrived"), reason=PAPER, on=ON),
    ),
    "lie at least": (
        RuleBroken,
        lambda: orders.check_notice([SimpleNamespace(kind="service-need", report_by=NEXT, is_urgent=False)], on=ON),
    ),
    "takes an order back": (NotAllowed, lambda: orders.check_can_reverse(NOBODY, order(), paper=PAPER, on=ON)),
    "Name the judgment": (RuleBroken, lambda: orders.check_can_reverse(DESK, order(), paper="x", on=ON)),
    "has not arrived": (InvalidTransition, lambda: orders.check_is_reversible(order())),
    "posted on since": (
        InvalidTransition,
        lambda: orders.check_is_reversible(
            order(state="arrived", order=PostingOrder(posting=Posting(ends_on=ON, starts_on=ON)))
        ),
    ),
    "No former posting": (RuleBroken, lambda: orders.check_has_former_post(None)),
    "not suspended": (InvalidTransition, lambda: orders.check_days_of_notice(order(), report_by=NEXT, on=ON)),
    "no approval to publish": (InvalidTransition, lambda: orders.check_is_approved(TransferRequest(state="draft"))),
    "protection authority": (
        NotAllowed,
        lambda: orders.check_can_publish(
            NOBODY, TransferRequest(officer=Officer(user_id=9), is_protected=True), on=ON
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
@pytest.mark.django_db
def test_it_is_refused_in_words(words: str) -> None:
    error, ask = REFUSED[words]
    with pytest.raises(error, match=words):
        ask()
