"""Civilian members in a nominal roll: the word Civilian stands in the column of the rank, as ministries write it.

They are members with a unit and a duty and have neither rank nor service of the police. Source: NPS Act, First Schedule.
"""

from __future__ import annotations

from typing import Any

from deployment.lookups import CIVILIAN
from deployment.roll.record import OnRecord
from hcims.imports.kinds import Block

OF_THE_POLICE = ("rank", "rank_on", "service", "post_rank", "post_skill")


def taken_out_of_ranks(block: Block) -> set[int]:
    """This function will leave the cells that say Civilian without a rank, and say in which rows they stood."""
    ranks = block.values.get("rank")
    if not ranks or CIVILIAN not in ranks:
        return set()
    found = {index for index, rank in enumerate(ranks) if rank == CIVILIAN}
    block.values["rank"] = [None if rank == CIVILIAN else rank for rank in ranks]
    return found


def check(block: Block, index: int, given: dict[str, Any], standing: OnRecord | None, *, says_civilian: bool) -> bool:
    """This function will reject what cannot be said of a civilian member, and tell whether the row is about one.

    Shape: `given` is what the row says and the record does not.
    """
    if standing is not None and standing.member != "civilian":
        if says_civilian:
            block.reject(index, "rank", "not-civilian")
        return False
    if standing is None and not says_civilian:
        return False
    for name in OF_THE_POLICE:
        if given.get(name):
            block.reject(index, name, "civilian")
    return True
