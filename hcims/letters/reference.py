"""Loads the numbering series that the product starts with."""

from pathlib import Path

from hcims.actions import action
from hcims.letters.models import LetterSeries
from hcims.reference_data import load

DATA = Path(__file__).parent / "data"


@action
def load_reference() -> int:
    """This function will add the series that are missing, and say how many."""
    return load(LetterSeries, DATA / "series.csv", "code", dict)
