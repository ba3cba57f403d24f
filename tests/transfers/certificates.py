"""A small round that was frozen, drawn, decided and certified, for the tests of certificate and verifier."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from transfers import canonical, certificate, frozen, lottery, merkle, verify
from transfers.certificate import Draw, Sealed, Telling, Variation
from transfers.frozen import Entrant
from transfers.matching import solve
from transfers.points import Item
from transfers.problem import DEFERRED_ACCEPTANCE, Node, Officer, Place, Problem, Reserve, Result

SECRET = bytes(range(32))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NONCES = {"Commission": "7d1f", "Service": "a09c", "Oversight authority": "51be"}
RULES: dict[str, Any] = {
    "round": "2027-Q1", "rulebook": {"version": 1, "sha256": "0" * 64, "authority": "Commission", "basis": "LN 89/2015"},
    "minimum_months": 12, "maximum_months": 36,
    "commitments": [{"body": body, "commitment": lottery.commitment(nonce)} for body, nonce in sorted(NONCES.items())],
}  # fmt: skip


@dataclass
class Certified:
    """A round with its certificate."""

    problem: Problem
    result: Result
    sealed: Sealed

    @property
    def signatures(self) -> list[dict[str, str]]:
        return [certificate.signature(self.sealed, by="Commission", key=KEY)]


PLACES = [
    Place("ELD", 3, 2, 1, "C:UG", "PC"), Place("KSM", 2, 1, 0, "C:KS", "PC"), Place("LAM", 3, 2, 0, "C:LM", "PC"),
    Place("MSA", 1, 0, 2, "C:MS", "PC", (Reserve("women", 1),)), Place("NBO", 2, 0, 0, "C:NB", "PC"),
    Place("MUR", 9, 0, 0, "C:NY", "PC"), Place("NBW", 2, 0, 0, "C:NB", "PC"), Place("NYE", 1, 0, 0, "C:NY", "PC"),
    Place("SGT", 1, 0, 0, "C:SG", "SGT"),
]  # fmt: skip
COUNTIES = [Node("R:1", floor=1), *(Node(f"C:{code}", "R:1") for code in ("KS", "MS", "NY", "SG", "UG"))]
NODES = [*COUNTIES, Node("C:LM", "R:1", floor=2), Node("C:NB", "R:1", ceiling=3)]


def entrant(ref: str, wishes: str, current: str | None, months: int = 24, **more: Any) -> Entrant:
    fields = {"market": "PC", "must_move": months >= 36, "release": months, **more}
    items = (Item("tenure", 10 * months), *((Item("spouse", 50, ("C:MS",)),) if ref in ("P05", "P07") else ()))
    return Entrant(Officer(ref, tuple(wishes.split()), {}, current, **fields), items, months)


# Who may stay has no use for such lists: that they are frozen with him all the same changes nothing.
SHARED: dict[str, Any] = {"default": ("LAM",), "direct": ("KSM", "NYE")}
ENTRANTS = [
    entrant("P01", "NBO NBW", "LAM", 40), entrant("P02", "NBO MSA MUR", "LAM", 30, **SHARED),
    entrant("P03", "NBO MUR", "LAM", 14), entrant("P04", "NBO MUR", "KSM", 30), entrant("P05", "MSA NBO", "ELD", 20),
    entrant("P06", "MSA", "NBO", 22),
    entrant("P07", "MSA KSM", "ELD", 50, groups=frozenset(["women"])), entrant("P08", "NYE", "KSM", 30),
    entrant("P09", "NYE", None, 0), entrant("P10", "SGT ELD", "NYE", 38), entrant("P11", "NBW NBO", "NYE", 30),
    entrant("P12", "NBO", "ELD", 60, **SHARED),
    entrant("P13", "NBW", "NBW", 13), entrant("P14", "NBO", "ELD", 15, exclusions={"NBO": "home-county"}),
]  # fmt: skip


def certified(mechanism: str = DEFERRED_ACCEPTANCE, entrants: list[Entrant] | None = None) -> Certified:
    """The round, decided by one of the mechanisms."""
    places = PLACES if mechanism == DEFERRED_ACCEPTANCE else [replace(place, reserves=()) for place in PLACES]
    lines = frozen.freeze({**RULES, "mechanism": mechanism}, places, NODES, entrants or ENTRANTS, secret=SECRET)
    commitments = {each["body"]: each["commitment"] for each in RULES["commitments"]}
    draw = Draw(commitments, NONCES, "weather at noon in Nairobi", "23 degrees")
    problem = frozen.problem(lines.lines, draw.seed("2027-Q1", lines.root))
    result = solve(problem)
    told = Telling(("C:LM", "C:NB"), ("SGT", "ELD"), {"women": 1}, (Variation("P06", "NYE", "A new ground", "Board"),))
    return Certified(problem, result, certificate.seal(lines, problem, result, draw, told, secret=SECRET))


Line = dict[str, Any]
made = functools.cache(certified)


def sealed(of: Certified | None = None) -> bytes:
    one = of or made()
    return certificate.sealed_tier(one.sealed, one.signatures)


def faults(data: bytes, *keys: str) -> list[tuple[str, str]]:
    """Clauses that fail, with the fault."""
    return [(words, fault) for words, fault in verify.check(data, keys) if fault]


@dataclass(frozen=True)
class Forged(Sealed):
    """A certificate under the name of any version of the format."""

    format: str

    def statement(self) -> Line:
        return {**super().statement(), "format": self.format}


def resealed(change: Callable[[list[Line]], None], data: bytes = b"", *, format: str = "") -> bytes:
    """A forgery that is right in itself: lines changed, or the format's name, everything hashed and signed again.

    Of the file given, or of that of these tests.
    """
    header, *lines = [json.loads(line) for line in (data or sealed()).splitlines()]
    change(lines)
    written = tuple(canonical.dumps(line) for line in lines)
    facts = [line for line, said in zip(written, lines, strict=True) if said["kind"] in verify.FACTS]
    roots = merkle.Tree(facts).root, merkle.Tree(written)
    forged = Forged(header["round"], written, len(facts), *roots, {}, format or header["format"])
    return certificate.sealed_tier(forged, [certificate.signature(forged, by="Commission", key=KEY)])


def the(lines: list[Line], kind: str, ref: str = "") -> Line:
    return next(line for line in lines if line["kind"] == kind and line.get("ref", "") == ref)
