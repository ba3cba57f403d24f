"""The order of handing over: nobody leaves before the one who relieves him has come."""

from hypothesis import given
from hypothesis import strategies as st

from transfers.handover import positions


def test_a_chain_begins_with_the_one_whom_nobody_relieves() -> None:
    assert positions({"P3": ("A", "B"), "P1": ("B", "C"), "P2": ("C", "D")}) == {"P3": 1, "P1": 2, "P2": 3}


def test_a_ring_begins_with_its_lowest_reference() -> None:
    assert positions({"P2": ("A", "B"), "P1": ("B", "A")}) == {"P1": 1, "P2": 2}


def test_two_newcomers_relieve_two_leavers_one_each() -> None:
    found = positions({"P1": ("A", "B"), "P2": ("A", "B"), "P3": ("B", "C")})
    assert found == {"P1": 1, "P2": 1, "P3": 2}


posts = st.sampled_from("ABCDE")


@given(
    st.dictionaries(st.text("0123", min_size=3, max_size=3), st.tuples(posts, posts).filter(lambda ab: ab[0] != ab[1]))
)
def test_everybody_who_moves_has_a_position_and_the_chain_has_no_gap(moves: dict[str, tuple[str, str]]) -> None:
    found = positions(moves)
    assert set(found) == set(moves)
    for ref, position in found.items():
        if position > 1:  # somebody one step before comes to the post that he leaves
            assert any(found[other] == position - 1 and moves[other][1] == moves[ref][0] for other in moves)
