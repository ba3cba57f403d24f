"""Encrypted columns and their keyed blind indexes.

AES-256-GCM under keys derived from `HCIMS_FIELD_KEYS` (newest first, so that keys can be changed without a pause).
The stored text is `v1:<key id>:<base64 nonce+ciphertext>`; the key id is eight hex digits of the key's own hash.
A blind index is HMAC-SHA256 of the normalised value: equal values are found, nothing else can be read from it.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


@lru_cache(maxsize=16)
def _cipher(secret: str) -> tuple[str, AESGCM]:
    key = hashlib.sha256(b"hcims field key\0" + secret.encode()).digest()
    return hashlib.sha256(key).hexdigest()[:8], AESGCM(key)


def encrypt(value: str) -> str:
    """The stored form of `value` under the newest key; an empty text stays empty."""
    if not value:
        return ""
    key_id, cipher = _cipher(settings.FIELD_KEYS[0])
    nonce = secrets.token_bytes(NONCE_BYTES)
    return f"v1:{key_id}:{base64.b64encode(nonce + cipher.encrypt(nonce, value.encode(), None)).decode()}"


def encrypt_many(values: Sequence[str]) -> list[str]:
    """The stored forms of many values, each under a nonce of its own; empty texts stay empty."""
    key_id, cipher = _cipher(settings.FIELD_KEYS[0])
    nonces, head, seal = secrets.token_bytes(NONCE_BYTES * len(values)), f"v1:{key_id}:".encode(), cipher.encrypt
    stored = []
    for at, value in zip(range(0, len(nonces), NONCE_BYTES), values, strict=True):
        nonce = nonces[at : at + NONCE_BYTES]
        sealed = head + binascii.b2a_base64(nonce + seal(nonce, value.encode(), None), newline=False) if value else b""
        stored.append(sealed.decode())
    return stored


def decrypt(stored: str) -> str:
    """The text behind a stored form. Errors: ValueError when no configured key opens it."""
    if not stored:
        return ""
    _, key_id, body = stored.split(":", 2)
    raw = base64.b64decode(body)
    for secret in settings.FIELD_KEYS:
        known_id, cipher = _cipher(secret)
        if known_id == key_id:
            try:
                return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
            except InvalidTag as error:
                raise ValueError("an encrypted field was altered") from error
    raise ValueError(f"no key {key_id} in HCIMS_FIELD_KEYS")


def normalise_identifier(value: str) -> str:
    """Upper case, letters and digits only: how identifiers are compared."""
    return "".join(character for character in value.upper() if character.isalnum())


def blind_index(value: str) -> str | None:
    """The keyed digest by which an encrypted identifier is found; None for an empty one."""
    normal = normalise_identifier(value)
    if not normal:
        return None
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), normal.encode(), hashlib.sha256).hexdigest()


def blind_indexes(normal: Iterable[str | None]) -> list[str | None]:
    """The blind indexes of many values that are normalised already."""
    keyed = HMAC(settings.BLIND_INDEX_KEY.encode(), SHA256())  # a copy costs a third of keying each anew

    def index(value: str) -> str:
        each = keyed.copy()
        each.update(value.encode())
        return each.finalize().hex()

    return [index(value) if value else None for value in normal]


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database holds only encrypted. Cannot be filtered on: keep a blind index beside it."""

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        return value if value is None else decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else encrypt(str(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ("isnull",):
            raise TypeError("an encrypted field cannot be searched; use its blind index")
        return super().get_lookup(lookup_name)
