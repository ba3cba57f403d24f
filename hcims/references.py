"""Public identifiers: random, short enough to read out, never sequential."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l, u
LENGTH = 12  # 30**12, about 59 bits


_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def new_references(count: int) -> list[str]:
    """Fresh random references for many rows at once."""
    text = secrets.token_bytes(count * LENGTH).translate(_LETTERS).decode()
    return [text[start : start + LENGTH] for start in range(0, count * LENGTH, LENGTH)]


def new_reference() -> str:
    """A fresh random reference of twelve characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
