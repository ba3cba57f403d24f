"""The certificate of a decided round: the frozen facts and the answer as lines under one root, in two tiers.

The sealed tier holds every line, for the Commission, the oversight authority and courts. The public tier holds the rule
book, the lottery and a summary, each with its path to the same root. An officer's own file holds his two lines and their
paths. A file begins with a header line that says root, size and signatures. Format: docs/transfers/certificate.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from transfers import canonical, lottery, merkle
from transfers.frozen import Frozen, filled, written
from transfers.points import ancestors
from transfers.problem import LOTTERY, OUTRANKED, Cutoff, FloorLine, Problem, Result

OLD, FORMAT = "hcims-transfer-certificate/1", "hcims-transfer-certificate/2"
KNOWN_ANSWER = "known-answer"  # a reference whose ticket is published, to be tried with openssl


@dataclass(frozen=True, slots=True)
class Draw:
    """The lottery as it went. `commitments` and `reveals` by body; a body that did not reveal is simply not in `reveals`."""

    commitments: Mapping[str, str]
    reveals: Mapping[str, str]
    source: str  # the public draw of a later day, in words
    value: str  # and what it gave

    def seed(self, round: str, snapshot: str) -> str:
        """Return the seed that follows from the reveals, the frozen facts and the public draw."""
        return lottery.seed(round, snapshot, self.reveals.values(), self.value)


@dataclass(frozen=True, slots=True)
class Variation:
    """An award that the board changed, with its reason. `place`: where the officer goes instead; "" = stays without one."""

    officer: str
    place: str
    reason: str
    authority: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What the public tier says beside the answer. `nodes`: whose staffing may be shown; `withheld`: places not to be named."""

    nodes: Collection[str] = ()
    withheld: Collection[str] = ()
    statistics: Mapping[str, Any] = field(default_factory=dict)
    variations: Sequence[Variation] = ()


@dataclass(frozen=True)
class Sealed:
    """All lines of a round and their tree. The first `frozen` of them are the freeze."""

    round: str
    lines: tuple[bytes, ...]
    frozen: int
    snapshot: str
    tree: merkle.Tree
    index: Mapping[tuple[str, str], int]  # (kind, reference) -> number of the line

    @property
    def root(self) -> str:
        return self.tree.root

    def statement(self) -> dict[str, Any]:
        """What is signed, but for who signs."""
        return {
            "format": FORMAT, "frozen": self.frozen, "lines": len(self.lines), "root": self.root, "round": self.round,
            "snapshot": self.snapshot,
        }  # fmt: skip


def seal(frozen: Frozen, problem: Problem, result: Result, draw: Draw, telling: Telling, *, secret: bytes) -> Sealed:
    """Write the answer under the facts. The problem must be `frozen.problem(lines, seed)`, its seed that of the draw."""
    entries = list(_named(frozen.lines, problem))
    entries.append(("lottery", "lottery", canonical.dumps({**_lottery(problem, draw), "kind": "lottery"})))
    entries.append(("public", "public", canonical.dumps({**_public(problem, result, telling), "kind": "public"})))
    said = answer(problem, result)
    entries += [(kind, ref, written(kind, ref, fields, secret)) for kind, ref, fields in said]
    lines = tuple(line for _, _, line in entries)
    index = {(kind, ref): number for number, (kind, ref, _) in enumerate(entries)}
    return Sealed(problem.round, lines, len(frozen.lines), frozen.root, merkle.Tree(lines), index)


def answer(problem: Problem, result: Result, format: str = FORMAT) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what the lines of the answer say: kind, reference, fields; the verifier compares a replay with them.

    `format`: OLD for the words of the first version, so that files of that time can be compared.
    """
    said: list[tuple[str, str, dict[str, Any]]] = []
    strengths = _strengths(problem, result)
    for place in sorted(problem.places):
        said.append(("outcome", place, _outcome(strengths[place], result.cutoffs.get(place))))
    said += [("ceiling", node, _cutoff(cutoff)) for node, cutoff in sorted(result.node_cutoffs.items())]
    said += [(f"floor-{line.kind}", line.ref, _line(line)) for line in result.lines]
    holds = {ref: line for line in result.lines for ref in line.held}
    bars = {place: cutoff.points for place, cutoff in result.cutoffs.items()}
    said += [("award", ref, _award(ref, problem, result, holds.get(ref), bars)) for ref in sorted(problem.officers)]
    if format == OLD:
        said = [(kind, ref, _as_before(fields) if kind == "award" else fields) for kind, ref, fields in said]
    return [(kind, ref, filled(fields)) for kind, ref, fields in said]


def _named(lines: Sequence[bytes], problem: Problem) -> Iterator[tuple[str, str, bytes]]:
    """The lines of a freeze with their kind and reference, in the order in which `freeze` writes them."""
    names = [("rules", "rules"), *(("place", ref) for ref in sorted(problem.places))]
    names += [("node", ref) for ref in sorted(problem.nodes)]
    names += [("list", json.loads(line)["ref"]) for line in lines[len(names) : len(lines) - len(problem.officers)]]
    names += [("officer", ref) for ref in sorted(problem.officers)]
    return ((kind, ref, line) for (kind, ref), line in zip(names, lines, strict=True))


def signature(sealed: Sealed, *, by: str, key: Ed25519PrivateKey) -> dict[str, str]:
    """Return the signature of an authority or an observer, for the header."""
    public = key.public_key().public_bytes_raw().hex()
    text = canonical.dumps({**sealed.statement(), "by": by, "key": public})
    return {"by": by, "key": public, "signature": key.sign(text).hex()}


def sealed_tier(sealed: Sealed, signatures: Sequence[Mapping[str, str]]) -> bytes:
    """Return the whole file: for the Commission, the oversight authority and courts."""
    return _file(sealed, "sealed", signatures, range(len(sealed.lines)), prove=False)


def public_tier(sealed: Sealed, signatures: Sequence[Mapping[str, str]]) -> bytes:
    """Return what everyone may have: rule book, lottery, summary, and their paths to the root."""
    return _file(sealed, "public", signatures, [sealed.index[kind, kind] for kind in ("rules", "lottery", "public")])


def own_leaf(sealed: Sealed, ref: str, signatures: Sequence[Mapping[str, str]]) -> bytes:
    """Return an officer's own lines: what was known of him, what came of it, the lottery, and the paths to the root."""
    return _file(sealed, "own", signatures, [sealed.index[pair] for pair in _own(sealed, ref)])


def _own(sealed: Sealed, ref: str) -> list[tuple[str, str]]:
    said = json.loads(sealed.lines[sealed.index["officer", ref]])
    named = (said.get(name) for name in ("default", "direct"))
    lists = dict.fromkeys(each for each in named if isinstance(each, str))
    return [*(("list", each) for each in lists), ("officer", ref), ("lottery", "lottery"), ("award", ref)]


def _file(
    sealed: Sealed, tier: str, signatures: Sequence[Mapping[str, str]], chosen: Sequence[int], *, prove: bool = True
) -> bytes:
    header: dict[str, Any] = {**sealed.statement(), "tier": tier, "signatures": [dict(each) for each in signatures]}
    if prove:
        header["proofs"] = [{"line": number, "path": sealed.tree.path(number)} for number in chosen]
    return b"".join(line + b"\n" for line in (canonical.dumps(header), *(sealed.lines[number] for number in chosen)))


def _lottery(problem: Problem, draw: Draw) -> dict[str, Any]:
    return {
        "commitments": [{"body": body, "commitment": said} for body, said in sorted(draw.commitments.items())],
        "reveals": [{"body": body, "nonce": nonce} for body, nonce in sorted(draw.reveals.items())],
        "source": draw.source, "draw": draw.value, "seed": problem.seed,
        "example": {"ref": KNOWN_ANSWER, "ticket": lottery.ticket(problem.seed, KNOWN_ANSWER)},
    }  # fmt: skip


def _public(problem: Problem, result: Result, telling: Telling) -> dict[str, Any]:
    shown = [(ref, each) for ref, each in sorted(result.cutoffs.items()) if ref not in telling.withheld]
    strengths = _strengths(problem, result, nodes=True)
    return {
        "round": problem.round, "counts": counts(problem, result),
        "cutoffs": [{"place": ref, **_cutoff(each)} for ref, each in shown],
        "withheld": len(result.cutoffs) - len(shown),
        "nodes": [_staffing(problem, ref, strengths[ref]) for ref in sorted(telling.nodes)],
        "statistics": telling.statistics,
        "variations": [
            {"officer": each.officer, "place": each.place, "reason": each.reason, "authority": each.authority}
            for each in telling.variations
        ],
    }  # fmt: skip


def _staffing(problem: Problem, ref: str, strength: tuple[int, int]) -> dict[str, Any]:
    node = problem.nodes[ref]
    ceiling = {} if node.ceiling is None else {"ceiling": node.ceiling}
    return {"node": ref, "floor": node.floor, "before": strength[0], "after": strength[1], **ceiling}


def counts(problem: Problem, result: Result) -> dict[str, int]:
    """Return the counts that everyone may know."""
    moved = [ref for ref, one in problem.officers.items() if result.assignment[ref] != one.current]
    due = [ref for ref, one in problem.officers.items() if one.must_move]
    first = [ref for ref in moved if problem.officers[ref].preferences[:1] == (result.assignment[ref],)]
    held = {ref for line in result.lines for ref in line.held}
    return {
        "participants": len(problem.officers), "moved": len(moved), "first_choice": len(first), "overdue": len(due),
        "overdue_moved": len(set(due) & set(moved)), "held_by_floors": len(held), "passes": result.passes,
        "proposals": result.proposals,
    }  # fmt: skip


def _strengths(problem: Problem, result: Result, *, nodes: bool = False) -> dict[str, tuple[int, int]]:
    """Strength before and after by place, or by node."""
    here = {ref: [place.staying, place.staying] for ref, place in problem.places.items()}
    for ref, officer in problem.officers.items():
        for when, held in enumerate((officer.current, result.assignment[ref])):
            if held is not None:
                here[held][when] += 1
    if not nodes:
        return {ref: (before, after) for ref, (before, after) in here.items()}
    above = {ref: [0, 0] for ref in problem.nodes}
    for ref, (before, after) in here.items():
        for node in ancestors(problem.places[ref].node, problem.nodes):
            above[node] = [above[node][0] + before, above[node][1] + after]
    return {ref: (before, after) for ref, (before, after) in above.items()}


def _cutoff(cutoff: Cutoff) -> dict[str, Any]:
    return {"points": cutoff.points, "ticket": cutoff.ticket, "comes": cutoff.kind}


def _outcome(strength: tuple[int, int], cutoff: Cutoff | None) -> dict[str, Any]:
    return {"before": strength[0], "after": strength[1], **({} if cutoff is None else {"cutoff": _cutoff(cutoff)})}


def _line(line: FloorLine) -> dict[str, Any]:
    numbers = {"floor": line.floor, "before": line.before, "after": line.after, "projected": line.projected}
    return {**numbers, "last": line.last, "held": list(line.held)}


def _award(
    ref: str, problem: Problem, result: Result, hold: FloorLine | None, bars: Mapping[str, int]
) -> dict[str, Any]:
    """What an officer is told: for each place he asked for his points and the code, with the cutoff that decided."""
    floor = None
    if hold is not None:
        # The line as a number, never as another officer.
        release = problem.officers[hold.last].release if hold.last else 0
        floor = {"of": hold.ref, "floor": hold.floor, "projected": hold.projected, "line": release}
    choices = _choices(result.reasons[ref], problem.officers[ref].points, bars)
    return {
        "place": result.assignment[ref], "ticket": result.tickets[ref], "choices": choices, "held": floor,
    }  # fmt: skip


def _choices(told: Mapping[str, str], points: Mapping[str, int], bars: Mapping[str, int]) -> list[dict[str, Any]]:
    """The places in his order; those side by side with the same points and the same answer said together."""
    places, groups, at = [*told], list[dict[str, Any]](), 0
    answers = zip(told.values(), map(points.get, places), map(bars.__contains__, places), strict=True)
    for (code, mine, known), alike in groupby(answers):
        some = places[at : at + sum(1 for _ in alike)]
        at += len(some)
        said: dict[str, Any] = {"places": some, "code": code, "points": mine or 0}
        if known and code in (OUTRANKED, LOTTERY):
            said["cutoffs"] = [bars[place] for place in some]
        elif groups and "cutoffs" not in groups[-1] and (groups[-1]["code"], groups[-1]["points"]) == (code, mine or 0):
            groups[-1]["places"] += some
            continue
        groups.append(said)
    return groups


def _as_before(award: Mapping[str, Any]) -> dict[str, Any]:
    """An award as the first version of the format wrote it: each choice by itself."""
    choices = [
        {"place": place, "code": each["code"], "points": each["points"], **({} if bar is None else {"cutoff": bar})}
        for each in award["choices"]
        for place, bar in zip_longest(each["places"], each.get("cutoffs", ()))
    ]
    return {**award, "choices": choices}
