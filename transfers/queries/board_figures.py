"""The figures of a board's page: how they are counted out of the awards, and read again as they were kept.

Each part is a list of lines, a code and its numbers:
outcome: how many awards of each; rank, sex, service: participants, moved, to the first choice, overdue and unplaced;
county: before, leaving, coming in, after, floor; floor: floor, before, without holding anybody, held back, after.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from django.db.models import Count, Q

from organisation.models import Unit, UnitType
from transfers.models import Award, Round, RoundFigure, RunKind, Standing
from transfers.queries import ground

Lines = list[tuple[str, list[int]]]
MOVES = Q(is_varied=True, varied_to__isnull=False) | Q(is_varied=False, to_unit__isnull=False)
DUE = Q(participation__standing=Standing.DUE)
OUTCOMES = {
    "all": Q(), "moves": MOVES, "first": MOVES & Q(is_varied=False, choice=1), "stays": ~MOVES, "overdue": DUE & ~MOVES,
    "held": Q(is_held=True), "varied": Q(is_varied=True),
}  # fmt: skip


def kept(round: Round, part: str) -> Lines:
    """A part as it was kept when the awards last changed; counted now of a round computed before parts were kept, and
    where the record of an officer says it, which may be corrected at any time."""
    if part in OF_THE_RECORD:
        return PARTS[part](round)
    rows = list(round.figures.all())
    return [(each.code, each.numbers) for each in rows if each.part == part] if rows else PARTS[part](round)


def counted(round: Round) -> Iterator[RoundFigure]:
    """Every part that only awards can change, counted out of them as they stand."""
    for part in PARTS.keys() - OF_THE_RECORD:
        count = PARTS[part]
        for position, (code, numbers) in enumerate(count(round)):
            yield RoundFigure(round=round, part=part, code=code, position=position, numbers=numbers)


def _outcomes(round: Round) -> Lines:
    found = Award.objects.filter(participation__round=round).aggregate(
        **{code: Count("pk", filter=each) if each else Count("pk") for code, each in OUTCOMES.items()}
    )
    return [(code, [found[code]]) for code in OUTCOMES]


def _by(field: str, round: Round) -> Lines:
    rows = (
        Award.objects.filter(participation__round=round)
        .values_list(f"participation__{field}")
        .annotate(number=Count("pk"), moved=Count("pk", filter=MOVES), first=Count("pk", filter=OUTCOMES["first"]),
                  left=Count("pk", filter=OUTCOMES["overdue"]))
        .order_by(f"participation__{field}")
    )  # fmt: skip
    return [(key or "", numbers) for key, *numbers in rows]


def _counties(round: Round) -> Lines:
    frozen, filled = ground.ground_of(round), ground.filling(round)
    before, after = ground.strength(frozen, filled.before), ground.strength(frozen, filled.after)
    counties = set(Unit.objects.filter(type=UnitType.COUNTY).values_list("code", flat=True))
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for ref, node in frozen.nodes.items():
        code = ref.rsplit(":", 1)[0]
        if code in counties:
            total[code].update(before=before[ref], after=after[ref], floor=node.floor)
    county = {place: _county(frozen.above(place), counties) for move in filled.moves for place in move}
    for (own, end), number in filled.moves.items():
        if county[own] != county[end]:
            total[county[own]].update(left=number)
            total[county[end]].update(came=number)
    total.pop("", None)  # places in no county
    return [
        (code, [total[code][name] for name in ("before", "left", "came", "after", "floor")]) for code in sorted(total)
    ]


def _county(above: Iterable[str], counties: set[str]) -> str:
    return next((code for node in above if (code := node.rpartition(":")[0]) in counties), "")


def _floors(round: Round) -> Lines:
    run = round.runs.filter(kind=RunKind.OFFICIAL).first()
    lines = ground.floors_of(run) if run else ()
    after = ground.strength(ground.ground_of(round), ground.filling(round).after) if lines else {}
    return [(each.ref, [each.floor, each.before, each.projected, len(each.held), after[each.ref]]) for each in lines]


PARTS: Mapping[str, Callable[[Round], Lines]] = {
    "outcome": _outcomes, "rank": partial(_by, "rank__code"), "sex": partial(_by, "officer__sex"),
    "service": partial(_by, "officer__service"), "county": _counties, "floor": _floors,
}  # fmt: skip
OF_THE_RECORD = frozenset({"sex", "service"})
