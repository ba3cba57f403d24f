"""Handing over along the chains of a round: who has to arrive before whom can leave. Pure.

Where one officer leaves a class of post and another comes to it, the newcomer relieves the leaver: nobody goes before the
one who takes over is there, so that no station is weaker on the way than before or after. Each officer relieves one at
most and is relieved by one at most: the moves form chains, and rings where posts change hands in a circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping


def positions(moves: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Return each officer's place in the order of handing over: 1 goes first, being relieved by nobody.

    Shape: officer -> (class left, class taken). Where several come and go at one class they are paired in the order of
    their references. A ring begins with its lowest reference.
    """
    leaving, coming = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for ref in sorted(moves):
        left, taken = moves[ref]
        leaving[left].append(ref)
        coming[taken].append(ref)
    relieves = {
        newcomer: leaver
        for post, those in coming.items()
        for newcomer, leaver in zip(those, leaving[post], strict=False)
    }
    relieved = set(relieves.values())
    found: dict[str, int] = {}
    for first in [*(ref for ref in sorted(moves) if ref not in relieved), *sorted(moves)]:
        here: str | None = first
        position = 1
        while here is not None and here not in found:
            found[here] = position
            here, position = relieves.get(here), position + 1
    return found
