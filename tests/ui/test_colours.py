"""The colours hold for every eye: contrast of text, order in grey, steps apart for colour-blind readers."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

SETTINGS = (Path(__file__).parents[2] / "hcims/ui/frontend/scss/_settings.scss").read_text()
NAMED = dict(re.findall(r"^\$([\w-]+): (#[0-9a-f]{6});", SETTINGS, re.M))
STEPS = re.findall(r"\d: (#[0-9a-f]{6})", re.search(r"\$bad-steps: \(([^)]*)\)", SETTINGS)[1])  # type: ignore[index]
Colour = tuple[float, float, float]

# Full loss of one kind of cone, on linear light. Source: Viénot, Brettel and Mollon 1999; Brettel 1997 for tritanopia.
SIMULATIONS: dict[str, tuple[Colour, Colour, Colour]] = {
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "tritanopia": ((1, 0.14461, -0.14461), (0, 0.85924, 0.14076), (0, 0.85924, 0.14076)),
}


def linear(text: str) -> Colour:
    parts = [int(text[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: Colour, simulation: str) -> Colour:
    mixed = [sum(weight * part for weight, part in zip(row, colour, strict=True)) for row in SIMULATIONS[simulation]]
    red, green, blue = (min(1.0, max(0.0, part)) for part in mixed)
    return red, green, blue


@pytest.mark.parametrize("ground", ["surface", "ground", "tint", "accent-pale", "bad-pale", "warn-pale"])
def test_text_stands_out(ground: str) -> None:
    for text in ("ink", "muted", "accent", "bad"):
        assert contrast(linear(NAMED[text]), linear(NAMED[ground])) >= 4.5, f"{text} on {ground}"


def test_edges_of_controls_stand_out() -> None:
    assert contrast(linear(NAMED["line-strong"]), linear(NAMED["surface"])) >= 3
    assert contrast(linear(NAMED["line-strong"]), linear(NAMED["ground"])) >= 3


def test_the_number_in_a_heat_cell_is_legible() -> None:
    for number, step in enumerate(STEPS, start=1):
        text = "#ffffff" if number > 3 else NAMED["ink"]
        assert contrast(linear(text), linear(step)) >= 4.5, f"step {number}"


def test_steps_darken_one_by_one_in_grey() -> None:
    assert len(STEPS) == 5
    greys = [luminance(linear(each)) for each in STEPS]
    assert all((above + 0.05) / (below + 0.05) >= 1.25 for above, below in pairwise(greys))


@pytest.mark.parametrize("simulation", sorted(SIMULATIONS))
def test_steps_stay_apart_for_colour_blind_readers(simulation: str) -> None:
    shades = [luminance(seen(linear(each), simulation)) for each in STEPS]
    assert all((above + 0.05) / (below + 0.05) >= 1.2 for above, below in pairwise(shades))
