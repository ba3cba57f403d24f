"""The invented establishment: working strength as the plan says, and a far larger authorised one, as on paper."""

from __future__ import annotations

import random
from datetime import date, datetime

from accounts.models import User
from desk.demo import plan
from desk.demo.units import FOUNDED, Draft
from hcims import bulk
from organisation.models import (
    Baseline,
    EstablishmentChange,
    EstablishmentLine,
    EstablishmentVersion,
    Rank,
    Skill,
    VersionState,
)

Line = tuple[int, str]
COLUMNS = ["version_id", "baseline", "unit_id", "rank_id", "skill_id", "posts", "starts_on", "ends_on"]


def store(
    drafts: dict[str, Draft], chance: random.Random, *, on: date, at: datetime, drafted_by: User, decided_by: User
) -> dict[str, dict[Line, int]]:
    """This function will write both baselines and return the working posts of each unit: {code: {(rank, skill): posts}}."""
    ranks = {each.order: each.pk for each in Rank.objects.all()}
    skills: dict[str, int | None] = {each.code: each.pk for each in Skill.objects.all()} | {"": None}
    root = drafts["NPS"].unit
    reviewed = date(on.year - 1, 7, 1)

    def version(baseline: str, title: str, authority: str, day: date) -> EstablishmentVersion:
        return EstablishmentVersion.objects.create(
            baseline=baseline, title=title, authority=authority, unit=root, effective_on=day, state=VersionState.IN_FORCE,
            drafted_by=drafted_by, drafted_at=at, decided_by=decided_by, decided_at=at,
        )  # fmt: skip

    paper = version(Baseline.AUTHORISED, "Authorised establishment 2018", "Demonstration paper EST/1/2018", FOUNDED)
    first = version(Baseline.WORKING, "Working strength 2018", "Demonstration paper EST/2/2018", FOUNDED)
    review = version(
        Baseline.WORKING, f"Working strength {reviewed.year}", f"Demonstration paper EST/4/{reviewed.year}", reviewed
    )
    working: dict[str, dict[Line, int]] = {}
    rows = []
    for code, draft in drafts.items():
        posts = working[code] = plan.posts_of(draft.kind, draft.strength, plan.TOP_POSTS.get(code))
        for (rank, skill), number in posts.items():
            key = (draft.unit.pk, ranks[rank], skills[skill])
            more = number if rank < plan.INSPECTOR else max(number, round(number * chance.uniform(2.2, 3.4)))
            rows.append((paper.pk, Baseline.AUTHORISED.value, *key, more, FOUNDED, None))
            before = number - 1 if number > 4 and chance.random() < 0.3 else number
            if before == number:
                rows.append((first.pk, Baseline.WORKING.value, *key, number, FOUNDED, None))
            else:  # the review added a post
                rows.append((first.pk, Baseline.WORKING.value, *key, before, FOUNDED, reviewed))
                rows.append((review.pk, Baseline.WORKING.value, *key, number, reviewed, None))
    bulk.insert(EstablishmentLine, COLUMNS, rows)
    changes = [(version, unit, rank, skill, posts) for version, _baseline, unit, rank, skill, posts, *_days in rows]
    bulk.insert(EstablishmentChange, ["version_id", "unit_id", "rank_id", "skill_id", "posts"], changes)
    return working
