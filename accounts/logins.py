"""How sign-in names are compared: staff numbers without spaces and case, e-mail addresses in lower case. Pure."""

from __future__ import annotations

import re
import unicodedata

SEPARATORS = re.compile(r"[\s\-‐‑–.]+")


def normalise(text: str) -> str:
    """The name as it is stored: " 007 123 " is 007123, "p-81 220" is P81220, "A@B.KE" is a@b.ke.

    Zeros are kept: a staff number is text.
    """
    before = None
    while text != before:  # composing what was apart may give a form that composes once more
        before, text = text, _once(text)
    return text


def _once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("\0", "").strip()
    if "@" in text:
        return text.lower()
    return SEPARATORS.sub("", text).upper()


def is_email(text: str) -> bool:
    """Whether a sign-in name is an e-mail address."""
    return "@" in text
