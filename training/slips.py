"""Codes of slips: what is printed and drawn from a hat, and the keyed digest that is kept until the slip is spent."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from hcims.references import ALPHABET

LENGTH = 10  # 30**10: with slips of a few cohorts out at a time and a limit by address, guessing is hopeless


def new_codes(count: int) -> list[str]:
    """Fresh codes, all different."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    return sorted(found)  # codes are random: their order says nothing, and a sorted sheet has no order of handing out


def digest(code: str) -> str:
    """What is kept of a code. Spaces, dashes and case make no difference."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    key = b"hcims training slip\0" + settings.BLIND_INDEX_KEY.encode()
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()
