"""Officers who are due, put forward for rotation in one go: each a request of its own, each into the chain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hcims.actions import action
from hcims.errors import Refusal
from personnel.models import Officer
from transfers.actions.requests import propose, withdraw
from transfers.models import TransferKind, TransferRequest


@dataclass
class PutForward:
    """What was done, and whom it left with the reason."""

    done: list[TransferRequest] = field(default_factory=list)
    skipped: list[tuple[Officer, str]] = field(default_factory=list)


@action
def put_forward(lines: list[tuple[Officer, str]], *, remark: str = "", by: Any, on: date, at: datetime) -> PutForward:
    """This function will propose a rotation for each officer, with the reason and the remark; who is refused is left, with why.

    All of them carry the moment `at`, by which the whole of it can be taken back.
    """
    outcome = PutForward()
    for officer, reason in sorted(lines, key=lambda each: each[0].pk):
        reasons = f"{reason} {remark.strip()}".strip()
        try:
            found = propose(
                officer=officer, to_unit=None, kind=TransferKind.ROTATION, reasons=reasons, by=by, on=on, at=at
            )
        except Refusal as refusal:
            outcome.skipped.append((officer, refusal.message))
        else:
            outcome.done.append(found)
    return outcome


@action
def take_back(requests: list[TransferRequest], *, by: Any, on: date, at: datetime) -> PutForward:
    """This function will withdraw what was put forward in one go; what has gone further is left, with why."""
    outcome = PutForward()
    for each in sorted(requests, key=lambda request: request.pk):
        try:
            outcome.done.append(withdraw(each, by=by, on=on, at=at))
        except Refusal as refusal:
            outcome.skipped.append((each.officer, refusal.message))
    return outcome
