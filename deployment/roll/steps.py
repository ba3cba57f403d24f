"""What a row means for posting and rank: begin one, end one and begin another, or mend the one that stands.

Pure: what stands and what the row says in, the step out. Another unit or another rank is a new period with its day. Another
duty or post at the same unit goes on from the period that stands, on the day of the roll: last year's duty stays what it was,
and the years at the station are counted from the arrival. A day of arrival mends the period that stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ENTER, MOVE, AMEND, GO_ON = "enter", "move", "amend", "go-on"


@dataclass(frozen=True)
class Standing:
    """The posting or rank in force on the day of the roll. `since` is ISO text."""

    since: str  # for a posting the arrival at the unit
    ends: str | None
    known: bool = True  # whether `since` is, or only a bound
    begins: str = ""  # where a posting goes on there with another duty: since when with that one


@dataclass(frozen=True)
class Step:
    """What to write: `kind`, from which day, and whether that day is known."""

    kind: str
    starts_on: str
    known: bool
    problem: tuple[str, dict[str, Any]] | None = None


def step_for(
    standing: Standing | None, *, changed: bool, moved: bool, since: str | None, on: str, goes_on: bool = False
) -> Step | None:
    """This function will say how a posting or rank changes; None when it does not.

    `changed`: anything about it differs; `moved`: another unit, or another rank; `goes_on`: another duty or post.
    `since` is the day the row gives, if it does. Problems are told as (code, parameters) in the step.
    """
    if standing is None:
        return Step(ENTER, since or on, since is not None)
    if not changed:
        return None
    if standing.ends is not None:
        return Step(MOVE, on, False, ("later-end", {"day": standing.ends}))
    begun = standing.begins or standing.since
    if not moved and goes_on and begun < on:
        return Step(GO_ON, on, since is not None or standing.known)
    if not moved and standing.begins != "" and since is not None and since > standing.begins:
        return Step(AMEND, since, True, ("after-duty", {"day": standing.begins}))
    if not moved:
        return Step(AMEND, since or standing.since, since is not None or standing.known)
    begins = since or on
    if begins < standing.since:
        return Step(MOVE, begins, since is not None, ("before-standing", {"day": standing.since}))
    return Step(AMEND if begins == standing.since else MOVE, begins, since is not None)
