"""What is said in a request, as plain values between forms, queries and actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from organisation.models import Unit
from transfers.models import Ground


@dataclass(frozen=True)
class Place:
    """One place asked for: a station, or any station below a command."""

    unit: Unit
    any_below: bool = False


@dataclass(frozen=True)
class Named:
    """A ground named in a request, with its evidence; a file that was kept before stays where none is given."""

    ground: Ground
    detail: str = ""
    evidence: Any = None


@dataclass(frozen=True)
class Answers:
    """What the officer answers about the family."""

    children_at_school: bool
    exam_this_year: bool
    dependant_with_disability: bool
    spouse_at_work: bool
    detail: str = ""


@dataclass(frozen=True)
class Partner:
    """An officer to exchange with, as the proposer names him or her: both must fit, or nobody is found."""

    number: str
    unit: Unit
