"""Turns where everyone ended into what everyone may know: assignment, cutoffs, reason codes, what each floor did.

A refusal is one comparison with the last newcomer admitted by the place, or by the node whose ceiling is reached; where
nobody new came in, only protected officers are there. A place that a held officer would have had gives him the floor's code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from transfers.deferred_acceptance import OPEN, State
from transfers.floors import Round
from transfers.market import DIRECT, KINDS, OWN, Integers, Market
from transfers.problem import (
    ASSIGNED,
    DEFERRED_FLOOR,
    DEFERRED_INFEASIBLE,
    DIRECT_PLACEMENT,
    FLOOR_HOLD,
    LOTTERY,
    NO_POST_OF_RANK,
    OUTRANKED,
    PROTECTED_ONLY,
    Cutoff,
    FloorLine,
    Result,
)
from transfers.reserves import seated
from transfers.tree import UNBOUNDED

Codes = NDArray[np.object_]


@dataclass
class Bars:
    """What the last newcomers' keys say: by branch, the edge of the last newcomer (-1 without one) and whether it is full."""

    last: Integers
    full: NDArray[np.bool_]
    reserved: dict[int, list[tuple[int, frozenset[int]]]] = field(default_factory=dict)  # place -> (edge, members)


def tell(rounds: Round, state: State, allowed: NDArray[np.bool_], asked: int) -> Result:
    """Return the result of deferred acceptance with floors."""
    market = rounds.market
    bars = _bars(market, state.at, state.edge, market.key)
    _reserved_bars(market, state, bars)
    binding, level = _binding(market, bars, market.key)
    easiest = np.where(binding < 0, np.where(level < 0, OPEN, market.size - 1), market.key[binding])
    _with_reserves(market, bars, binding, easiest)
    codes = _codes(market, binding, level, bars)
    barred = ~allowed & ((market.kind != DIRECT) | rounds.direct[market.owner]) & (market.key <= easiest)
    reasons = _reasons(market, state, codes, barred, rounds.direct)
    return Result(
        assignment=_assignment(market, state.at), cutoffs=_cutoffs(market, bars), reasons=reasons,
        node_cutoffs=_node_cutoffs(market, bars), lines=_lines(rounds, state, barred), passes=rounds.passes,
        tickets=dict(zip(market.officers, market.tickets, strict=True)), proposals=asked,
    )  # fmt: skip


def tell_trades(market: Market, edge: Integers) -> Result:
    """Return the result of top trading cycles, where the order is that of the officers, not of each place."""
    placed = edge < market.start[1:]
    at = np.where(placed, market.place[np.minimum(edge, len(market.place) - 1)] if len(market.place) else -1, -1)
    state = State(edge, at, np.empty(0, np.int64))
    order = market.standing_level[market.owner] * max(market.size, 1) + market.ticket_rank[market.owner] + market.size
    bars = _bars(market, at, edge, order)
    binding, level = _binding(market, bars, order)
    # Whoever came in by giving up a seat in exchange may stand lower: the seats were never open to be competed for.
    better = (binding >= 0) & (order < order[binding])
    codes = _codes(market, np.where(better, -1, binding), level, bars, order)
    barred = level < 0
    reasons = _reasons(market, state, codes, barred, np.ones(market.size, bool))
    rounds = Round(market)
    rounds.projected = rounds.strength(at)
    return Result(
        assignment=_assignment(market, at), cutoffs=_cutoffs(market, bars, market.standing), reasons=reasons,
        node_cutoffs=_node_cutoffs(market, bars, market.standing), lines=_lines(rounds, state, barred), passes=1,
        tickets=dict(zip(market.officers, market.tickets, strict=True)), proposals=int((edge - market.start[:-1]).sum()),
    )  # fmt: skip


def _reserved_bars(market: Market, state: State, bars: Bars) -> None:
    """The last newcomer of the open seats and of each reserve, at the places that have any."""
    for place, reserves in market.reserves.items():
        here = sorted((int(market.key[state.edge[o]]), o) for o in np.flatnonzero(state.at == place).tolist())
        seats = seated(here, int(market.capacity[place]), reserves, protected=market.size)
        ends: dict[int, int] = {}
        for _, officer in here:
            ends[seats[officer]] = int(state.edge[officer])
        bars.last[place] = ends.get(-1, -1)
        bars.reserved[place] = [(ends.get(number, -1), members) for number, (_, members) in enumerate(reserves)]


def _with_reserves(market: Market, bars: Bars, binding: Integers, easiest: Integers) -> None:
    """A member is compared with the last one of his reserve where that is easier than the open seats."""
    for place, reserved in bars.reserved.items():
        if not bars.full[place]:
            continue
        for edge in np.flatnonzero(market.place == place).tolist():
            for last, members in reserved:
                if last >= 0 and int(market.owner[edge]) in members and market.key[last] > easiest[edge]:
                    easiest[edge], binding[edge] = market.key[last], last


def _assignment(market: Market, at: Integers) -> dict[str, str | None]:
    return {
        ref: market.places[place] if place >= 0 else None
        for ref, place in zip(market.officers, at.tolist(), strict=True)
    }


def _bars(market: Market, at: Integers, edge: Integers, key: Integers) -> Bars:
    """The last newcomer of every branch: the one with the largest key of those who do not hold it today."""
    branches = len(market.tree.low)
    new = np.flatnonzero((at >= 0) & (at != market.own))
    held = edge[new]
    order = np.argsort(key[held], kind="stable")
    last = np.full(branches, -1, np.int64)
    for level in market.tree.levels:
        branch = level[at[new[order]]]
        last[branch[branch >= 0]] = held[order][branch >= 0]  # of equal branches the last written stays
    count = market.tree.counted(np.bincount(at[at >= 0], minlength=len(market.places)))
    room = market.under_ceiling.copy()
    room[: len(market.places)] = market.capacity
    return Bars(last, (count >= room) & (room < UNBOUNDED))


def _binding(market: Market, bars: Bars, key: Integers) -> tuple[Integers, Integers]:
    """By edge: the last newcomer's edge that decides over it (-1 without one), and the branch that is full (-1: none)."""
    binding, level = np.full(len(market.place), -1, np.int64), np.full(len(market.place), -1, np.int64)
    lowest = np.full(len(market.place), OPEN, np.int64)
    bar = np.where(bars.last >= 0, key[bars.last] if len(key) else 0, market.size - 1)
    for rows in reversed(market.tree.levels):
        branch = rows[market.place]
        tight = (branch >= 0) & bars.full[branch] & (bar[branch] < lowest)
        lowest[tight], binding[tight], level[tight] = bar[branch[tight]], bars.last[branch[tight]], branch[tight]
    return binding, level


def _codes(market: Market, binding: Integers, level: Integers, bars: Bars, key: Integers | None = None) -> Codes:
    """What each edge is told if it was refused."""
    key = market.key if key is None else key
    officers = max(market.size, 1)
    equal = (binding >= 0) & (key // officers == key[binding] // officers) if len(key) else np.zeros(0, bool)
    codes = np.full(len(key), PROTECTED_ONLY, dtype=object)
    codes[binding >= 0] = OUTRANKED
    codes[equal] = LOTTERY
    empty = (level >= 0) & (level < len(market.places)) & (binding < 0) & (market.capacity[market.place] == 0)
    held = np.zeros(len(market.places), bool)
    held[market.own[market.own >= 0]] = True
    codes[empty & ~held[market.place]] = NO_POST_OF_RANK
    return codes


def _reasons(
    market: Market, state: State, codes: Codes, barred: NDArray[np.bool_], direct: NDArray[np.bool_]
) -> dict[str, dict[str, str]]:
    told = codes.copy()
    told[barred] = np.where(market.must_move[market.owner[barred]], DEFERRED_FLOOR, FLOOR_HOLD)
    # A direct list that never counted was not asked: nothing is said of it.
    silent = (market.kind == DIRECT) & ~direct[market.owner]
    names, words = np.array(market.places, dtype=object)[market.place].tolist(), told.tolist()
    kinds, starts, ends = market.kind.tolist(), market.start.tolist(), state.edge.tolist()
    quiet, must_move = silent.tolist() if silent.any() else None, market.must_move.tolist()
    reasons: dict[str, dict[str, str]] = {}
    for o, ref in enumerate(market.officers):
        start, end, last = starts[o], ends[o], starts[o + 1]
        told_him = dict(zip(names[start:end], words[start:end], strict=True))
        if quiet and any(quiet[start:end]):
            told_him = {names[edge]: words[edge] for edge in range(start, end) if not quiet[edge]}
        for place, code, before in market.closed.get(o, ()):
            if before <= end - start:
                told_him[place] = code
        if end < last:
            told_him[names[end]] = _outcome(kinds[end], must_move[o])
        reasons[ref] = told_him
    return reasons


def _outcome(kind: int, must_move: bool) -> str:
    if kind == OWN and must_move:
        return DEFERRED_INFEASIBLE
    return DIRECT_PLACEMENT if kind == DIRECT else ASSIGNED


def _cutoff(market: Market, edge: int, standing: Integers | None) -> Cutoff:
    officer = int(market.owner[edge])
    points = int(market.points[edge]) if standing is None else int(standing[officer])
    return Cutoff(points, market.tickets[officer], "points" if standing is not None else KINDS[int(market.kind[edge])])


def _cutoffs(market: Market, bars: Bars, standing: Integers | None = None) -> dict[str, Cutoff]:
    found = {}
    for place in np.flatnonzero(bars.last[: len(market.places)] >= 0).tolist():
        found[market.places[place]] = _cutoff(market, int(bars.last[place]), standing)
    return found


def _node_cutoffs(market: Market, bars: Bars, standing: Integers | None = None) -> dict[str, Cutoff]:
    first = len(market.places)
    full = [node for node in range(len(market.tree.nodes)) if bars.full[first + node] and bars.last[first + node] >= 0]
    return {market.tree.nodes[node]: _cutoff(market, int(bars.last[first + node]), standing) for node in full}


def _lines(rounds: Round, state: State, barred: NDArray[np.bool_]) -> tuple[FloorLine, ...]:
    market, tree = rounds.market, rounds.market.tree
    before, after, confined = rounds.strength(market.own), rounds.strength(state.at), rounds.confined()
    asked = np.flatnonzero(barred & (np.arange(len(barred)) < state.edge[market.owner]))
    kept: dict[int, list[str]] = {}
    for officer in np.unique(market.owner[asked]).tolist():
        kept.setdefault(int(confined[officer]), []).append(market.officers[officer])
    by_rank = {int(rank): o for o, rank in enumerate(market.release_rank)}
    lines = []
    for branch in np.flatnonzero(tree.floor > 0).tolist():
        node = branch - len(tree.places)
        kind, ref = ("place", tree.places[branch]) if node < 0 else ("node", tree.nodes[node])
        line = int(rounds.line[branch])
        last = market.officers[by_rank[line]] if line >= 0 else None
        numbers = (int(each[branch]) for each in (tree.floor, before, after, rounds.projected))
        floor, was, is_, projected = numbers
        lines.append(FloorLine(kind, ref, floor, was, is_, projected, last, tuple(kept.get(branch, ()))))
    return tuple(lines)
