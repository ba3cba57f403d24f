"""Sign-in names are compared as people mean them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.logins import normalise


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("007123", "007123"),
        (" 007 123 ", "007123"),
        ("007-123", "007123"),
        ("p 81220", "P81220"),
        ("００７１２３", "007123"),
        ("Asha.Mwende@Example.ORG ", "asha.mwende@example.org"),
        ("007\u00a0123\0", "007123"),
        ("", ""),
    ],
)
def test_names_are_compared_without_spaces_and_case(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@given(st.text(max_size=40))
def test_a_stored_name_stays_what_it_is(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)
