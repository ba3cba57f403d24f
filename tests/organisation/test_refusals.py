"""Each refusal of the tree and of its catalogues, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any

import pytest

from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Rank, Unit, Ward
from organisation.policies import catalogue, establishment, units
from tests.stand_in import StandIn

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
