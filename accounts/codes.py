"""One-time codes of sign-in letters: what is printed, and the keyed digest that is kept instead."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from hcims.references import ALPHABET

LENGTH = 12  # 30**12: with five tries, guessing is hopeless; keyed, a stolen table tells nothing


def new_code() -> str:
    """A fresh code, as it is printed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest(code: str) -> str:
    """What is kept of a code. Spaces, dashes and case make no difference."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    key = b"hcims sign-in letter\0" + settings.BLIND_INDEX_KEY.encode()
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def fits(code: str, kept: str) -> bool:
    """Whether a typed code is the one whose digest was kept."""
    return hmac.compare_digest(digest(code), kept)
