"""The lottery: commitments before lists close, one seed from the reveals, one ticket an officer. openssl can repeat it.

commitment   printf %s "$NONCE" | openssl dgst -sha256
seed         printf %s "$ROUND|$ROOT|$NONCE1|$NONCE2|$DRAW" | openssl dgst -sha256     (nonces in ascending order)
ticket       printf %s "$REFERENCE" | openssl dgst -sha256 -hmac "$SEED"                (the lowest comes first)
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping

SEPARATOR = "|"


def commitment(nonce: str) -> str:
    """Return what a body publishes before lists close, so that it cannot change its number afterwards."""
    return hashlib.sha256(nonce.encode()).hexdigest()


def seed(round: str, snapshot_root: str, nonces: Iterable[str], draw: str) -> str:
    """Return the seed, in hexadecimal, that follows from the round, its frozen facts, the reveals and a public draw.

    Errors: ValueError where a part holds the separator, for then two sets of parts could give one seed.
    """
    parts = [round, snapshot_root, *sorted(nonces), draw]
    if spoilt := [part for part in parts if SEPARATOR in part]:
        raise ValueError(f"a part of the seed holds {SEPARATOR!r}: {spoilt[0]!r}. Choose a text without it.")
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()


def ticket(seed: str, ref: str) -> str:
    """Return the officer's ticket in hexadecimal: HMAC-SHA256 under the seed, lowest first."""
    return hmac.digest(seed.encode(), ref.encode(), "sha256").hex()


def unkept(commitments: Mapping[str, str], reveals: Mapping[str, str]) -> list[str]:
    """Return the bodies, of those that revealed, whose number is not the one they committed to."""
    return sorted(body for body, nonce in reveals.items() if commitments.get(body) != commitment(nonce))
