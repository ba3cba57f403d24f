"""Passwords: length and not being guessed first; nothing about capitals, figures or signs."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import check_password, make_password
from hypothesis import given
from hypothesis import strategies as st

from accounts import passwords

ASHA = passwords.words_of(SimpleNamespace(full_name="Asha Mwende", login="007123", email="asha@example.org"))


def said(password: str) -> str:
    return " ".join(passwords.problems(password, ASHA, minimum=15))


@pytest.mark.parametrize(
    "password",
    [
        "mwangaza wa asubuhi",
        "correct horse battery staple",
        "kahawa ndizi mlima",
        "fifteen letters",
        "xK9#mQ2$vL5@nR8!",
        "ngoma ya usiku 2026",
        "🦒🌍🥭☕🎺🚲🪘🌧️🏔️🐘🌽📚🧭🪁🦋",
    ],
)
def test_words_strung_together_are_good(password: str) -> None:
    assert said(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "password1234567",
        "passwordpassword",
        "111111111111111",
        "123456789012345",
        "abcabcabcabcabc",
        "qqqqqqqqqqqqqqqqqq",
        "AshaMwende007123",
        "asha.mwende@example",
        "utumishi kwa wote",
        "KenyaPolice2026",
        "hcims hcims hcims",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert "Choose other words" in said(password)


def test_short_ones_are_told_how_short() -> None:
    assert said("kahawa") == "Too short: it has 6 characters and needs 15. Add a word or two."


def test_at_least_64_characters_are_welcome_and_a_megabyte_is_not() -> None:
    assert said("ngoma mbili za zamani kijani chekundu samawati njano zambarau kahawia") == ""
    assert "Too long" in said("ndizi " * 60)


def test_a_password_counts_as_typed_to_the_last_character() -> None:
    long = "kahawa ndizi mlima bahari " * 9
    stored = make_password(long)
    assert check_password(long, stored)
    assert not check_password(long[:-1], stored)
    assert not check_password(long.strip(), stored)


@given(
    st.lists(st.sampled_from(["jembe", "nyota", "ziwa", "samaki", "mti", "gari"]), min_size=4, max_size=6, unique=True)
)
def test_four_different_words_of_everyday_are_enough(words: list[str]) -> None:
    password = " ".join(words)
    assert passwords.problems(password, ASHA, minimum=15) == []


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(password: str) -> None:
    assert isinstance(passwords.problems(password, ASHA, minimum=15), list)
