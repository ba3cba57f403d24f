"""Codes and their words for the sealed pages, whose scripts have no words of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from counselling.models import (
    Body,
    GrantKind,
    GrantReason,
    OpeningGround,
    RefusalReason,
    SessionKind,
    SessionMode,
    TextKind,
    Waited,
)
from counselling.models.help import Purpose
from counselling.queries import help
from counselling.sealed_words import BANDS, RISK_KINDS, RISK_LEVELS

# What a counsellor may say when letting a second one in; the other reasons come with their own deeds.
SECOND = (GrantReason.JOINT_WORK, GrantReason.SUPERVISION, GrantReason.COVER)


def for_cases(*, on: date) -> dict[str, Any]:
    """Codes of the counsellor's document, and the words said at the start of counselling."""
    return {
        "consent": help.words_for(Purpose.COUNSELLING, on=on),
        "session_kinds": SessionKind.choices,
        "session_modes": SessionMode.choices,
        "waits": Waited.choices,
        "text_kinds": TextKind.choices,
        "grant_kinds": GrantKind.choices,
        "grant_reasons": [(each.value, each.label) for each in SECOND],
        "risk_levels": RISK_LEVELS,
        "risk_kinds": RISK_KINDS,
        "bands": [(code, value, words) for code, bands in BANDS.items() for value, words in bands.items()],
    }


def for_custody() -> dict[str, Any]:
    """Codes of the custodians' document."""
    return {"bodies": Body.choices, "refusal_reasons": RefusalReason.choices}


def for_openings() -> dict[str, Any]:
    """Codes of the page on which an opening is asked for."""
    return {"grounds": OpeningGround.choices}
