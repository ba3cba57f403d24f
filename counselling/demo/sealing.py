"""Seals invented words as a browser would, so that a browser opens them: age files, wrapped secrets, shares, signatures.

For the demonstration alone. In the product no word and no secret key ever reaches the server.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pyrage
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from accounts.models import User
from counselling import vouching
from counselling.models import CounsellorKey
from hcims.references import new_reference


def seal(content: Any, recipient: str) -> bytes:
    """Bytes, or a value as JSON, sealed to one recipient."""
    raw = content if isinstance(content, bytes) else as_json(content)
    return pyrage.encrypt(raw, [pyrage.x25519.Recipient.from_str(recipient)])


def as_json(content: Any) -> bytes:
    """JSON as browsers write it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass
class Holder:
    """Somebody who holds keys."""

    user: User
    passphrase: str
    pins: list[str] = field(default_factory=list)
    identity: Any = field(default_factory=pyrage.x25519.Identity.generate)
    lookup: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    signing: Any = None  # a custodian's P-256 key
    key: Any = None  # the row on the server

    @property
    def recipient(self) -> str:
        """The public half, age1…"""
        return str(self.identity.to_public())

    @property
    def signing_key(self) -> str:
        """The public half of the signing key."""
        spki = self.signing.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(spki).decode()

    def locked(self) -> dict[str, bytes]:
        """The secret half, locked with the passphrase, and sealed to a recovery key that nobody keeps here."""
        own = {
            "v": 1, "identity": str(self.identity), "lookup": base64.b64encode(self.lookup).decode(), "pins": self.pins,
            "user": self.user.ref,
        }  # fmt: skip
        if self.signing is not None:
            pkcs8 = self.signing.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            own["signing"] = base64.b64encode(pkcs8).decode()
        recovery = str(pyrage.x25519.Identity.generate().to_public())
        return {
            "locked": pyrage.passphrase.encrypt(as_json(own), self.passphrase),
            "recovery_locked": seal(own, recovery),
        }

    def signature(self, key: CounsellorKey) -> str:
        """A custodian's word for a key: r and s."""
        said = vouching.statement(key.ref, key.user.ref, key.recipient)
        r, s = decode_dss_signature(self.signing.sign(said, ec.ECDSA(hashes.SHA256())))
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

    def mark(self, service_number: str) -> str:
        """The mark by which this counsellor's browser finds a case again."""
        return hmac.new(self.lookup, f"case\n{service_number.upper()}".encode(), hashlib.sha256).hexdigest()


@dataclass
class CaseSecret:
    """The identity of one case."""

    ref: str = field(default_factory=new_reference)
    identity: Any = field(default_factory=pyrage.x25519.Identity.generate)

    @property
    def recipient(self) -> str:
        """The public half, age1…"""
        return str(self.identity.to_public())

    @property
    def content(self) -> dict[str, Any]:
        """What is wrapped and shared."""
        return {"v": 1, "case": self.ref, "version": 1, "secret": str(self.identity)}

    def text(
        self, kind: str, author: str, at: str, body: dict[str, Any], session: str | None = None
    ) -> tuple[str, bytes]:
        """A text of the case, bound to its place and proven by the case's own key: its reference and its bytes."""
        ref = new_reference()
        inside = {
            "v": 1, "case": self.ref, "text": ref, "kind": kind, "author": author, "at": at, "session": session,
            "replaces": None, "body": body,
        }  # fmt: skip
        key = hmac.new(str(self.identity).encode(), b"hcims case proof v1\n", hashlib.sha256).digest()
        proof = hmac.new(key, as_json(inside), hashlib.sha256).hexdigest()
        return ref, seal({**inside, "proof": proof}, self.recipient)

    def share(self, outer: str, inner: str) -> bytes:
        """Age within age for two custodians."""
        return seal(seal(self.content, inner), outer)
