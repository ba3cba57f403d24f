"""Whether bytes are an age file of the kind they should be. Pure: reads the header, opens nothing, needs no key.

Source: the age file format, age-encryption.org/v1 (C2SP, https://c2sp.org/age).
"""

from __future__ import annotations

import re

INTRO = b"age-encryption.org/v1\n"
LONGEST_HEADER = 4_096
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
PASSPHRASE, KEY = "scrypt", "X25519"
KILO, MEGA = 1_024, 1_048_576
# How large each kind of file may be.
LOCKED, WRAPPED, SHARE, TEXT, ATTACHMENT = 4 * KILO, 2 * KILO, 4 * KILO, 256 * KILO, 5 * MEGA


class NotAgeFile(ValueError):
    """The bytes are not what was asked for; the message says why."""


def check(content: bytes, *, kind: str, limit: int) -> None:
    """This function will refuse bytes that are too many, no age file, or not locked in the way of `kind`.

    Errors: NotAgeFile.
    """
    if len(content) > limit:
        raise NotAgeFile(f"{len(content):,} bytes; at most {limit:,} are taken")
    if not content.startswith(INTRO):
        raise NotAgeFile("not an age file (age-encryption.org/v1)")
    stanzas = _stanzas(content)
    if kind == PASSPHRASE and stanzas != [PASSPHRASE]:
        raise NotAgeFile("not locked with a passphrase")
    if kind == KEY and (KEY not in stanzas or PASSPHRASE in stanzas):
        raise NotAgeFile("not sealed to a key")


def _stanzas(content: bytes) -> list[str]:
    """The kinds of locks in the header; its last line carries the header's own code and is not checked here."""
    header, mark, rest = content[: LONGEST_HEADER + 1].partition(b"\n--- ")
    if not mark or not rest:
        raise NotAgeFile("the header has no end")
    try:
        lines = header.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise NotAgeFile("the header is not text") from error
    return [line.split(" ")[1] for line in lines if line.startswith("-> ")]


def is_recipient(text: str) -> bool:
    """Whether the text has the shape of an X25519 recipient."""
    return bool(RECIPIENT.fullmatch(text))
