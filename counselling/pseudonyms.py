"""The shape of a case's pseudonym: two words and a number, drawn in the browser (`sealed/pseudonym.js`), never typed. Pure."""

from __future__ import annotations

import re

SHAPE = re.compile(r"[a-z]{3,10} [a-z]{3,10} [1-9][0-9]")


def is_pseudonym(text: str) -> bool:
    """Whether the text has the shape; that no name slips in is the browser's part, which offers no field to type it."""
    return bool(SHAPE.fullmatch(text))
