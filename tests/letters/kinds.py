"""The kinds of letter of the tests."""

from hcims.letters.kinds import LetterKind

ORDER = LetterKind("test-order", "Posting order", series="posting-order")
ONCE = LetterKind("test-once", "Activation letter", series="activation", kept=False)
