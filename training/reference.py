"""Loads what training starts with: dated rules, programmes and the parts of Muamko Mpya as the service names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hcims.actions import action
from hcims.reference_data import load
from training.models import Programme, TrainingRule

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    added = load(TrainingRule, DATA / "rules.csv", "code", _confirmable)
    return added + load(Programme, DATA / "programmes.csv", "code", _ordered)


def _confirmable(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "is_confirmed": row["is_confirmed"] == "1"}


def _ordered(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "order": int(row["order"])}
