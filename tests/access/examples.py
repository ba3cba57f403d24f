"""Real values for the converters of the URL map. A new converter without a line here fails the URL-map test.

The key is the route's name and the converter ("organisation:unit code"), or the converter's name alone ("code") where it
means the same thing in every route. `here` makes (or finds) a thing at the world's station, `elsewhere` the same kind of
thing in the other county (leave it out for things that belong to no place), and `absent` has the right shape and is
nobody's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from organisation.models import Unit
from tests.factories.organisation import EstablishmentVersionFactory
from tests.factories.ui import SavedViewFactory
from tests.world import World

ABSENT_REF = "zzzzzzzzzzzz"


@dataclass(frozen=True)
class Example:
    """The value of one converter."""

    here: Callable[[World], str]
    absent: str = ABSENT_REF
    elsewhere: Callable[[World], str] | None = None


def _version(state: str, place: Callable[[World], Unit]) -> Callable[[World], str]:
    """An establishment version of the unit, drafted by the world's HR officer."""
    decided = {} if state == "in-force" else {"decided_by": None, "decided_at": None}

    def make(world: World) -> str:
        drafter = world.people["hr-officer"]
        return EstablishmentVersionFactory(unit=place(world), state=state, drafted_by=drafter, **decided).ref

    return make


def _versions(state: str) -> Example:
    elsewhere = _version(state, lambda world: world.other_station)
    return Example(_version(state, lambda world: world.station), elsewhere=elsewhere)


EXAMPLES: dict[str, Example] = {
    "desk:version ref": _versions("in-force"),
    "desk:edit_version ref": _versions("draft"),
    "desk:version_table ref": _versions("draft"),
    "desk:revise_version ref": _versions("draft"),
    "ui:change_view ref": Example(lambda world: SavedViewFactory(user=world.officer.user).ref),
    "code": Example(lambda world: world.station.code, "PS-NOWHERE", lambda world: world.other_station.code),
}


def example_for(label: str, parameter: str) -> Example:
    """The example of a route's converter. Errors: AssertionError saying what to add where."""
    found = EXAMPLES.get(f"{label} {parameter}") or EXAMPLES.get(parameter)
    assert found, f"No example of <{parameter}> in the route '{label}': add one to EXAMPLES in tests/access/examples.py"
    return found
