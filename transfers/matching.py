"""Decides a transfer round: deferred acceptance with protected places and staffing floors, or top trading cycles.

    python -m transfers.matching FILE

reads a round as JSON and prints who gets which place, the cutoff of each place, and the reason for each refusal. The
input is described in docs/transfers/mechanism.md. Bad input is named on standard error; the exit status is then 2.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transfers import market as markets
from transfers import trading_cycles
from transfers.deferred_acceptance import proposals
from transfers.floors import Round
from transfers.problem import TOP_TRADING_CYCLES, BadInput, Problem, Result
from transfers.reading import check, read
from transfers.telling import tell, tell_trades


def solve(problem: Problem) -> Result:
    """Return who gets which place and why, the same for the same problem whatever the order it is written in.

    Errors: BadInput.
    """
    check(problem)
    market = markets.build(problem)
    if problem.mechanism == TOP_TRADING_CYCLES:
        return tell_trades(market, trading_cycles.run(market))
    rounds = Round(market)
    state, allowed = rounds.settle()
    return tell(rounds, state, allowed, proposals(market, allowed, state))


def as_json(result: Result) -> dict[str, Any]:
    """Return what the command prints: assignment, cutoffs, reasons."""
    cutoffs = {place: {"points": each.points, "ticket": each.ticket} for place, each in result.cutoffs.items()}
    return {"assignment": result.assignment, "cutoffs": cutoffs, "reasons": result.reasons}


def main(arguments: Sequence[str]) -> int:
    """Read, decide, print. Returns the exit status: 0, or 2 when the input is to be mended."""
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        print(__doc__, file=sys.stderr)
        return 0 if arguments[:1] and len(arguments) == 1 else 2
    gc.disable()  # a round is many small objects, all needed to the end
    try:
        answer = as_json(solve(read(Path(arguments[0]).read_bytes())))
    except OSError as error:
        print(f"{arguments[0]}: cannot be read: {error.strerror}. Name a file that exists.", file=sys.stderr)
        return 2
    except BadInput as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    json.dump(answer, sys.stdout, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
