"""Invented cases, sealed as a browser would: real age files, real signatures. Nothing here is slow: no passphrase is stretched.

circle = Circle.made(world)                 two counsellors with certified keys, three custodians, their pins
case = circle.case()                        a case of the first counsellor, sealed
circle.asks(circle.ann).get("cases/")       the API as the first counsellor
"""

from __future__ import annotations

import base64
import itertools
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings
from django.test import Client

from accounts.models import User
from counselling import vouching
from counselling.models import Case, CounsellorKey, CustodianKey, KeySignature
from hcims.references import new_reference
from tests.factories.accounts import LONG_AGO, OutsideUserFactory, UserFactory, appoint
from tests.signing_in import client_of

API = "/counselling/api/"
LOCKED = b"age-encryption.org/v1\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 18\nYm9keQ\n--- bWFj\nlocked"
WORDS = itertools.cycle(("calm lake", "tall reed", "opal shore", "soft cloud"))


def text_of(content: bytes) -> str:
    """Bytes as they travel."""
    return base64.b64encode(content).decode()


@dataclass
class Person:
    """Somebody with a key of the test's own making."""

    user: User
    identity: Any = field(default_factory=pyrage.x25519.Identity.generate)
    signing: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    key: Any = None

    @property
    def recipient(self) -> str:
        """The public half, age1…"""
        return str(self.identity.to_public())

    @property
    def signing_key(self) -> str:
        """The public half of the signing key, as a browser exports it."""
        spki = self.signing.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return text_of(spki)

    def signature(self, key: CounsellorKey) -> str:
        """The custodian's word for a key: r and s, as a browser makes them."""
        said = vouching.statement(key.ref, key.user.ref, key.recipient)
        r, s = decode_dss_signature(self.signing.sign(said, ec.ECDSA(hashes.SHA256())))
        return text_of(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def opens(self, sealed: bytes | str) -> bytes:
        """What is sealed to this person."""
        content = base64.b64decode(sealed) if isinstance(sealed, str) else bytes(sealed)
        return pyrage.decrypt(content, [self.identity])


def seal(content: Any, *recipients: str) -> bytes:
    """An age file for the recipients."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return pyrage.encrypt(raw, [pyrage.x25519.Recipient.from_str(each) for each in recipients])


class Asking:
    """The API as one person."""

    def __init__(self, user: User | None) -> None:
        self.client: Client = client_of(user)

    def get(self, path: str) -> Any:
        """The answer."""
        return self.client.get(API + path)

    def post(self, path: str, content: Any = None) -> Any:
        """The answer to JSON."""
        return self.client.post(API + path, json.dumps(content or {}), content_type="application/json")


@dataclass
class Circle:
    """Two counsellors, three custodians and a lead, with keys."""

    unit: Any
    ann: Person
    ben: Person
    custodians: list[Person]
    lead: User
    secrets: dict[str, Any] = field(default_factory=dict)  # the cases' own identities, by reference

    @classmethod
    def made(cls, unit: Any, *, on: date = LONG_AGO) -> Circle:
        """Everybody appointed at the unit, keys certified, fingerprints in the pins file."""
        custodians = [Person(appoint(OutsideUserFactory(), "custodian", unit)) for _ in range(3)]
        for person, body in zip(custodians, ("ipoa", "knchr", "caj"), strict=True):
            person.key = CustodianKey.objects.create(
                user=person.user, body=body, signing_key=person.signing_key, recipient=person.recipient, locked=LOCKED,
                recovery_locked=seal(b"own", person.recipient), made_on=on,
            )  # fmt: skip
        pin(*custodians)
        ann, ben = (Person(appoint(UserFactory(), "counsellor", unit)) for _ in range(2))
        lead = appoint(UserFactory(), "wellbeing-lead", unit)
        circle = cls(unit, ann, ben, custodians, lead)
        for person in (ann, ben):
            circle.certify(person, on=on)
        return circle

    def certify(self, person: Person, *, on: date = LONG_AGO, signers: int = 2) -> CounsellorKey:
        """This function will give a person a key that custodians have signed."""
        key = CounsellorKey.objects.create(
            user=person.user, recipient=person.recipient, locked=LOCKED, made_on=on,
            recovery_locked=seal(b"own", person.recipient), state="certified" if signers > 1 else "proposed",
        )  # fmt: skip
        for custodian in self.custodians[:signers]:
            KeySignature.objects.create(
                key=key, custodian=custodian.key, signature=custodian.signature(key), signed_on=on
            )
        person.key = key
        return key

    def asks(self, person: Person | User) -> Asking:
        """The API as this person, signed in anew."""
        user = person.user if isinstance(person, Person) else person
        user.__dict__.pop("_appointments_on", None)
        return Asking(user)

    def shares(self, secret: str) -> list[dict[str, str]]:
        """Three pairs, age within age."""
        three = self.custodians
        return [
            {
                "outer": outer.key.ref,
                "inner": inner.key.ref,
                "sealed": text_of(seal(seal({"secret": secret}, inner.recipient), outer.recipient)),
            }
            for outer, inner in zip(three, [*three[1:], three[0]], strict=True)
        ]

    def new_case(self, *, holder: Person | None = None, **changes: Any) -> dict[str, Any]:
        """What a browser sends to open a case."""
        secret, ref = pyrage.x25519.Identity.generate(), new_reference()
        self.secrets[ref] = secret
        wrapped = seal({"case": ref, "secret": str(secret)}, (holder or self.ann).recipient)
        return {
            "ref": ref, "pseudonym": f"{next(WORDS)} 47", "office": None, "recipient": str(secret.to_public()),
            "review_due_on": None, "wrapped": text_of(wrapped), "lookup": "a" * 64,
            "face": self.text(ref, "face"), "shares": self.shares(str(secret)), **changes,
        }  # fmt: skip

    def text(self, ref: str, kind: str, words: str = "said in confidence") -> dict[str, str]:
        """A text sealed to the case."""
        name = new_reference()
        inside = {"v": 1, "case": ref, "text": name, "kind": kind, "body": {"text": words}}
        return {"ref": name, "ciphertext": text_of(seal(inside, str(self.secrets[ref].to_public())))}

    def case(self, *, holder: Person | None = None, **changes: Any) -> Case:
        """A case on the server, opened by way of the API."""
        person = holder or self.ann
        sent = self.new_case(holder=person, **changes)
        answer = self.asks(person).post("cases/", sent)
        assert answer.status_code == 200, answer.content
        return Case.objects.get(ref=sent["ref"])

    def wrapped(self, ref: str, person: Person) -> str:
        """The case's secret for a person."""
        return text_of(seal({"case": ref, "secret": str(self.secrets[ref])}, person.recipient))


def pin(*custodians: Person) -> None:
    """This function will write the custodians' fingerprints into the pins file."""
    lines = [vouching.fingerprint(each.signing_key, each.recipient) for each in custodians]
    Path(settings.CUSTODIAN_PINS_FILE).write_text("# invented\n" + "\n".join(lines) + "\n", encoding="utf-8")


def moment(value: str) -> datetime:
    """A moment from an answer."""
    return datetime.fromisoformat(value)
