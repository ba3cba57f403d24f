"""Points follow from facts, item by item."""

from transfers.points import Item
from transfers.rulebook import read, starting
from transfers.scoring import Facts, items

RULES = read(starting(["PC"]))
NODES = {"001": ("C:001/PC",)}


def test_months_count_up_to_the_most() -> None:
    assert items(Facts(months_at_station=30), RULES, NODES) == [Item("tenure", 300)]
    assert items(Facts(months_at_station=200), RULES, NODES) == [Item("tenure", 600)]


def test_a_verified_ground_counts_where_it_points() -> None:
    facts = Facts(0, grounds=frozenset({"spouse"}), counties={"spouse-county": ("001",)})
    assert items(facts, RULES, NODES) == [Item("spouse", 500, ("C:001/PC",))]


def test_a_ground_without_a_county_of_the_round_gives_nothing() -> None:
    facts = Facts(0, grounds=frozenset({"spouse"}), counties={"spouse-county": ("999",)})
    assert items(facts, RULES, NODES) == []


def test_rounds_without_a_place_are_carried_forward() -> None:
    assert items(Facts(0, rounds_without_a_place=2), RULES, NODES) == [Item("waiting", 200)]
