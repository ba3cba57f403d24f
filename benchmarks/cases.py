"""Sealed cases: a list and a case with fifty notes, at 30,000 cases and 1,000,000 grants, against the same by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.measuring import Figure, best_of

DATABASES = ("postgresql", "sqlite")
SCALES = (30_000,)  # cases; there are no officers here
GRANTS_A_CASE = 1_000_000 / 30_000
TIMES, EACH = 5, 20


def run(scale: int) -> Iterator[Figure]:
    """The scale is the number of cases."""
    from benchmarks import _sealed  # with the tables it fills, which are there only now
    from counselling import case_access
    from counselling.models import Case
    from counselling.queries import cases as queries
    from counselling.views.sealed import shapes
    from hcims.errors import NotFound

    user = _sealed.fill(scale, int(scale * GRANTS_A_CASE))
    ref = Case.objects.values_list("ref", flat=True).get(pk=1)

    def listed() -> str:
        found = queries.cases_visible_to(user, state="open", page=1, at=_sealed.NOW)
        return json.dumps([shapes.case(each, at=_sealed.NOW) for each in found.cases])

    def read() -> str:
        case = case_access.read_case(user, ref, at=_sealed.NOW)
        return json.dumps(
            {
                **shapes.case(case, at=_sealed.NOW),
                "sessions": [shapes.session(each) for each in queries.sessions_of(case)],
                "texts": [shapes.text(each) for each in queries.texts_of(case)],
                "grants": [shapes.holder(each) for each in case_access.readers_shown(case, at=_sealed.NOW)],
            }
        )

    def unseen() -> None:
        try:
            case_access.read_case(user, "zzzzzzzzzzzz", at=_sealed.NOW)
        except NotFound:
            return
        raise AssertionError("a case that does not exist was found")

    pairs = (
        ("list of 50 cases", listed, lambda: json.dumps(_sealed.bare_list(user), default=str), 1.5),
        ("one case with 50 notes", read, lambda: json.dumps(_sealed.bare_case(user, ref), default=str), 1.5),
    )
    for what, ours, bare, reach in pairs:
        mine, by_hand = _milliseconds(ours), _milliseconds(bare)
        yield Figure(f"{what}: CPU with the database's", mine, "ms", by_hand, reach)
        yield Figure(f"{what}: statements", best_of(1, ours).statements, "", None, 1 if "list" in what else 4)
    yield Figure("a case that one may not see: CPU with the database's", _milliseconds(unseen), "ms")


def _milliseconds(body: object) -> float:
    """CPU of one run, out of several together: one alone is too short to be measured."""

    def several() -> None:
        for _ in range(EACH):
            body()  # type: ignore[operator]

    cost = best_of(TIMES, several)
    return (cost.cpu + cost.database) / EACH * 1000
