"""Public identifiers: random, short enough to read out, never sequential."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l, u
LENGTH = 12  # 30**12, about 59 bits


def new_reference() -> str:
    """A fresh random reference of twelve characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
