"""Posts, holders and skills of many units at once: what a move would do to either end. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from deployment.models import Posting, PostingKind
from hcims.periods import in_force
from organisation.models import Baseline, EstablishmentLine, Skill
from personnel.models import EvidenceState, SkillHeld

Post = tuple[int, int, int | None]  # unit, rank, skill


@dataclass
class Strength:
    """Authorised posts and their holders, line by line, and the skills asked for and held by unit."""

    posts: Counter[Post] = field(default_factory=Counter)
    held: Counter[Post] = field(default_factory=Counter)
    asked: Counter[tuple[int, int]] = field(default_factory=Counter)  # unit, skill
    has: Counter[tuple[int, int]] = field(default_factory=Counter)
    known: set[int] = field(default_factory=set)  # units of which an establishment says anything

    def free(self, unit: int, rank: int, skill: int | None = None) -> int | None:
        """Free posts of the line; None where no establishment says anything of the unit."""
        if unit not in self.known:
            return None
        return self.posts[(unit, rank, skill)] - self.held[(unit, rank, skill)]

    def of_rank(self, unit: int, rank: int) -> tuple[int, int]:
        """Authorised posts and holders of a rank at a unit, whatever skill the posts ask for."""
        posts = sum(number for (at, of, _skill), number in self.posts.items() if (at, of) == (unit, rank))
        held = sum(number for (at, of, _skill), number in self.held.items() if (at, of) == (unit, rank))
        return posts, held


def strength_of(units: Iterable[int], *, on: date) -> Strength:
    """What the units have and should have on the day. Three queries, however many there are."""
    wanted, found = list(set(units)), Strength()
    lines = EstablishmentLine.objects.in_force(on).filter(unit__in=wanted, baseline=Baseline.AUTHORISED)
    for unit, rank, skill, posts in lines.values_list("unit", "rank", "skill").annotate(n=Sum("posts")).order_by():
        found.posts[(unit, rank, skill)] = posts
        found.known.add(unit)
        if skill is not None:
            found.asked[(unit, skill)] += posts
    holders = Posting.objects.in_force(on).filter(_SUBSTANTIVE, unit__in=wanted)
    for unit, rank, skill, n in (
        holders.values_list("unit", "post_rank", "post_skill").annotate(n=Count("pk")).order_by()
    ):
        found.held[(unit, rank, skill)] = n
    here = in_force(on, "officer__postings__") & _substantive("officer__postings__")
    skills = _valid(on).filter(here, officer__postings__unit__in=wanted, skill__in={skill for _u, skill in found.asked})
    rows = skills.values_list("officer__postings__unit", "skill").annotate(n=Count("officer", distinct=True)).order_by()
    for unit, skill, n in rows:
        found.has[(unit, skill)] = n
    return found


def _substantive(prefix: str = "") -> Q:
    return Q(**{f"{prefix}kind": PostingKind.SUBSTANTIVE, f"{prefix}voided_at__isnull": True})


_SUBSTANTIVE = _substantive()


def _valid(on: date) -> QuerySet[SkillHeld]:
    return SkillHeld.objects.exclude(state=EvidenceState.REFUSED).filter(
        Q(acquired_on__isnull=True) | Q(acquired_on__lte=on), Q(expires_on__isnull=True) | Q(expires_on__gt=on)
    )


def skills_of(officers: Iterable[int], *, on: date) -> dict[int, dict[int, Skill]]:
    """The skills that each of many officers holds on the day. One query."""
    found: dict[int, dict[int, Skill]] = {}
    for held in _valid(on).filter(officer__in=set(officers)).select_related("skill"):
        found.setdefault(held.officer_id, {})[held.skill_id] = held.skill
    return found
