"""Transfer rounds: the core beside plain numpy and peers on the same markets; every rule and floor; certificate and verifier.

Peers that are not installed are left out: `pip install -r requirements-bench.lock` brings them (the extra "bench").
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks._peers import once
from benchmarks._rounds import full
from benchmarks.measuring import Figure, cpu_seconds
from transfers import certificate, frozen, lottery
from transfers.certificate import Draw, Telling
from transfers.explanations import Explainer
from transfers.frozen import Entrant, Frozen
from transfers.matching import solve
from transfers.points import Item
from transfers.problem import Problem, Result

DATABASES = ("sqlite",)  # none is used
SIZES = (1_000, 10_000, 100_000)
SHARE = 27  # per cent of the service that takes part in a round, as in the study behind the rule
SECRET, COMMITMENTS = b"s" * 32, {"Commission": lottery.commitment("1")}
Answer = TypeVar("Answer")


def run(scale: int) -> Iterator[Figure]:
    """`scale` is the strength of the service."""
    gc.disable()
    floors: dict[int, float] = {}
    for size in (each for each in SIZES if each <= max(scale, SIZES[0])):
        yield from _plain(size, floors)
    yield from _million(scale)
    yield from _rules(max(floors), floors[max(floors)])
    yield from _certificate(max(scale * SHARE // 100, 1_000), "of whom 27 % take part")
    yield from _certificate(scale, "all taking part")


def _plain(size: int, floors: dict[int, float]) -> Iterator[Figure]:
    for peer in ("numpy", "core", "matching", "ortools"):
        # The class of `matching` takes its input apart for minutes beyond this.
        if peer == "matching" and size > 10_000:
            continue
        found = once(peer, size)
        if found is None:
            continue
        if peer == "numpy":
            floors[size] = found["cpu"]
        late = " (stopped)" if found["late"] else ""
        yield Figure(f"{size:,} officers, {peer}{late}: CPU", found["cpu"], "s", floor=floors[size])
        if found["stable"]:
            yield Figure(f"{size:,} officers, {peer}: pairs that could rightly complain", found["stable"], "pairs")


def _million(scale: int) -> Iterator[Figure]:
    if scale < 100_000:
        return
    found = once("core", 1_000_000)
    assert found is not None
    yield Figure("1,000,000 officers as arrays: CPU", found["cpu"], "s", reach=60)
    yield Figure("1,000,000 officers as arrays: peak memory", found["megabytes"], "MB", reach=1000)


def _rules(size: int, floor: float) -> Iterator[Figure]:
    problem = full(size)
    cpu, result = _timed(lambda: solve(problem))
    yield Figure(f"{size:,} officers, every rule and floor: CPU", cpu, "s", floor=floor, reach=25)
    yield Figure("passes until every floor held", result.passes, "passes")
    moved = sum(result.assignment[ref] != one.current for ref, one in problem.officers.items())
    yield Figure("officers who moved", moved, "officers")
    yield Figure("held back by floors", len({ref for line in result.lines for ref in line.held}), "officers")


def _certificate(size: int, who: str) -> Iterator[Figure]:
    problem = full(size)
    rules = {
        "round": "bench", "mechanism": problem.mechanism, "rulebook": {"version": 1}, "minimum_months": 12,
        "maximum_months": 36, "commitments": [{"body": body, "commitment": said} for body, said in COMMITMENTS.items()],
    }  # fmt: skip
    entrants = [_entrant(problem, ref) for ref in problem.officers]
    cpu, lines = _timed(
        lambda: frozen.freeze(rules, problem.places.values(), problem.nodes.values(), entrants, secret=SECRET)
    )
    yield Figure(f"{size:,} officers, {who}: freezing into lines: CPU", cpu, "s", reach=30)
    draw = Draw(COMMITMENTS, {"Commission": "1"}, "bench", "bench")
    problem = frozen.problem(lines.lines, draw.seed("bench", lines.root))
    result = solve(problem)
    explainer = Explainer(problem, result)
    cpu, _ = _timed(lambda: [explainer.explain(ref) for ref in problem.officers])
    yield Figure(f"{size:,} officers: explaining every one: CPU", cpu, "s", reach=30)
    cpu, data = _timed(lambda: _written(lines, problem, result, draw))
    yield Figure(f"{size:,} officers: writing the certificate: CPU", cpu, "s", reach=30)
    yield Figure("size of the sealed tier", len(data) / 1e6, "MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificate.jsonl")
        path.write_bytes(data)
        command = [sys.executable, "-m", "transfers.verify", str(path)]
        cpu, done = _timed(lambda: subprocess.run(command, check=False, stdout=subprocess.DEVNULL))
    yield Figure(f"{size:,} officers: verifying, the replay included: CPU", cpu, "s", reach=10)
    yield Figure("clauses that fail", done.returncode, "", reach=0)


def _entrant(problem: Problem, ref: str) -> Entrant:
    officer = problem.officers[ref]
    items = (
        Item("tenure", 10 * officer.release),
        Item("service", len(ref)),
        Item("spouse", 50, (f"C{officer.release % 47}",)),
    )
    return Entrant(replace(officer, points={}), items, officer.release, due="bench" if officer.must_move else "")


def _written(lines: Frozen, problem: Problem, result: Result, draw: Draw) -> bytes:
    telling = Telling(nodes=[ref for ref in problem.nodes if ref.startswith("C")])
    sealed = certificate.seal(lines, problem, result, draw, telling, secret=SECRET)
    signatures = [certificate.signature(sealed, by="bench", key=Ed25519PrivateKey.generate())]
    certificate.public_tier(sealed, signatures)
    return certificate.sealed_tier(sealed, signatures)


def _timed(body: Callable[[], Answer]) -> tuple[float, Answer]:
    before = cpu_seconds()
    answer = body()
    return cpu_seconds() - before, answer
