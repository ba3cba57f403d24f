"""Custodians vouch for counsellors' keys: what is signed, by which keys, and how a signature is checked. Pure.

The browser checks the same by itself (`sealed/signatures.js`); here it decides what the server calls certified.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

NEEDED = 2  # custodians, of different bodies
HALF = 32  # bytes of r and of s


def statement(key: str, user: str, recipient: str) -> bytes:
    """What a custodian signs about a counsellor's key."""
    return f"hcims counsellor key v1\n{key}\n{user}\n{recipient}".encode()


def fingerprint(signing_key: str, recipient: str) -> str:
    """The pin of a custodian: what stands in the file outside the database."""
    return hashlib.sha256(f"{signing_key}\n{recipient}".encode()).hexdigest()


def is_signing_key(text: str) -> bool:
    """Whether the text is a P-256 public key (SPKI, base64)."""
    return _public_key(text) is not None


def is_signed(signing_key: str, signature: str, said: bytes) -> bool:
    """Whether the signature (r and s, base64) is of these words by this key: ECDSA on P-256 with SHA-256."""
    public = _public_key(signing_key)
    raw = _decoded(signature)
    if public is None or raw is None or len(raw) != 2 * HALF:
        return False
    r, s = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
    try:
        public.verify(encode_dss_signature(r, s), said, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _public_key(text: str) -> ec.EllipticCurvePublicKey | None:
    raw = _decoded(text)
    if raw is None:
        return None
    try:
        found = serialization.load_der_public_key(raw)
    except ValueError:
        return None
    return found if isinstance(found, ec.EllipticCurvePublicKey) and isinstance(found.curve, ec.SECP256R1) else None


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
