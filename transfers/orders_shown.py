"""What an order, its letter and every list of orders may say. Pure.

Whoever reads an order is not whoever decided: both commanders do, and the desk. Where the ground is nobody else's business
the order says one sentence for all of them, so that a protected request hides among compassionate and urgent moves.
"""

from __future__ import annotations

from transfers import reasons
from transfers.reasons import Reason

ROUND = "round"
REVERSAL = "reversal"
QUIET_KINDS = frozenset({"compassionate", "emergency"})
QUIET_REASONS = frozenset({reasons.NEUTRAL, "family", "health", "urgent-safety"})

_IN_ROUND = Reason(
    "round", "Placed in the round of transfers, by its rule book.", "Amepangwa katika awamu ya uhamisho, kwa kanuni zake.",
    "Rule book of the round", True,
)  # fmt: skip
_TAKEN_BACK = Reason(
    "reversed", "The order before is taken back; the officer returns to the former post.",
    "Amri iliyotangulia imebatilishwa; afisa anarudi katika kituo chake cha awali.",
    "Constitution art. 47; Fair Administrative Action Act 2015, s.11", True,
)  # fmt: skip


def is_quiet(kind: str, code: str) -> bool:
    """Whether the order gives the neutral reason and no kind."""
    return kind in QUIET_KINDS or code in QUIET_REASONS


def reason_of(kind: str, code: str) -> Reason:
    """The reason as it stands on the order."""
    if kind == REVERSAL:
        return _TAKEN_BACK
    if is_quiet(kind, code):
        return reasons.REASONS[reasons.NEUTRAL]
    return reasons.of(code) or _IN_ROUND
