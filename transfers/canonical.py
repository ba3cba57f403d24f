"""One way to write a value as bytes: the subset of RFC 8785 that has strings, integers, lists and objects alone.

Names in ASCII and in their order, no spaces, UTF-8, texts in Unicode's form NFC, integers within 2^53. What has no
value is left out, yes is 1 and no is 0: so no reader of JSON can take anything for something else.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from transfers.problem import LARGEST


class NotCanonical(ValueError):
    """The value cannot be written, or the text is not the one way to write what it says."""


def dumps(value: Any) -> bytes:
    """Return the one way to write the value. Errors: NotCanonical, saying where and what."""
    plain = _checked(value, "value")
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def loads(text: bytes) -> Any:
    """Read a value that was written by `dumps`. Errors: NotCanonical when it is written any other way."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"not JSON: {error}") from error
    if dumps(value) != text:
        raise NotCanonical("not the canonical way to write this: spaces, the order of keys, or escapes")
    return value


def _checked(value: Any, where: str) -> Any:
    kind = type(value)
    if kind is str:
        return _text(value, where)
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonical(f"{where}: {value} is beyond 2^53")
        return value
    if kind is dict:
        if not all(type(key) is str and key.isascii() for key in value):
            raise NotCanonical(f"{where}: a name is not a text in ASCII")
        return {key: _checked(value[key], key) for key in sorted(value)}
    if kind in (list, tuple):
        return [_checked(each, where) for each in value]
    raise NotCanonical(f"{where}: {value!r} is neither a text nor an integer, a list nor an object")


def _text(value: str, where: str) -> str:
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"{where}: half a character") from error
    if not unicodedata.is_normalized("NFC", value):
        raise NotCanonical(f"{where}: {value!r} is not in Unicode's form NFC")
    return value
