"""The lists of all officers as one row (an "edge") for each place that is open to one of them, in his order.

His own list comes first; of one who must move the default and the direct list follow; last comes the own place, which
nobody can take. The millions of rows of a large round are looked at as arrays, list by list only where something is rare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from transfers.problem import NO_POST_OF_RANK, NOT_ELIGIBLE, Officer, Place

Integers = NDArray[np.int64]
OWN, STATUTORY, ORDINARY, DIRECT = range(4)
WISHED, DEFAULT = ORDINARY, DIRECT + 1  # the two ordinary lists, told apart while rows are chosen
Closed = dict[int, list[tuple[str, str, int]]]


@dataclass
class Edges:
    """The arrays. An officer's edges are start[o]:start[o + 1]."""

    start: Integers
    place: Integers
    points: Integers
    kind: NDArray[np.int8]  # OWN, STATUTORY, ORDINARY, DIRECT
    own: Integers  # by officer: the place held now, -1 without one
    closed: Closed = field(default_factory=dict)  # officer -> (place, code, edges before)


@dataclass
class _Lists:
    """What the officers' lists say, one after the other, before anything is left out."""

    refs: list[str]
    points: list[int | None]
    kinds: list[int]  # of each list
    lengths: list[int]
    ends: list[int]  # number of rows up to the end of each officer


def gather(officers: Sequence[Officer], places: Mapping[str, Place], index: Mapping[str, int]) -> Edges:
    """This function will return the edges of the officers, in their order; `index` numbers the places."""
    lists = _lists(officers)
    rows = len(lists.refs)
    place = np.fromiter(map(index.__getitem__, lists.refs), np.int64, rows)
    kind = np.repeat(np.array(lists.kinds, np.int8), lists.lengths)
    ends = np.array(lists.ends, np.int64)
    owner = np.repeat(np.arange(len(officers)), np.diff(ends, prepend=0))
    own = np.array([-1 if each.current is None else index[each.current] for each in officers], np.int64)
    foreign = _foreign(officers, places, index, place, owner)
    listed = kind != OWN
    barred = _barred(officers, lists, place, owner, index) | (place == own[owner])
    closed = listed & (barred | foreign)
    kept = ~closed
    kept[_again(place, kind, owner, np.flatnonzero(kept & listed), len(index))] = False
    before = np.concatenate(([0], np.cumsum(kept)))
    start = np.concatenate(([0], before[ends]))
    edges = Edges(start, place[kept], np.array(lists.points, np.int64)[kept], kind[kept], own)
    excluded = {o for o, each in enumerate(officers) if each.exclusions}
    for row in np.flatnonzero(closed).tolist():
        o, ref = int(owner[row]), lists.refs[row]
        is_rank = foreign[row] and not (o in excluded and ref in officers[o].exclusions)
        code = NO_POST_OF_RANK if is_rank else NOT_ELIGIBLE
        edges.closed.setdefault(o, []).append((ref, code, int(before[row] - start[o])))
    edges.kind[edges.kind == DEFAULT] = ORDINARY
    _come_before_points(officers, edges, index)
    return edges


def _lists(officers: Sequence[Officer]) -> _Lists:
    found = _Lists([], [], [], [], [])
    for officer in officers:
        home, wishes = officer.current, officer.preferences
        if not officer.must_move and home in wishes:
            wishes = wishes[: wishes.index(home)]
        lists = [(WISHED, wishes)]
        if officer.must_move:
            lists += [(DEFAULT, officer.default), (DIRECT, officer.direct)]
        for kind, refs in lists:
            found.kinds.append(kind)
            found.lengths.append(len(refs))
            found.refs += refs
            found.points += map(officer.points.get, refs)
        if home is not None:
            found.kinds.append(OWN)
            found.lengths.append(1)
            found.refs.append(home)
            found.points.append(0)
        found.ends.append(len(found.refs))
    if None in found.points:
        found.points = [points or 0 for points in found.points]
    return found


def _foreign(
    officers: Sequence[Officer], places: Mapping[str, Place], index: Mapping[str, int], place: Integers, owner: Integers
) -> NDArray[np.bool_]:
    """The rows of places that are of another market than the officer."""
    known = {name: number for number, name in enumerate(sorted({each.market for each in places.values()}))}
    of_place = np.empty(len(index), np.int64)
    for ref, number in index.items():
        of_place[number] = known[places[ref].market]
    of_officer = np.array([known.get(each.market, -1) for each in officers], np.int64)
    return np.not_equal(of_place[place], of_officer[owner])


def _barred(
    officers: Sequence[Officer], lists: _Lists, place: Integers, owner: Integers, index: Mapping[str, int]
) -> NDArray[np.bool_]:
    """The rows that a rule closes to the officer."""
    pairs = [o * len(index) + index[ref] for o, one in enumerate(officers) for ref in one.exclusions if ref in index]
    if not pairs:
        return np.zeros(len(place), bool)
    return np.isin(owner * len(index) + place, np.array(pairs, np.int64))


def _again(place: Integers, kind: NDArray[np.int8], owner: Integers, rows: Integers, places: int) -> Integers:
    """Of these rows, those of a place that stands on an earlier list of the officer: it counts once, where he put it first."""
    later = np.unique(owner[rows[kind[rows] != WISHED]])
    rows = rows[np.isin(owner[rows], later)]
    _, first = np.unique(owner[rows] * places + place[rows], return_index=True)
    return np.delete(rows, first)


def _come_before_points(officers: Sequence[Officer], edges: Edges, index: Mapping[str, int]) -> None:
    for o, one in enumerate(officers):
        if one.statutory:
            mine = slice(int(edges.start[o]), int(edges.start[o + 1]))
            first = np.isin(edges.place[mine], [index[ref] for ref in one.statutory if ref in index])
            edges.kind[mine][first & (edges.kind[mine] == ORDINARY)] = STATUTORY
