"""Whatever is done to the tree, the closure kept step by step equals the one computed anew, and every day is a tree."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcims.errors import RuleBroken
from organisation import actions
from organisation.closure import rebuild_closure
from organisation.models import Unit, UnitClosure, UnitParent
from organisation.tree import Link, Reach, closure

AT = datetime(2026, 1, 1, 9, tzinfo=UTC)
FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number))
STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "move", "move", "move", "close", "reopen"]), st.integers(0, 9),
              st.integers(0, 9), DAYS),
    max_size=14,
)  # fmt: skip
PAPER = {"source": "Test paper 1", "by": None, "at": AT}


def test_a_branch_that_moved_twice_and_back():
    links = [
        Link(2, 1, FIRST, None),
        Link(3, 2, FIRST, date(2024, 2, 1)),
        Link(3, 1, date(2024, 2, 1), date(2024, 3, 1)),
        Link(3, 2, date(2024, 3, 1), None),
    ]
    found = closure({unit: (FIRST, None) for unit in (1, 2, 3)}, links)
    assert [each for each in found if (each.ancestor, each.descendant) == (1, 3)] == [
        Reach(1, 3, 1, date(2024, 2, 1), date(2024, 3, 1)),
        Reach(1, 3, 2, FIRST, date(2024, 2, 1)),
        Reach(1, 3, 2, date(2024, 3, 1), None),
    ]


def test_a_circle_is_named():
    with pytest.raises(ValueError, match="circle"):
        closure({1: (FIRST, None), 2: (FIRST, None)}, [Link(1, 2, FIRST, None), Link(2, 1, FIRST, None)])


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_keeps_the_closure(steps: list[tuple[str, int, int, date]]):
    with transaction.atomic():
        units = [
            actions.open_unit(
                code="NPS", name="Service", type="service", line="headquarters", parent=None, opened_on=FIRST, **PAPER
            )
        ]
        for step in steps:
            take(step, units)
        assert rebuild_closure() == 0
        for number in range(0, 44, 4):
            check_is_a_tree(FIRST + timedelta(days=number))
        transaction.set_rollback(True)


def take(step: tuple[str, int, int, date], units: list[Unit]) -> None:
    """One step; what the rules refuse is refused whole."""
    what, one, other, on = step
    unit = units[one % len(units)]
    another = units[other % len(units)]
    try:
        if what == "open":
            facts: dict[str, Any] = {"type": "company", "line": "formation"}
            units.append(
                actions.open_unit(code=f"U-{len(units)}", name="Unit", parent=another, opened_on=on, **facts, **PAPER)
            )
        elif what == "move":
            actions.move_unit(unit=unit, parent=another, on=on, **PAPER)
        elif what == "close":
            actions.close_unit(unit=unit, on=on, **PAPER)
        else:
            actions.reopen_unit(unit=unit, **PAPER)
    except RuleBroken:
        return


def check_is_a_tree(on: date) -> None:
    """On any day each open unit stands under one command that is open, and all stand under the service."""
    units = set(Unit.objects.open_on(on).values_list("pk", flat=True))
    links = dict(UnitParent.objects.in_force(on).values_list("unit_id", "parent_id"))
    root = Unit.objects.get(type="service").pk
    assert set(links) == units - {root}
    assert set(links.values()) <= units
    reached = UnitClosure.objects.in_force(on).filter(ancestor=root).values_list("descendant", flat=True)
    assert sorted(reached) == sorted(units)
