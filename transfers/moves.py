"""What a decision says about the move itself, as plain values between forms, plans and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deployment.models import Duty
from organisation.models import Rank, Skill, Unit
from transfers.models import TransferRequest


@dataclass(frozen=True)
class Move:
    """Where to, as what, by when."""

    to_unit: Unit
    duty: Duty
    post_rank: Rank
    report_by: date
    post_skill: Skill | None = None
    overstrength_authority: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a bulk decision: the transfer, and where to if it is approved."""

    request: TransferRequest
    move: Move | None = None
