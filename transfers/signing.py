"""The key with which certificates of rounds are signed, made from `HCIMS_ROUND_SIGNING_KEY`.

Whoever checks a certificate needs the public key alone; it is printed on the round's public page and in the Gazette.
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def private_key(secret: str) -> Ed25519PrivateKey:
    """Return the key that follows from the secret."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"hcims transfer round\0" + secret.encode()).digest())


def public_key(secret: str) -> str:
    """Return the public key in hexadecimal, as `python -m transfers.verify --key` takes it."""
    return private_key(secret).public_key().public_bytes_raw().hex()
