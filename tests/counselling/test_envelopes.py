"""What a phone seals, the worker opens, and nobody else: the two halves of the format agree, by a file of known answers."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from counselling import envelopes
from counselling.envelopes import CONTACT, NotOpened
from tests import programs

KNOWN: dict[str, str] = json.loads((Path(__file__).parent / "data" / "envelope.json").read_text())
SCRIPT = Path(__file__).parents[2] / "hcims" / "ui" / "frontend" / "js" / "w" / "envelopes.js"
# Opens the known envelope with the phone's code, and seals one of its own for Python to open.
PHONE = """
const { open, seal, bytesOf, textOf } = await import(process.argv[1]);
const known = JSON.parse(process.argv[2]);
const point = bytesOf(known.receiver_point);
const url = (bytes) => Buffer.from(bytes).toString("base64url");
const jwk = { kty: "EC", crv: "P-256", d: url(bytesOf(known.receiver)), x: url(point.slice(1, 33)), y: url(point.slice(33)) };
const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
const opened = new TextDecoder().decode(await open(bytesOf(known.envelope), key, point, known.info));
const sealed = textOf(await seal(new TextEncoder().encode("from the phone"), point, known.info));
console.log(JSON.stringify({ opened, sealed }));
"""


def receiver() -> Any:
    return envelopes.from_text(KNOWN["receiver"])


def test_the_known_envelope_is_made_and_opened() -> None:
    sealed = envelopes.seal(
        KNOWN["content"].encode(),
        to=base64.b64decode(KNOWN["receiver_point"]),
        info=KNOWN["info"].encode(),
        ephemeral=envelopes.from_text(KNOWN["ephemeral"]),
        nonce=base64.b64decode(KNOWN["nonce"]),
    )
    assert base64.b64encode(sealed).decode() == KNOWN["envelope"]
    assert envelopes.open_sealed(sealed, key=receiver(), info=CONTACT).decode() == KNOWN["content"]


def test_the_phones_script_opens_the_known_envelope_and_seals_one_that_is_opened_here() -> None:
    command = [programs.node(), "--input-type=module", "-e", PHONE, SCRIPT.as_uri(), json.dumps(KNOWN)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert said["opened"] == KNOWN["content"]
    assert envelopes.open_sealed(base64.b64decode(said["sealed"]), key=receiver(), info=CONTACT) == b"from the phone"


@pytest.mark.parametrize("place", [0, 1, 40, 70, 80, -1])
def test_a_changed_envelope_is_not_opened(place: int) -> None:
    changed = bytearray(base64.b64decode(KNOWN["envelope"]))
    changed[place] ^= 1
    with pytest.raises(NotOpened):
        envelopes.open_sealed(bytes(changed), key=receiver(), info=CONTACT)


def test_another_key_or_purpose_opens_nothing() -> None:
    envelope = base64.b64decode(KNOWN["envelope"])
    with pytest.raises(NotOpened):
        envelopes.open_sealed(envelope, key=envelopes.new_private_key(), info=CONTACT)
    with pytest.raises(NotOpened):
        envelopes.open_sealed(envelope, key=receiver(), info=b"hcims callback v1")
    with pytest.raises(NotOpened):
        envelopes.open_sealed(b"", key=receiver(), info=CONTACT)
