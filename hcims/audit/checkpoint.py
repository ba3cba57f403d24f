"""Signed checkpoints: a line saying "the chain stood here", kept outside the database.

A chain of hashes does not notice that its newest rows were cut off, nor that somebody wrote the whole of it again; a
checkpoint in other hands does. Each line of a checkpoint file is one JSON object signed with Ed25519 under a key made
from `HCIMS_AUDIT_SIGNING_KEY`. Who only verifies needs the public key, not the secret.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hcims.audit.verify import Seal


class BadCheckpoint(ValueError):
    """The line is not a checkpoint, or not one that this key signed."""


def _private_key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"hcims audit checkpoint\0" + secret.encode()).digest())


def public_key(secret: str) -> str:
    """The public key that belongs to the secret, in base64: give it to whoever keeps the checkpoints."""
    raw = _private_key(secret).public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )  # fmt: skip
    return base64.b64encode(raw).decode()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signed(sequence: int, hash: str, *, at: datetime, secret: str) -> str:
    """One line saying that the chain stood at this row with this hash."""
    content: dict[str, Any] = {"hcims": "audit checkpoint 1", "sequence": sequence, "hash": hash, "at": at.isoformat()}
    signature = _private_key(secret).sign(_canonical(content))
    return json.dumps({**content, "signature": base64.b64encode(signature).decode()}, sort_keys=True)


def read(line: str, *, key: str) -> Seal:
    """The place that a line vouches for. Errors: BadCheckpoint, saying what is wrong with the line."""
    try:
        content = json.loads(line)
        signature = base64.b64decode(content.pop("signature"))
        seal = Seal(int(content["sequence"]), str(content["hash"]), f"the checkpoint of {content['at']}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadCheckpoint("this line is not a checkpoint") from error
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(signature, _canonical(content))
    except (InvalidSignature, ValueError) as error:
        raise BadCheckpoint("the signature does not fit: altered, or signed with another key") from error
    return seal


def read_all(text: str, *, key: str) -> list[Seal]:
    """The places that a checkpoint file vouches for. Errors: BadCheckpoint, naming the line."""
    seals = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                seals.append(read(line, key=key))
            except BadCheckpoint as error:
                raise BadCheckpoint(f"line {number}: {error}") from error
    return seals
