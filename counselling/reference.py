"""Loads the dated rules, help lines, consent words and offices that peer support and counselling start with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counselling.models import ConsentWords, HelpLine, WellbeingRule
from counselling.reference_offices import load_offices
from hcims.actions import action
from hcims.reference_data import load

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    added = load(WellbeingRule, DATA / "rules.csv", "code", _confirmable)
    added += load(HelpLine, DATA / "help_lines.csv", "code", _help_line)
    added += load(ConsentWords, DATA / "words.csv", "code", _words)
    return added + load_offices()


def _confirmable(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "is_confirmed": row["is_confirmed"] == "1"}


def _help_line(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "is_24h": row["is_24h"] == "1", "order": int(row["order"])}


def _words(row: dict[str, str]) -> dict[str, Any]:
    """The file keeps one paragraph a line, with | between them."""
    bodies = {name: row[name].replace(" | ", "\n") for name in ("body_en", "body_sw")}
    return {**row, **bodies, "version": int(row["version"])}
