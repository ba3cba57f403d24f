"""What makes a password good enough: length, and not being one that is tried first. No composition rules.

Source: OWASP ASVS 5.0, 6.2. Length from a dated rule (15 characters); at least 64 must be allowed, and here 256 are;
compared as typed, nothing cut off (6.2.8); not among the 20,000 most used passwords, which Django ships (6.2.4, 6.2.12),
nor one of them drawn out; no words of the place or the person (6.2.11); no forced change (6.2.10); no demand for capitals,
figures or signs (6.2.5). Words strung together stay allowed, however common each of them is.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SignInRuleCode
from accounts.queries import rules
from hcims.errors import RuleBroken

SOURCE = "OWASP ASVS 5.0, 6.2"
LONGEST = 256  # hashing a megabyte would be an attack, not a password
LEAST_LEFT = 8  # characters that must be left when names, words of the place and repetitions count as one
# Words that are tried first here. Source: ASVS 5.0, 6.2.11; the list is ours.
WORDS_OF_THE_PLACE = ("hcims", "police", "polisi", "kenya", "utumishi", "kwawote", "harambee", "inspector", "constable")
REPEATED = re.compile(r"(.{1,12}?)\1+")
SIGNS = re.compile(r"[\s!-/:-@\[-`{-~]+")


@lru_cache(maxsize=1)
def most_used() -> frozenset[str]:
    """The passwords that are tried first. Source: the list that Django ships, from breaches."""
    return frozenset(CommonPasswordValidator().passwords)


def check(password: str, user: Any, *, on: date) -> None:
    """Errors: RuleBroken, saying how to mend it."""
    found = problems(password, words_of(user), minimum=rules.number(SignInRuleCode.PASSWORD_MINIMUM, on=on))
    if found:
        raise RuleBroken(" ".join(found), SOURCE)


def words_of(user: Any) -> list[str]:
    """What anybody who knows the person would try: names, sign-in name, address."""
    texts = [getattr(user, name, "") or "" for name in ("full_name", "login", "email")]
    return [word for text in texts for word in re.split(r"[\W_]+", bare(text)) if len(word) > 2]


def problems(password: str, known: Iterable[str], *, minimum: int) -> list[str]:
    """What is wrong with a password, in sentences that say how to mend it; nothing for a good one."""
    if len(password) > LONGEST:
        return [_("Too long: %(longest)s characters are the most.") % {"longest": LONGEST}]
    if len(password) < minimum:
        words = ngettext(
            "Too short: it has %(has)s character and needs %(minimum)s. Add a word or two.",
            "Too short: it has %(has)s characters and needs %(minimum)s. Add a word or two.",
            len(password),
        )
        return [words % {"has": len(password), "minimum": minimum}]
    core = left_over(password, ())
    if bare(password) in most_used() or core in most_used() or core.strip("0123456789") in most_used():
        return [_("This is one of the passwords that are tried first. Choose other words.")]
    if len(left_over(password, [*known, *WORDS_OF_THE_PLACE])) < LEAST_LEFT:
        return [
            _("Too easy to guess: names, words of the service and repetitions count for little. Choose other words.")
        ]
    return []


def bare(text: str) -> str:
    """Without capitals and look-alike forms."""
    return unicodedata.normalize("NFKC", text).casefold()


def left_over(password: str, known: Iterable[str]) -> str:
    """What is left when known words, repetitions ("aaaa", "abcabc") and rows of neighbours ("1234") count as one sign."""
    text = SIGNS.sub("", bare(password))
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, "*")
    text = REPEATED.sub(r"\1", text)
    left = text[:1]
    for before, sign in itertools.pairwise(text):
        if ord(sign) - ord(before) not in (-1, 1):
            left += sign
    return left
