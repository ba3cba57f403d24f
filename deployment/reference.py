"""Loads the duties and the dated rules that the product starts with."""

from pathlib import Path

from deployment.models import DeploymentRule, Duty
from hcims.actions import action
from hcims.reference_data import load

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    added = load(Duty, DATA / "duties.csv", "code", lambda row: {**row, "is_core": row["is_core"] == "1"})
    return added + load(
        DeploymentRule, DATA / "rules.csv", "code", lambda row: {**row, "is_confirmed": row["is_confirmed"] == "1"}
    )
