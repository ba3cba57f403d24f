"""Small invented services, drawn by hypothesis and written in bulk, and the counts of them done the long way round.

The oracle walks every unit and every posting in plain Python. It shares no line with the SQL it judges.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from deployment.models import Duty, Posting
from hcims.references import new_reference
from organisation import tree
from organisation.models import (
    County,
    EstablishmentLine,
    EstablishmentVersion,
    Rank,
    Skill,
    Unit,
    UnitClosure,
    UnitParent,
)
from personnel.models import Officer, RankHolding
from tests.factories.accounts import UserFactory
from tests.factories.organisation import MOMENT

FIRST = date(2024, 1, 1)
DAYS, STEP = 400, 20  # days are drawn twenty apart, so that ends and beginnings fall on the day asked about
ON = FIRST + timedelta(days=380)
TYPES = ["service", "region", "county", "sub-county", "station", "station", "post", "station"]
A_DAY = st.integers(0, DAYS // STEP).map(lambda number: number * STEP)
PERIOD = st.tuples(A_DAY, st.one_of(st.none(), st.integers(1, 10).map(lambda number: number * STEP)))


@dataclass
class Drawn:
    """What hypothesis drew, in plain values; a unit is its place in the list, day 0 is FIRST."""

    parents: list[int] = field(default_factory=list)
    moves: list[tuple[int, int, int]] = field(default_factory=list)  # unit, new parent, day
    lines: list[tuple[int, int, int, int, tuple[int, int | None]]] = field(default_factory=list)
    postings: list[tuple[int, int, int, tuple[int, int | None], str, bool, bool]] = field(default_factory=list)
    women: list[bool] = field(default_factory=list)


@st.composite
def services(draw: Any) -> Drawn:
    """A tree of eight units that may be re-hung, establishment lines, officers and their postings of every kind."""
    parents = [0, *(draw(st.integers(0, index - 1)) for index in range(1, 8))]
    moves = draw(st.lists(st.tuples(st.integers(2, 7), st.integers(0, 1), A_DAY), max_size=2))
    line = st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 2), st.integers(1, 4), PERIOD)
    lines = draw(st.lists(line, max_size=14))
    kind = st.sampled_from(["substantive"] * 6 + ["attachment", "course", "leave", "acting"])
    posting = st.tuples(
        st.integers(0, 7), st.integers(0, 2), st.integers(0, 2), PERIOD, kind, st.booleans(), st.booleans()
    )
    postings = draw(st.lists(posting, max_size=30))
    return Drawn(parents, moves, lines, postings, draw(st.lists(st.booleans(), min_size=30, max_size=30)))


def dense(seed: int, postings: int = 60) -> Drawn:
    """One service full of postings that meet on the same days: hypothesis draws the odd ones, this the crowded one."""
    chance = random.Random(seed)

    def lasting() -> tuple[int, int | None]:
        starts = chance.randrange(0, DAYS, STEP)
        return starts, chance.choice([None, *range(STEP, 10 * STEP, STEP)])

    return Drawn(
        parents=[0, 0, 0, 1, 3, 3, 4, 2],
        moves=[(4, 1, 200), (7, 0, 300)],
        lines=[
            (chance.randrange(8), chance.randrange(3), chance.randrange(3), chance.randint(1, 4), lasting())
            for _ in range(40)
        ],
        postings=[
            (
                chance.randrange(8),
                chance.randrange(3),
                chance.randrange(3),
                lasting(),
                chance.choice(["substantive"] * 5 + ["attachment", "course"]),
                chance.random() < 0.8,
                chance.random() < 0.2,
            )
            for _ in range(postings)
        ],
        women=[chance.random() < 0.4 for _ in range(postings)],
    )


@dataclass
class Made:
    """The same in the database, and in lists for the oracle."""

    units: list[Unit]
    links: list[tree.Link]
    ranks: list[Rank]
    skills: list[Skill | None]
    lines: list[EstablishmentLine] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def period(drawn: tuple[int, int | None]) -> tuple[date, date | None]:
    starts, length = drawn
    return day(starts), None if length is None else day(starts + length)


def make(drawn: Drawn) -> Made:
    """This function will write a drawn service."""
    counties = list(County.objects.all()[:2])
    units = Unit.objects.bulk_create(
        Unit(
            code=f"T{index}", name=f"Unit {index}", type=TYPES[index], line="territorial", opened_on=FIRST,
            county=None if index < 2 else counties[index % 2], ref=new_reference(),
        )
        for index in range(8)
    )  # fmt: skip
    made = Made(
        units, _links(drawn, units), list(Rank.objects.filter(code__in=["PC", "CPL", "IP"])),
        [None, *Skill.objects.all()[:2]],
    )  # fmt: skip
    _write_tree(made)
    _write_lines(drawn, made)
    _write_postings(drawn, made)
    return made


def _links(drawn: Drawn, units: list[Unit]) -> list[tree.Link]:
    """Each unit under its parent from the first day; a move ends that, unless it would hang a unit under itself."""
    links = []
    moved = {unit: (parent, on) for unit, parent, on in drawn.moves if parent < unit}
    for index in range(1, 8):
        parent, on = moved.get(index, (drawn.parents[index], 0))
        if on and parent != drawn.parents[index]:
            links.append(tree.Link(units[index].pk, units[drawn.parents[index]].pk, FIRST, day(on)))
            links.append(tree.Link(units[index].pk, units[parent].pk, day(on), None))
        else:
            links.append(tree.Link(units[index].pk, units[drawn.parents[index]].pk, FIRST, None))
    return links


def _write_tree(made: Made) -> None:
    UnitParent.objects.bulk_create(
        UnitParent(unit_id=link.unit, parent_id=link.parent, starts_on=link.starts_on, ends_on=link.ends_on)
        for link in made.links
    )
    UnitClosure.objects.bulk_create(
        UnitClosure(
            ancestor_id=reach.ancestor, descendant_id=reach.descendant, depth=reach.depth, starts_on=reach.starts_on,
            ends_on=reach.ends_on,
        )
        for reach in tree.closure({unit.pk: (FIRST, None) for unit in made.units}, made.links)
    )  # fmt: skip


def _write_lines(drawn: Drawn, made: Made) -> None:
    version = EstablishmentVersion.objects.create(
        baseline="working", title="t", authority="a", unit=made.units[0], effective_on=FIRST, state="in-force",
        drafted_by=UserFactory(), drafted_at=MOMENT, decided_by=UserFactory(), decided_at=MOMENT,
    )  # fmt: skip
    taken: set[tuple[int, int, int]] = set()
    for unit, rank, skill, posts, lasting in drawn.lines:
        if (unit, rank, skill) in taken:  # one line of a kind: two could overlap
            continue
        taken.add((unit, rank, skill))
        starts, ends = period(lasting)
        made.lines.append(
            EstablishmentLine(
                version=version, baseline="working", unit=made.units[unit], rank=made.ranks[rank],
                skill=made.skills[skill], posts=posts, starts_on=starts, ends_on=ends,
            )
        )  # fmt: skip
    EstablishmentLine.objects.bulk_create(made.lines)


def _write_postings(drawn: Drawn, made: Made) -> None:
    """One officer a posting; whoever is attached, on a course or on leave is so beside the posting before his own."""
    core, other = Duty.objects.filter(is_core=True).first(), Duty.objects.filter(is_core=False).first()
    made.officers = Officer.objects.bulk_create(
        Officer(
            service_number=f"T{index:04}", surname="S", other_names="O", sex="F" if drawn.women[index] else "M",
            service=["KPS", "APS"][index % 2], rank=made.ranks[index % 3], ref=new_reference(),
        )
        for index in range(len(drawn.postings))
    )  # fmt: skip
    RankHolding.objects.bulk_create(
        RankHolding(officer=officer, rank=officer.rank, starts_on=FIRST) for officer in made.officers
    )
    substantive = 0
    for index, (unit, rank, skill, lasting, kind, known, voided) in enumerate(drawn.postings):
        starts, ends = period(lasting)
        if kind == "substantive":
            substantive = index
        made.postings.append(
            Posting(
                officer=made.officers[index if kind == "substantive" else substantive], unit=made.units[unit], kind=kind,
                duty=core if index % 4 else other, post_rank=made.ranks[rank],
                post_skill=made.skills[skill] if kind == "substantive" else None, starts_on=starts, ends_on=ends,
                start_known=known, voided_at=MOMENT if voided and index % 5 == 0 else None, ref=new_reference(),
            )
        )  # fmt: skip
    Posting.objects.bulk_create(made.postings)


# The long way round ---------------------------------------------------------------------------------------------------


def covers(row: Any, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or on < row.ends_on)


def parent_of(made: Made, unit: int, on: date) -> int | None:
    return next((link.parent for link in made.links if link.unit == unit and covers(link, on)), None)


def is_under(made: Made, unit: int, root: int, on: date) -> bool:
    climbing: int | None = unit
    while climbing is not None:
        if climbing == root:
            return True
        climbing = parent_of(made, climbing, on)
    return False


def part_of(made: Made, unit: int, root: int, on: date) -> int:
    """The child of the root that a unit below it stands under; the root itself for itself."""
    while unit != root:
        above = parent_of(made, unit, on)
        if above == root:
            return unit
        assert above is not None
        unit = above
    return root


def expected(
    made: Made, root: int, on: date, *, service: str = "", sex: str = ""
) -> dict[tuple[int, int], dict[str, int]]:
    """Counts by part and rank of the area under `root` on the day."""
    away = {
        each.officer_id
        for each in made.postings
        if each.kind in ("attachment", "secondment", "course", "suspension", "leave")
        and each.voided_at is None
        and covers(each, on)
    }
    found: dict[tuple[int, int], dict[str, int]] = {}
    inside = [unit.pk for unit in made.units if is_under(made, unit.pk, root, on)]
    for unit in inside:
        part = part_of(made, unit, root, on)
        for rank in made.ranks:
            for skill in made.skills:
                posts = sum(
                    line.posts
                    for line in made.lines
                    if (line.unit_id, line.rank_id, line.skill_id) == (unit, rank.pk, skill.pk if skill else None)
                    and covers(line, on)
                )
                holders = [
                    each
                    for each in made.postings
                    if each.kind == "substantive"
                    and each.voided_at is None
                    and (each.unit_id, each.post_rank_id, each.post_skill_id)
                    == (unit, rank.pk, skill.pk if skill else None)
                    and covers(each, on)
                ]
                chosen = [
                    each
                    for each in holders
                    if (not service or each.officer.service == service) and (not sex or each.officer.sex == sex)
                ]
                _count(found.setdefault((part, rank.pk), {}), posts, holders, chosen, away, on)
            attached = [
                each
                for each in made.postings
                if each.kind in ("attachment", "secondment")
                and each.voided_at is None
                and (each.unit_id, each.post_rank_id) == (unit, rank.pk)
                and covers(each, on)
                and (not service or each.officer.service == service)
                and (not sex or each.officer.sex == sex)
            ]
            _add(found.setdefault((part, rank.pk), {}), "attached", len(attached))
    return {key: counts for key, counts in found.items() if any(counts.values())}


def _count(
    counts: dict[str, int], posts: int, holders: list[Posting], chosen: list[Posting], away: set[int], on: date
) -> None:
    _add(counts, "authorised", posts)
    _add(counts, "posted", len(holders))
    _add(counts, "vacant", max(0, posts - len(holders)))
    _add(counts, "over", max(0, len(holders) - posts))
    _add(counts, "officers", len(chosen))
    _add(counts, "women", sum(each.officer.sex == "F" for each in chosen))
    _add(counts, "away", sum(each.officer_id in away for each in chosen))
    _add(counts, "unknown", sum(not each.start_known for each in chosen))
    _add(counts, "overdue", sum(each.start_known and each.starts_on < on - timedelta(days=80) for each in chosen))
    _add(counts, "non_core", sum(not each.duty.is_core for each in chosen))


def _add(counts: dict[str, int], name: str, number: int) -> None:
    counts[name] = counts.get(name, 0) + number
