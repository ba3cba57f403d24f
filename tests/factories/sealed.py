"""A second writer of the sealed format, in Python from docs/counselling/format.md: a browser must open what it seals.

lock(person)                     the person's key, locked by PASSPHRASE as a browser locks it
case = sealed_case(circle)       a case of the first counsellor with a face and a note, as if a browser had made it
"""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import cache
from typing import Any

import pyrage
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from counselling import pins
from counselling.models import Case
from hcims import clock
from hcims.references import new_reference
from tests.factories.cases import Circle, Person, seal, text_of

PASSPHRASE = "baro kitu woje sama rife"
LOOKUP_KEY = bytes(range(32))
FACE = {"name": "Juma Mfano", "service_number": "KE-4711", "contact": "", "presenting": "Nightmares since the riot"}


@cache
def _locked(content: bytes) -> bytes:
    return pyrage.passphrase.encrypt(content, PASSPHRASE)  # a second each


def lock(*people: Person) -> None:
    """This function will lock the people's keys with PASSPHRASE, the pins of this moment inside."""
    for person in people:
        person.key.locked = _locked(_own(person))
        person.key.save(update_fields=["locked"])


def print_recovery(person: Person) -> str:
    """The printed key that opens the person's own, pins of this moment inside."""
    paper = pyrage.x25519.Identity.generate()
    person.key.recovery_locked = seal(_own(person), str(paper.to_public()))
    person.key.save(update_fields=["recovery_locked"])
    return str(paper)


def _own(person: Person) -> bytes:
    own = {
        "v": 1, "identity": str(person.identity), "lookup": text_of(LOOKUP_KEY), "pins": pins.pinned(),
        "user": person.user.ref, "signing": _signing(person),
    }  # fmt: skip
    return json.dumps(own).encode()


def _signing(person: Person) -> str:
    return text_of(person.signing.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def lookup_of(service_number: str) -> str:
    """How a case of this person is found again."""
    return hmac.new(LOOKUP_KEY, f"case\n{service_number}".encode(), hashlib.sha256).hexdigest()


def sealed_text(
    key: dict[str, Any], kind: str, body: dict[str, Any], *, author: str, replaces: str | None = None
) -> dict[str, str]:
    """{ref, ciphertext} of a text, bound to its place and proven by the case's key."""
    inside = {
        "v": 1, "case": key["case"], "text": new_reference(), "kind": kind, "author": author,
        "at": clock.now().isoformat(), "session": None, "replaces": replaces, "body": body,
    }  # fmt: skip
    proof_key = hmac.digest(key["secret"].encode(), b"hcims case proof v1\n", "sha256")
    said = json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode()
    proven = {**inside, "proof": hmac.digest(proof_key, said, "sha256").hex()}
    recipient = str(pyrage.x25519.Identity.from_str(key["secret"]).to_public())
    return {"ref": str(inside["text"]), "ciphertext": text_of(seal(proven, recipient))}


def sealed_case(circle: Circle, *, note: str = "The first words", holder: Person | None = None) -> Case:
    """A case on the server that a browser can open."""
    holder = holder or circle.ann
    secret = pyrage.x25519.Identity.generate()
    key = {"v": 1, "case": new_reference(), "version": 1, "secret": str(secret)}
    three = circle.custodians
    shares = [
        {
            "outer": one.key.ref,
            "inner": other.key.ref,
            "sealed": text_of(seal(seal(key, other.recipient), one.recipient)),
        }
        for one, other in zip(three, [*three[1:], three[0]], strict=True)
    ]
    sent = circle.new_case(holder=holder) | {
        "ref": key["case"], "recipient": str(secret.to_public()), "wrapped": text_of(seal(key, holder.recipient)),
        "lookup": lookup_of(FACE["service_number"]), "shares": shares,
        "face": sealed_text(key, "face", FACE, author=holder.user.ref),
    }  # fmt: skip
    asks = circle.asks(holder)
    assert asks.post("cases/", sent).status_code == 200
    written = {**sealed_text(key, "note", {"text": note}, author=holder.user.ref), "kind": "note"}
    assert asks.post(f"cases/{key['case']}/texts/", written).status_code == 200
    return Case.objects.get(ref=key["case"])
