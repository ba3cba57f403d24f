"""One run of deferred acceptance: officers ask in their order, places keep the best, nobody is refused for good by chance.

The answer does not depend on who asks first, so the many ask at once (`bulk`, with arrays) and the last few one after the
other (`chains`). A place keeps the officers with the smallest keys within its seats; where a ceiling covers several
places, the smallest keys of all of them within the ceiling. Protected officers (key below the number of officers) are
kept whatever the seats: over-strength of today is nobody's fault and admits no newcomer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transfers.chains import Chains
from transfers.market import Integers, Market

FEW = 150  # below this many officers without a place, arrays cost more than they save
STEPS = 4  # places looked at one after the other, before the rest of a list is looked at as a whole
OPEN = 2**62


@dataclass
class State:
    """Where everyone stands. `edge[o]` is the edge officer o holds, start[o + 1] when he ran out of places."""

    edge: Integers
    at: Integers  # place by officer, -1 without one
    bar: Integers  # by branch of the tree: the largest key it still takes

    @classmethod
    def empty(cls, market: Market) -> State:
        branches = len(market.tree.low)
        return cls(market.start[:-1].copy(), np.full(market.size, -1, np.int64), np.full(branches, OPEN, np.int64))


def run(market: Market, allowed: NDArray[np.bool_]) -> State:
    """Return where deferred acceptance ends when officers may use the allowed edges only."""
    state = State.empty(market)
    waiting = _bulk(market, allowed, state)
    if len(waiting):
        Chains(market, allowed, state).settle(waiting.tolist())
    return state


def proposals(market: Market, allowed: NDArray[np.bool_], state: State) -> int:
    """Return how many places were asked: a number that does not depend on the order of asking either."""
    asked = np.concatenate(([0], np.cumsum(allowed)))
    last = np.minimum(state.edge + 1, market.start[1:])
    return int((asked[last] - asked[market.start[:-1]]).sum())


def _bulk(market: Market, allowed: NDArray[np.bool_], state: State) -> Integers:
    """Everyone without a place asks at once, until few are left; returns those."""
    holding = np.zeros(market.size, np.int64)  # key under which each is held
    slotted = np.zeros(len(market.places), bool)
    slotted[list(market.reserves)] = True
    asking, aside = np.arange(market.size), [np.empty(0, np.int64)]
    while len(asking) > FEW:
        asking = _next_edge(market, allowed, state, asking)
        places = market.place[state.edge[asking]]
        # Reserved seats are filled one officer at a time, by `Chains`: whoever asks for one waits for that.
        aside.append(asking[slotted[places]])
        asking = asking[~slotted[places]]
        asked = state.at[asking] = market.place[state.edge[asking]]
        holding[asking] = market.key[state.edge[asking]]
        out = [_over(market, state, holding, None, asked)]
        out += [_over(market, state, holding, level, asked) for level in market.ceilings]
        asking = np.concatenate(out)
        state.edge[asking] += 1
    return np.concatenate([asking, *aside])


def _next_edge(market: Market, allowed: NDArray[np.bool_], state: State, asking: Integers) -> Integers:
    """Move each to the next place that would not refuse him at once; returns those who found one."""
    found = []
    for _ in range(STEPS):
        asking = asking[state.edge[asking] < market.start[asking + 1]]
        open_ = _is_open(market, allowed, state, state.edge[asking])
        found.append(asking[open_])
        asking = asking[~open_]
        state.edge[asking] += 1
    return np.concatenate([*found, _first_open(market, allowed, state, asking)])


def _first_open(market: Market, allowed: NDArray[np.bool_], state: State, asking: Integers) -> Integers:
    """The same for those who are refused time and again: all the rest of their lists at once."""
    first, end = state.edge[asking], market.start[asking + 1]
    length = end - first
    officer = np.repeat(np.arange(len(asking)), length)
    edges = np.arange(len(officer)) + np.repeat(first - np.cumsum(length) + length, length)
    open_ = np.flatnonzero(_is_open(market, allowed, state, edges))
    who, at = np.unique(officer[open_], return_index=True)
    state.edge[asking] = end
    state.edge[asking[who]] = edges[open_[at]]
    return asking[who]


def _is_open(market: Market, allowed: NDArray[np.bool_], state: State, edge: Integers) -> NDArray[np.bool_]:
    return allowed[edge] & (market.key[edge] <= _bars(market, state, market.place[edge]))


def _bars(market: Market, state: State, places: Integers) -> Integers:
    """Return, for each of these places, the largest key that neither the place nor a ceiling above it refuses."""
    bars = state.bar[places]
    for level in market.ceilings:
        branch = level[places]
        np.minimum(bars, np.where(branch >= 0, state.bar[branch], OPEN), out=bars)
    # The protected pass every bar.
    return np.maximum(bars, market.size - 1)


def _by_branch(branch: Integers, key: Integers) -> Integers:
    """The order by branch and in it by key, both in one number where it is not too large: a quarter of the time of two."""
    largest = int(key.max()) + 1
    if int(branch.max()) >= OPEN // largest:
        return np.lexsort((key, branch))
    return np.argsort(branch * largest + key)


def _over(market: Market, state: State, holding: Integers, level: Integers | None, asked: Integers) -> Integers:
    """Turn away those beyond the seats (no level) or beyond the ceilings of a level of the tree; returns them.

    Only where somebody has just asked can there be more than before: the rest is not looked at.
    """
    room = market.capacity if level is None else market.under_ceiling
    near = asked if level is None else level[asked]
    touched = np.zeros(len(room) + 1, bool)  # the last is for those who are nowhere (-1)
    touched[near] = True
    touched[-1] = False
    branch = state.at if level is None else np.where(state.at >= 0, level[state.at], -1)
    there = np.flatnonzero(touched[branch])
    branch = branch[there]
    inside = (np.bincount(branch, minlength=len(room)) > room)[branch]
    there, branch = there[inside], branch[inside]
    if not len(there):
        return there
    order = _by_branch(branch, holding[there])
    there, branch = there[order], branch[order]
    first = np.flatnonzero(np.diff(branch, prepend=-1))
    rank = np.arange(len(branch)) - np.repeat(first, np.diff(np.append(first, len(branch))))
    keep = (rank < room[branch]) | (holding[there] < market.size)
    # The bar is the key of the last one kept; where only protected ones are, nobody else comes in.
    full = branch[first]
    state.bar[full] = market.size - 1
    np.maximum.at(state.bar, branch[keep], holding[there[keep]])
    out = there[~keep]
    state.at[out] = -1
    return out
