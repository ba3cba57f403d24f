"""Staffing floors: who must stay so that no place, county or command falls below its least strength.

Deferred acceptance runs; where a branch of the tree would end short, those leaving it are held back in the published
order (volunteers first, then the lowest `release`, then the worst ticket), and it runs again. What is kept of a run is one
line for each branch: whoever stands at or before the line may not leave that branch (inside it he may still move), so
that nobody leaves while one whom the order lets go before him is held. Lines only rise, and with everyone held today's
strength stands: it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from transfers import deferred_acceptance
from transfers.deferred_acceptance import State
from transfers.market import DIRECT, OWN, Integers, Market

NOBODY = -1


@dataclass
class Round:
    """A market between runs: the lines, and who is being placed directly."""

    market: Market
    line: Integers = field(init=False)  # by branch: release rank of the last one held, -1 for nobody
    direct: NDArray[np.bool_] = field(init=False)  # officers whose direct list counts by now
    projected: Integers = field(init=False)  # by branch: least strength seen before anybody was held for it
    passes: int = 0

    def __post_init__(self) -> None:
        branches = len(self.market.tree.low)
        self.line = np.full(branches, NOBODY, np.int64)
        self.direct = np.zeros(self.market.size, bool)
        self.projected = np.full(branches, -1, np.int64)
        # Officers in the order of the place they hold: those of a branch are a stretch of this.
        self.by_home = np.argsort(self.market.own, kind="stable")
        self.homes = self.market.own[self.by_home]
        self.has_direct = np.zeros(self.market.size, bool)
        self.has_direct[self.market.owner[self.market.kind == DIRECT]] = True

    def settle(self) -> tuple[State, NDArray[np.bool_]]:
        """Run until every floor holds and nobody more can be placed directly; returns the state and the edges allowed."""
        while True:
            allowed = self.allowed()
            state = deferred_acceptance.run(self.market, allowed)
            self.passes += 1
            if not self._raise_lines(state) and not self._place_directly(state):
                return state, allowed

    def confined(self) -> Integers:
        """Return, by officer, the lowest branch he may not leave; -1 for none."""
        market = self.market
        confined = np.full(market.size, -1, np.int64)
        settled = np.flatnonzero(market.own >= 0)
        for level in market.tree.levels:
            branch = level[market.own[settled]]
            held = (branch >= 0) & (market.release_rank[settled] <= self.line[branch])
            confined[settled[held]] = branch[held]
        return confined

    def allowed(self) -> NDArray[np.bool_]:
        """Return the edges that floors and the order of placing leave open."""
        market, confined = self.market, self.confined()
        low = np.where(confined >= 0, market.tree.low[confined], 0)[market.owner]
        high = np.where(confined >= 0, market.tree.high[confined], len(market.places))[market.owner]
        inside = (market.place >= low) & (market.place < high)
        return inside & ((market.kind != DIRECT) | self.direct[market.owner])

    def strength(self, at: Integers) -> Integers:
        """Return the strength of every branch, those staying included."""
        counts = np.bincount(at[at >= 0], minlength=len(self.market.places)) + self.market.staying
        return self.market.tree.counted(counts)

    def _raise_lines(self, state: State) -> bool:
        tree = self.market.tree
        strength = self.strength(state.at)
        fresh = self.line == NOBODY
        self.projected[fresh] = strength[fresh]
        short = np.flatnonzero(strength < tree.floor)
        # Small branches first: whoever is held for a station is not missing in the county either.
        order = short[np.argsort(tree.high[short] - tree.low[short], kind="stable")]
        kept = np.zeros(self.market.size, bool)
        return any([self._raise_line(int(b), int(tree.floor[b] - strength[b]), state, kept) for b in order])

    def _raise_line(self, branch: int, missing: int, state: State, kept: NDArray[np.bool_]) -> bool:
        """Hold as many leavers of the branch as are missing; True when that holds anybody new."""
        low, high = self.market.tree.low[branch], self.market.tree.high[branch]
        home = self.by_home[np.searchsorted(self.homes, low) : np.searchsorted(self.homes, high)]
        at = state.at[home]
        leaving = home[(at < low) | (at >= high)]
        missing -= int(kept[leaving].sum())
        leaving = leaving[~kept[leaving]]
        if missing <= 0 or not len(leaving):
            return False
        ranks = np.sort(self.market.release_rank[leaving])
        self.line[branch] = ranks[min(missing, len(ranks)) - 1]
        kept[leaving[self.market.release_rank[leaving] <= self.line[branch]]] = True
        return True

    def _place_directly(self, state: State) -> bool:
        """Open the direct list of those who had to move and found nothing; True when there is anyone new."""
        market = self.market
        on_own = (state.edge < market.start[1:]) & (market.own >= 0)
        on_own[on_own] = market.kind[state.edge[on_own]] == OWN
        lost = market.must_move & self.has_direct & ~self.direct & (on_own | (market.own < 0) & (state.at < 0))
        self.direct |= lost
        return bool(lost.any())
