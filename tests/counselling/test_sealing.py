"""The sealed format by itself: the tests of its scripts, run in Node, and other programs of age reading what they write."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
from functools import cache
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests import programs

FRONTEND = Path(__file__).parents[2] / "hcims" / "ui" / "frontend"
SAMPLE = """
import { lockedForms, newOwnKey } from "./js/sealed/identity.js";
import { caseRecipient, newCaseKey, shareFor, wrapFor } from "./js/sealed/casekey.js";
import { newIdentity, recipientOf } from "./js/sealed/agefile.js";
import { sealText } from "./js/sealed/texts.js";
import { sealReferral } from "./js/sealed/referral.js";
import { lookupOf } from "./js/sealed/lookup.js";
import { base64 } from "./js/sealed/bytes.js";
import { scrypt } from "@noble/hashes/scrypt.js";
const derive = (words, salt, logN) => scrypt(words, salt, { N: 2 ** logN, r: 8, p: 1, dkLen: 32 });
const { own, recipient, recovery } = await newOwnKey({ user: "user22223333", pins: [] });
const forms = await lockedForms({ own, recovery, passphrase: "baro kitu woje sama rife", derive });
const key = await newCaseKey("case22223333");
const about = { text: "text22223333", kind: "note", author: "user22223333", at: "2026-11-22T10:00:00.000Z" };
const [outer, inner] = [await newIdentity(), await newIdentity()];
const share = await shareFor(await recipientOf(outer), await recipientOf(inner), key);
const text = await sealText(key, about, { text: "Jacaranda “é” \\u0007 </script> 🌍" });
const sent = { ref: "ltrr22223333", from: "user22223333", to: "user44445555", name: "Ann", at: about.at, body: { text: "é" } };
const letter = await sealReferral(own.identity, await recipientOf(inner), sent);
const { locked, recoveryLocked } = forms;
const bytes = { letter, locked, recoveryLocked, wrapped: await wrapFor(recipient, key), share, text };
const encoded = Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, base64(value)]));
console.log(JSON.stringify({ own, recovery, outer, inner, key, lookup: await lookupOf(own, "ke-1"), ...encoded }));
"""


def run(*arguments: str) -> str:
    done = subprocess.run([programs.node(), *arguments], cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@cache
def sample() -> dict[str, str]:
    return json.loads(run("--input-type=module", "-e", SAMPLE))


def opened(name: str, identity: str) -> bytes:
    return pyrage.decrypt(base64.b64decode(sample()[name]), [pyrage.x25519.Identity.from_str(identity)])


@pytest.mark.parametrize("name", ["sealed", "instruments", "sitting"])
def test_scripts(name: str) -> None:
    run("--test", f"tests/{name}.test.mjs")


def test_pyrage_opens_a_locked_identity_at_the_full_work_factor() -> None:
    found = sample()
    locked = base64.b64decode(found["locked"])
    assert b"\n-> scrypt " in locked
    assert locked.split(b"\n")[1].endswith(b" 18")
    assert json.loads(pyrage.passphrase.decrypt(locked, "baro kitu woje sama rife")) == found["own"]
    assert json.loads(opened("recoveryLocked", found["recovery"])) == found["own"]


def test_pyrage_opens_a_case_from_key_to_text() -> None:
    found = sample()
    key = json.loads(opened("wrapped", found["own"]["identity"]))
    inside = json.loads(opened("text", key["secret"]))
    assert inside["body"] == {"text": "Jacaranda “é” \u0007 </script> 🌍"}
    assert (inside["case"], inside["text"], inside["author"]) == ("case22223333", "text22223333", "user22223333")
    half = opened("share", found["outer"])
    assert json.loads(pyrage.decrypt(half, [pyrage.x25519.Identity.from_str(found["inner"])])) == key


def test_a_stranger_can_check_the_proof_and_the_lookup_from_the_description() -> None:
    found = sample()
    inside = json.loads(opened("text", found["key"]["secret"]))
    proof = inside.pop("proof")
    key = hmac.digest(found["key"]["secret"].encode(), b"hcims case proof v1\n", hashlib.sha256)
    said = json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode()
    assert hmac.digest(key, said, hashlib.sha256).hex() == proof
    lookup_key = base64.b64decode(found["own"]["lookup"])
    assert hmac.digest(lookup_key, b"case\nKE-1", hashlib.sha256).hex() == found["lookup"]


def scalar(key: str) -> bytes:
    """The 32 bytes of an age key or recipient (Bech32, BIP 173; the checksum is age's own business here)."""
    data = key.lower().rsplit("1", 1)[1][:-6]
    number = 0
    for letter in data:
        number = number * 32 + "qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(letter)
    return (number >> (5 * len(data) - 256)).to_bytes(32, "big")


def test_a_stranger_can_check_who_wrote_a_referral_from_the_description() -> None:
    found = sample()
    inside = json.loads(opened("letter", found["inner"]))
    proof = inside.pop("proof")
    sender, receiver = (
        str(pyrage.x25519.Identity.from_str(each).to_public()) for each in (found["own"]["identity"], found["inner"])
    )
    mine = X25519PrivateKey.from_private_bytes(scalar(found["inner"]))
    shared = mine.exchange(X25519PublicKey.from_public_bytes(scalar(sender)))
    info = f"hcims referral proof v1\n{sender}\n{receiver}".encode()
    key = HKDF(hashes.SHA256(), length=32, salt=b"", info=info).derive(shared)
    said = json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode()
    assert hmac.digest(key, said, "sha256").hex() == proof


def test_the_age_program_opens_a_text(tmp_path: Path) -> None:
    found = sample()
    (tmp_path / "case.txt").write_text(found["key"]["secret"] + "\n")
    (tmp_path / "text.age").write_bytes(base64.b64decode(found["text"]))
    command = [programs.age(), "-d", "-i", str(tmp_path / "case.txt"), str(tmp_path / "text.age")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert json.loads(done.stdout)["body"]["text"].startswith("Jacaranda"), done.stderr
