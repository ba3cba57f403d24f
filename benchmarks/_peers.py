"""Peers on the plain market, each in a process of its own: PyPI's `matching` and OR-tools' min-cost flow, where installed.

Neither is a dependency: `pip install -r requirements-bench.lock` (the extra "bench"), and they take part. Printed as JSON.

python -m benchmarks._peers numpy|core|matching|ortools OFFICERS
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np

from benchmarks._rounds import Plain, plain

MODULES = {"matching": "matching", "ortools": "ortools"}
TOO_LONG = 120  # seconds by the clock


def once(peer: str, officers: int) -> dict[str, Any] | None:
    """Runs a peer in a fresh process; None where it is not installed or took too long."""
    if peer in MODULES and importlib.util.find_spec(MODULES[peer]) is None:
        return None
    command = [sys.executable, "-m", "benchmarks._peers", peer, str(officers)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=TOO_LONG)
    except subprocess.TimeoutExpired:
        return {"cpu": float(TOO_LONG), "megabytes": 0.0, "placed": 0, "stable": 0, "late": 1}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def by_numpy(market: Plain) -> np.ndarray[Any, Any]:
    """The plain algorithm in rounds of arrays: the floor of everything else. Returns the place of each officer, -1 none."""
    officers, wishes = market.wishes.shape
    turn, at, held = np.zeros(officers, np.int64), np.full(officers, -1), np.zeros(officers, np.int64)
    asking = np.arange(officers)
    while len(asking):
        at[asking] = market.wishes[asking, turn[asking]]
        held[asking] = market.priority[asking, turn[asking]]
        count = np.bincount(at[at >= 0], minlength=market.places)
        crowded = np.flatnonzero((at >= 0) & (count > market.seats)[at])
        order = crowded[np.lexsort((held[crowded], at[crowded]))]
        first = np.flatnonzero(np.diff(at[order], prepend=-1))
        rank = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
        out = order[rank >= market.seats]
        at[out] = -1
        turn[out] += 1
        asking = out[turn[out] < wishes]
    return at


def by_core(market: Plain) -> np.ndarray[Any, Any]:
    """The arrays of the core without a rule in use."""
    from transfers import deferred_acceptance
    from transfers.market import ORDINARY, Market, keys
    from transfers.tree import UNBOUNDED, Tree

    officers, wishes = market.wishes.shape
    places, each = np.arange(market.places), np.arange(officers)
    start, edges = np.arange(0, officers * wishes + 1, wishes), officers * wishes
    level, nothing = market.priority // officers, np.zeros(market.places, np.int64)
    ticket, kind = market.priority[:, 0] % officers, np.full(edges, ORDINARY, np.int8)
    tree = Tree([""] * market.places, [], places, places + 1, nothing, np.full(market.places, UNBOUNDED), [places])
    built = Market(
        [], tree.places, tree, start, market.wishes.ravel(), keys(kind, -level.ravel(), ticket, start),
        np.full(officers, -1), np.full(market.places, market.seats), nothing, each, ticket, np.zeros(officers, bool), kind=kind,
    )  # fmt: skip
    return deferred_acceptance.run(built, np.ones(edges, bool)).at


def by_matching(market: Plain) -> np.ndarray[Any, Any]:
    """PyPI's `matching`: the hospital-resident game."""
    games = importlib.import_module("matching.games")
    players = importlib.import_module("matching.players") if importlib.util.find_spec("matching.players") else None
    sys.setrecursionlimit(10**6)
    ranked: dict[int, list[tuple[int, int]]] = {}
    for officer, (wishes, keys) in enumerate(zip(market.wishes.tolist(), market.priority.tolist(), strict=True)):
        for place, key in zip(wishes, keys, strict=True):
            ranked.setdefault(place, []).append((key, officer))
    residents = {officer: wishes for officer, wishes in enumerate(market.wishes.tolist())}
    hospitals = {place: [officer for _, officer in sorted(both)] for place, both in ranked.items()}
    game = games.HospitalResident.create_from_dictionaries(residents, hospitals, dict.fromkeys(hospitals, market.seats))
    del players
    at = np.full(len(market.wishes), -1)
    for hospital, chosen in game.solve(optimal="resident").items():
        for resident in chosen:
            at[resident.name] = hospital.name
    return at


def by_ortools(market: Plain) -> np.ndarray[Any, Any]:
    """OR-tools' min-cost flow, the cost a wish's number: fast for an optimiser, and not stable."""
    flow = importlib.import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    officers, wishes = market.wishes.shape
    source, sink, nowhere = officers + market.places, officers + market.places + 1, officers + market.places + 2
    each, places = np.arange(officers), officers + np.arange(market.places)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(officers, source), each, np.ones(officers, int), np.zeros(officers, int)
    )
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.repeat(each, wishes), officers + market.wishes.ravel(), np.ones(officers * wishes, int),
        np.tile(np.arange(wishes), officers),
    )  # fmt: skip
    flow.add_arcs_with_capacity_and_unit_cost(
        each, np.full(officers, nowhere), np.ones(officers, int), np.full(officers, 100)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.append(places, nowhere), np.full(market.places + 1, sink),
        np.append(np.full(market.places, market.seats), officers), np.zeros(market.places + 1, int),
    )  # fmt: skip
    flow.set_nodes_supplies(np.array([source, sink]), np.array([officers, -officers]))
    flow.solve()
    used = flow.flows(arcs).reshape(officers, wishes) > 0
    return np.where(used.any(axis=1), market.wishes[each, used.argmax(axis=1)], -1)


def blocking(market: Plain, at: np.ndarray[Any, Any]) -> int:
    """Pairs that could rightly complain."""
    mine = market.wishes == at[:, None]
    got = np.where(mine.any(axis=1), mine.argmax(axis=1), market.wishes.shape[1])
    worst = np.zeros(market.places, np.int64)
    np.maximum.at(worst, at[at >= 0], market.priority[mine])
    worst[np.bincount(at[at >= 0], minlength=market.places) < market.seats] = np.iinfo(np.int64).max
    preferred = np.arange(market.wishes.shape[1]) < got[:, None]
    return int((preferred & (market.priority < worst[market.wishes])).sum())


def main() -> None:
    peer, officers = sys.argv[1], int(sys.argv[2])
    market = plain(officers)
    start = time.process_time()
    at = globals()[f"by_{peer}"](market)
    cpu = time.process_time() - start
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"cpu": cpu, "megabytes": used, "placed": int((at >= 0).sum()), "stable": blocking(market, at), "late": 0}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
