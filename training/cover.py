"""How far the roll-out has come: who is trained and still serving, and which wards that covers. Pure: plain data in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from deployment.command import Command


@dataclass(frozen=True)
class Trained:
    """One officer who holds the training, where he or she serves. Shape: `ward` None for a post above the wards."""

    officer: int
    unit: int
    rank: int
    ward: int | None


@dataclass
class Line:
    """What there is for one command."""

    command: Command
    officers: int = 0
    trained: int = 0
    wards: set[int] = field(default_factory=set)
    covered: set[int] = field(default_factory=set)

    @property
    def without(self) -> int:
        """Wards in which nobody is trained."""
        return len(self.wards) - len(self.covered)

    @property
    def without_share(self) -> float | None:
        """The same in per cent; None where no ward lies here."""
        return self.without * 100 / len(self.wards) if self.wards else None

    @property
    def covered_share(self) -> float | None:
        return len(self.covered) * 100 / len(self.wards) if self.wards else None

    @property
    def per_thousand(self) -> float | None:
        """Trained officers for each thousand who serve."""
        return round(self.trained * 1_000 / self.officers, 1) if self.officers else None


def count(
    lines: Mapping[int, Line],
    inside: Mapping[int, Sequence[int]],
    officers: Iterable[tuple[int, int]],
    trained: Iterable[Trained],
    wards: Mapping[int, Iterable[int]],
) -> None:
    """This function will count officers, the trained among them and the wards of every line.

    Shape: `inside` names for each unit the lines it stands under; `wards` are those of each unit that has any.
    """
    holders = list(trained)
    covered = {each.ward for each in holders if each.ward is not None}
    for unit, number in officers:
        for pk in inside.get(unit, ()):
            lines[pk].officers += number
    for each in holders:
        for pk in inside.get(each.unit, ()):
            lines[pk].trained += 1
    for unit, held in wards.items():
        for pk in inside.get(unit, ()):
            lines[pk].wards.update(held)
    for line in lines.values():
        line.covered = line.wards & covered


def count_ranks(
    lines: Mapping[int, Line], officers: Iterable[tuple[int, int]], trained: Iterable[Trained]
) -> list[Line]:
    """This function will count officers and the trained among them by rank; ranks that nobody has are left out."""
    for rank, number in officers:
        lines[rank].officers += number
    for each in trained:
        lines[each.rank].trained += 1
    return [line for line in lines.values() if line.officers]


def of_cover(lines: Iterable[Line], cover: str) -> list[Line]:
    """Those with every ward covered ("with"), with a ward that is not ("without"), or all of them."""
    if cover == "without":
        return [line for line in lines if line.without]
    return [line for line in lines if line.wards and not line.without] if cover == "with" else list(lines)
