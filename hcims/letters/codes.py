"""The code on a letter by which anyone can check it. Only its keyed digest is stored: a stolen table makes no paper."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from hcims.references import ALPHABET

LENGTH = 16  # 30**16, about 78 bits: cannot be guessed, and is still typed from paper


def new_code() -> str:
    """A fresh random check code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(typed: str) -> str:
    """What was typed, in the alphabet of the codes: spaces, dashes and capitals do not matter."""
    return "".join(character for character in typed.lower() if character.isalnum())[:64]


def digest(code: str) -> str:
    """The keyed digest under which a code is found."""
    key = b"hcims letter check\0" + settings.BLIND_INDEX_KEY.encode()
    return hmac.new(key, normalised(code).encode(), hashlib.sha256).hexdigest()
