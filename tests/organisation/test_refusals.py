"""Each refusal of the tree and of its catalogues, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from hcims.errors import NotAllowed, RuleBroken
from organisation import actions
from organisation.forms.fields import UnitField, ward_called
from organisation.models import Rank, Unit, Ward
from organisation.policies import catalogue, establishment, units
from organisation.unit_resource import UnitResource
from tests.factories.accounts import UserFactory
from tests.stand_in import StandIn
from tests.world import World

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ON = date(2026, 11, 2)
BEFORE = date(2026, 11, 1)


def place(**given: Any) -> None:
    units.check_place(**{"county": None, "ward": None, "latitude": None, "longitude": None, **given})


REFUSED: dict[str, tuple[type[Exception], Callable[[], Any]]] = {
    "but not change it": (NotAllowed, lambda: units.check_can_edit(StandIn(), Unit(), AT)),
    "stands under no command": (RuleBroken, lambda: units.check_may_stand_under(type="service", parent=Unit(type="office"))),
    "opened only on": (RuleBroken, lambda: units.check_exists(Unit(opened_on=ON), starts=BEFORE, ends=None)),
    "closes on .* already": (RuleBroken, lambda: units.check_can_close(Unit(opened_on=BEFORE, closed_on=ON), on=ON)),
    "service itself cannot be closed": (
        RuleBroken, lambda: units.check_can_close(Unit(type="service", opened_on=BEFORE), on=ON),
    ),
    "closes on 2": (
        RuleBroken, lambda: units.check_exists(Unit(opened_on=BEFORE, closed_on=ON), starts=BEFORE, ends=None),
    ),
    "ward is not in": (RuleBroken, lambda: place(county=Row(pk=2), ward=Ward(county_id=1))),
    "Give both latitude": (RuleBroken, lambda: place(latitude=Decimal("-1.3"))),
    "a title": (RuleBroken, lambda: establishment.check_facts(title=" ", authority="Gazette 1")),
    "by what authority": (RuleBroken, lambda: establishment.check_facts(title="New stations", authority=" ")),
    "Only the names of a rank": (
        RuleBroken, lambda: catalogue.check_rank(Rank(code="PC", order=1), Rank(code="PC", order=2), ON),
    ),
    "The code A stays": (RuleBroken, lambda: catalogue.check_code(Row(code="A"), Row(code="B"), ON)),
    "stays in its scheme": (RuleBroken, lambda: catalogue.check_scheme(Row(scheme="a"), Row(scheme="b"), ON)),
    "at least one level": (RuleBroken, lambda: catalogue.check_levels(None, Row(levels=0), ON)),
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
def test_it_is_refused_in_words(words: str) -> None:
    error, ask = REFUSED[words]
    with pytest.raises(error, match=words):
        ask()


PAPER = {"source": "IG/ORG/7 of 20 January 2026", "at": AT}
ROW = {"code": "PS-NEW", "name": "New", "type": "station", "line": "territorial", "parent": "W-BAMBA"}


def opened(*rows: dict[str, Any], by: Any = None) -> Any:
    return actions.open_units(rows=[ROW | row for row in rows], opened_on=ON, by=by, **PAPER)


def moved_later(world: World) -> Any:
    actions.move_unit(unit=world.station, parent=world.subcounty, on=date(2027, 1, 1), by=None, **PAPER)
    return units.check_can_close(world.station, on=ON)


def from_a_file(parent: str, opened_on: date) -> Callable[[World], Any]:
    def ask(world: World) -> Any:
        resource = UnitResource()
        resource.wanted_parent, resource.source, resource.by, resource.at = parent, PAPER["source"], None, AT
        world.station.opened_on = opened_on
        return resource.do_instance_save(world.station, is_create=False)

    return ask


OF_THE_TREE: dict[str, Callable[[World], Any]] = {
    "The code PS-BAMBA is in use": lambda world: opened({"code": "PS-BAMBA"}),
    "The code PS-NEW is in use": lambda world: opened({}, {}),
    "under which command PS-NEW stands": lambda world: opened({"parent": ""}),
    "there is no unit NOWHERE": lambda world: opened({"parent": "NOWHERE"}),
    "has that class already": lambda world: actions.class_unit(
        unit=world.station, scheme="hardship", unit_class=None, on=ON, by=None, **PAPER
    ),
    "is changed by an action of its own": lambda world: actions.change_unit(
        unit=world.station, name="Another", by=None, **PAPER
    ),
    "take that move back first": moved_later,
    "opened is not changed by a file": from_a_file("", BEFORE),
    "no unit with the code NOWHERE": from_a_file("NOWHERE", BEFORE),
    "No ward of .* is called": lambda world: ward_called("Nowhere", world.county.county),
    "Several wards are called": lambda world: ward_called("a", world.county.county),
    "No unit within your reach": lambda world: UnitField().for_reader(
        world.people["hr-officer"], on=ON
    ).clean("PS-NOWHERE"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("words", OF_THE_TREE)
def test_of_the_tree_it_is_refused_in_words(world: World, words: str) -> None:
    with pytest.raises((RuleBroken, TypeError, ValidationError), match=words):
        OF_THE_TREE[words](world)


@pytest.mark.django_db
def test_whoever_opens_the_first_service_is_no_person() -> None:
    with pytest.raises(RuleBroken, match="Say under which command each"):
        opened({"code": "NPS", "type": "service", "line": "headquarters", "parent": ""}, by=UserFactory())
