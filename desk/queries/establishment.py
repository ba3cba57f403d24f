"""What a change of establishment does to vacancies: authorised posts against officers posted, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from deployment.models import Posting, PostingKind
from hcims.periods import in_force
from organisation.models import Rank
from organisation.queries.versions import Change

Line = tuple[int, int, int | None]


@dataclass
class Effect:
    """Vacancies and over-strength of one rank in the lines that change, before and after."""

    rank: Rank
    vacant_before: int = 0
    vacant_after: int = 0
    over_before: int = 0
    over_after: int = 0

    @property
    def vacant_difference(self) -> int:
        return self.vacant_after - self.vacant_before

    @property
    def over_difference(self) -> int:
        return self.over_after - self.over_before


def posted_on_lines(units: Iterable[int], *, on: date) -> dict[Line, int]:
    """Officers posted to the units on the day, by the line that each fills."""
    postings = Posting.objects.filter(
        in_force(on), kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, unit__in=list(units)
    )
    rows = postings.values_list("unit", "post_rank", "post_skill").annotate(number=Count("pk")).order_by()
    return {(unit, rank, skill): number for unit, rank, skill, number in rows}


def effect_on_vacancies(changes: list[Change], *, on: date) -> list[Effect]:
    """What the changes do to vacancies and over-strength by rank, with the officers posted on the day. One statement."""
    posted = posted_on_lines({change.unit.pk for change in changes}, on=on)
    effects: dict[int, Effect] = {}
    for change in changes:
        effect = effects.setdefault(change.rank.pk, Effect(change.rank))
        here = posted.get((change.unit.pk, change.rank.pk, change.skill.pk if change.skill else None), 0)
        effect.vacant_before += max(0, change.before - here)
        effect.vacant_after += max(0, change.after - here)
        effect.over_before += max(0, here - change.before)
        effect.over_after += max(0, here - change.after)
    return sorted(effects.values(), key=lambda effect: effect.rank.order)


def totals(effects: list[Effect]) -> dict[str, Any]:
    """The effects of all ranks together."""
    found: dict[str, int] = defaultdict(int)
    for effect in effects:
        for name in ("vacant_before", "vacant_after", "over_before", "over_after"):
            found[name] += getattr(effect, name)
    found["vacant_difference"] = found["vacant_after"] - found["vacant_before"]
    found["over_difference"] = found["over_after"] - found["over_before"]
    return dict(found)
