"""Loads the retirement rules that the product starts with."""

from pathlib import Path

from hcims.actions import action
from hcims.reference_data import load
from personnel.models import RetirementRule

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    return load(RetirementRule, DATA / "retirement_rules.csv", "member", dict)
