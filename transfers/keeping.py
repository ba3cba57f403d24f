"""A result as it is kept in a file, and read again: plain values, written canonically, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from transfers.problem import Cutoff, FloorLine, Result


def kept(result: Result) -> dict[str, Any]:
    """Return a result as strings, integers, lists and objects. An officer without a place has an empty one."""
    return {
        "assignment": {ref: place or "" for ref, place in result.assignment.items()},
        "cutoffs": _written(result.cutoffs),
        "node_cutoffs": _written(result.node_cutoffs),
        "reasons": {ref: dict(told) for ref, told in result.reasons.items()},
        "lines": [
            {
                "kind": line.kind, "ref": line.ref, "floor": line.floor, "before": line.before, "after": line.after,
                "projected": line.projected, "last": line.last or "", "held": list(line.held),
            }
            for line in result.lines
        ],
        "tickets": dict(result.tickets), "passes": result.passes, "proposals": result.proposals,
    }  # fmt: skip


def _written(cutoffs: Mapping[str, Cutoff]) -> dict[str, Any]:
    return {ref: {"points": c.points, "ticket": c.ticket, "comes": c.kind} for ref, c in cutoffs.items()}


def read(blob: bytes | str) -> Result:
    """Return the result that `kept` wrote."""
    said = json.loads(blob)
    return Result(
        assignment={ref: place or None for ref, place in said["assignment"].items()},
        cutoffs=_read(said["cutoffs"]), reasons=said["reasons"], node_cutoffs=_read(said["node_cutoffs"]),
        lines=tuple(_line(each) for each in said["lines"]), tickets=said["tickets"], passes=said["passes"],
        proposals=said["proposals"],
    )  # fmt: skip


def _read(said: Mapping[str, Mapping[str, Any]]) -> dict[str, Cutoff]:
    return {ref: Cutoff(each["points"], each["ticket"], each["comes"]) for ref, each in said.items()}


def _line(said: Mapping[str, Any]) -> FloorLine:
    numbers = (said["floor"], said["before"], said["after"], said["projected"])
    return FloorLine(said["kind"], said["ref"], *numbers, said["last"] or None, tuple(said["held"]))
