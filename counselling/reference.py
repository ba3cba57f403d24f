"""Loads the dated rules of peer support and counselling that the product starts with."""

from pathlib import Path

from counselling.models import WellbeingRule
from hcims.actions import action
from hcims.reference_data import load

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the rules of this module that are missing, and say how many."""
    return load(
        WellbeingRule, DATA / "rules.csv", "code", lambda row: {**row, "is_confirmed": row["is_confirmed"] == "1"}
    )
