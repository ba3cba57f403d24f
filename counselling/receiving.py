"""What a phone says in its envelope, and what is taken of it. Pure: no table, no clock.

Anything unexpected is refused whole: an unknown word, a field too many, a month that is not taken. Who sent it is told how
many were refused, where the envelope still says from which phone it came.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from counselling.envelopes import CONTACT, NotOpened, as_text, from_text, is_envelope, open_sealed

SECRET = 16  # bytes of a device's secret


class Refused(ValueError):
    """This envelope is dropped. `secret` is the phone's that sealed it, where that can be told."""

    def __init__(self, why: str, secret: str = "") -> None:
        super().__init__(why)
        self.secret = secret


class Unopened(Refused):
    """An envelope of the right shape that no key at hand opens: one that is still in a safe may."""


@dataclass(frozen=True)
class Told:
    """A contact as a phone tells it. The names of the fields are those in the sealed JSON."""

    v: int
    secret: str
    client: str
    month: str
    county: str
    kind: str
    theme: str
    duration: str
    mode: str
    referral: str


@dataclass(frozen=True)
class Known:
    """The words and months that are taken."""

    months: frozenset[str]
    counties: frozenset[str]
    kinds: frozenset[str]
    themes: frozenset[str]
    durations: frozenset[str]
    modes: frozenset[str]
    referrals: frozenset[str]


def told(envelope: bytes, client_id: UUID, keys: Iterable[ec.EllipticCurvePrivateKey], known: Known) -> Told:
    """What the envelope says. Errors: Refused; Unopened where another key may open it."""
    content = _opened(envelope, keys)
    try:
        found = json.loads(content)
        contact = Told(**found)
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused("not a contact") from error
    if contact.v != 1 or any(not isinstance(getattr(contact, each.name), str) for each in fields(Told)[1:]):
        raise Refused("not a contact")
    if contact.client != encoded(client_id.bytes):
        raise Refused("moved from another envelope")
    _check(contact, known)
    return contact


def _opened(envelope: bytes, keys: Iterable[ec.EllipticCurvePrivateKey]) -> bytes:
    for key in keys:
        try:
            return open_sealed(envelope, key=key, info=CONTACT)
        except NotOpened:
            continue
    raise Unopened("no key opens it") if is_envelope(envelope) else Refused("no envelope")


def _check(contact: Told, known: Known) -> None:
    pairs = (
        (contact.month, known.months),
        (contact.county, known.counties),
        (contact.kind, known.kinds),
        (contact.theme, known.themes),
        (contact.duration, known.durations),
        (contact.mode, known.modes),
        (contact.referral, known.referrals),
    )
    if any(word not in words for word, words in pairs):
        raise Refused("a word or month that is not taken", contact.secret)


def encoded(raw: bytes) -> str:
    """Bytes as the phone writes them into JSON: base64 without padding."""
    return base64.b64encode(raw).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """What the server keeps of a device's secret, as the phone writes it. Random, so a plain hash gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def month_of(on: date, *, earlier: int = 0) -> str:
    """The month of a day, or one so many months earlier: "2026-11"."""
    count = on.year * 12 + on.month - 1 - earlier
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def months_after(month: str, months: int) -> str:
    """The month so many months after another."""
    year, number = month.split("-")
    return month_of(date(int(year), int(number), 1), earlier=-months)


def open_months(on: date, late: int) -> list[str]:
    """The months in which a contact is taken on a day, the present one first."""
    return [month_of(on, earlier=each) for each in range(late + 1)]


def keys_in(path: Path) -> list[ec.EllipticCurvePrivateKey]:
    """The private keys of the receiving worker's file, newest first. Errors: OSError, ValueError."""
    lines = path.read_text(encoding="ascii").splitlines()
    return [from_text(line) for line in lines if line.strip() and not line.startswith("#")]


def file_of(keys: Sequence[ec.EllipticCurvePrivateKey]) -> str:
    """The content of that file."""
    head = "# Private keys of the receiving worker, newest first. No web server needs this file.\n"
    return head + "".join(f"{as_text(key)}\n" for key in keys)
