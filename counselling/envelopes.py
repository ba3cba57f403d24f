"""The envelope in which a phone seals a contact or a request to be called back. Pure: bytes in, bytes out.

    version (1 byte, 1) | ephemeral public key (65, P-256 uncompressed) | nonce (12) | ciphertext with its tag

Key: HKDF-SHA256 over the ECDH secret, salted with both public keys, `info` naming the purpose. AES-256-GCM, with the
version as associated data. The browser's half, in WebCrypto alone, is `hcims/ui/frontend/js/w/envelopes.js`; a file of
known answers holds the two together.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = b"\x01"
POINT, NONCE, TAG = 65, 12, 16
SHORTEST = len(VERSION) + POINT + NONCE + TAG
CONTACT = b"hcims contact v1"
CURVE = ec.SECP256R1()


class NotOpened(ValueError):
    """The envelope is not for this key or purpose, was changed on the way, or is none."""


def new_private_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key pair."""
    return ec.generate_private_key(CURVE)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, as it stands in the envelope and on pages."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def textual(point: bytes) -> str:
    """A public key as it stands in the database and on pages."""
    return base64.b64encode(point).decode()


def as_text(key: ec.EllipticCurvePrivateKey) -> str:
    """The private half on one line, for the file of the receiving worker."""
    return base64.b64encode(key.private_numbers().private_value.to_bytes(32, "big")).decode()


def from_text(line: str) -> ec.EllipticCurvePrivateKey:
    """The private key on a line of that file. Errors: ValueError."""
    raw = base64.b64decode(line.strip(), validate=True)
    if len(raw) != 32:
        raise ValueError("a private key is 32 bytes in base64")
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def seal(
    content: bytes,
    *,
    to: bytes,
    info: bytes,
    ephemeral: ec.EllipticCurvePrivateKey | None = None,
    nonce: bytes | None = None,
) -> bytes:
    """The envelope of `content` for the public point `to`; `ephemeral` and `nonce` are given only by known answers."""
    ephemeral = ephemeral or new_private_key()
    nonce = nonce or secrets.token_bytes(NONCE)
    point = point_of(ephemeral)
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to)
    key = _key(ephemeral.exchange(ec.ECDH(), receiver), point + to, info)
    return VERSION + point + nonce + AESGCM(key).encrypt(nonce, content, VERSION)


def is_envelope(envelope: bytes) -> bool:
    """Whether some key could open it, as far as can be seen from outside: version, length, a point of the curve."""
    if len(envelope) < SHORTEST or envelope[:1] != VERSION:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, envelope[1 : 1 + POINT])
    except ValueError:
        return False
    return True


def open_sealed(envelope: bytes, *, key: ec.EllipticCurvePrivateKey, info: bytes) -> bytes:
    """What is in the envelope. Errors: NotOpened."""
    if len(envelope) < SHORTEST or envelope[:1] != VERSION:
        raise NotOpened("no envelope of this version")
    point, nonce = envelope[1 : 1 + POINT], envelope[1 + POINT : 1 + POINT + NONCE]
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        shared = key.exchange(ec.ECDH(), sender)
        return AESGCM(_key(shared, point + point_of(key), info)).decrypt(nonce, envelope[1 + POINT + NONCE :], VERSION)
    except (ValueError, InvalidTag) as error:
        raise NotOpened("sealed to another key, for another purpose, or changed") from error


def _key(shared: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(shared)
