"""Loads the dated rules, school terms, grounds, approval chain and exemptions that the product starts with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deployment.models import Duty
from hcims.actions import action
from hcims.reference_data import load
from organisation.models import Rank, Skill
from transfers.models import ApprovalStep, Ground, SchoolTerm, TenureExemption, TransferRule

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    ranks = {each.code: each for each in Rank.objects.all()}
    skills = {each.code: each for each in Skill.objects.all()}
    duties = {each.code: each for each in Duty.objects.all()}
    added = load(TransferRule, DATA / "rules.csv", "code", _confirmable)
    added += load(SchoolTerm, DATA / "terms.csv", "name", _confirmable)
    added += load(Ground, DATA / "grounds.csv", "code", _ground)
    added += load(ApprovalStep, DATA / "steps.csv", "code", lambda row: _step(row, ranks))
    return added + load(
        TenureExemption,
        DATA / "exemptions.csv",
        "code",
        lambda row: {**row, "skill": skills.get(row["skill"]), "duty": duties.get(row["duty"])},
    )


def _confirmable(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "is_confirmed": row["is_confirmed"] == "1"}


def _ground(row: dict[str, str]) -> dict[str, Any]:
    flags = {name: row[name] == "1" for name in ("is_personal", "is_protected", "needs_evidence")}
    return {**row, **flags}


def _step(row: dict[str, str], ranks: dict[str, Rank]) -> dict[str, Any]:
    return {**row, "highest_rank": ranks[row["highest_rank"]], "lowest_rank": ranks[row["lowest_rank"]]}
