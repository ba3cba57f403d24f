"""What may be told of a round's result: counts, moves by county and rank, and differences with small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from transfers.models import Award, RuleCode
from transfers.queries import rules

SEXES = {"F": "women", "M": "men"}


def by_sex(awards: Iterable[Award], *, on: date) -> list[dict[str, Any]]:
    """Participants and moves of women and of men; of neither where one group is small: the other would give it away."""
    least = rules.value(RuleCode.SMALL_GROUP, on)
    taking, moving = Counter[str](), Counter[str]()
    for award in awards:
        group = SEXES.get(award.participation.officer.sex)
        if group is None:
            continue
        taking[group] += 1
        unit = award.varied_to_id if award.is_varied else award.to_unit_id
        moving[group] += unit is not None and unit != award.participation.from_unit_id
    small = any(0 < count < least for group in taking for count in (moving[group], taking[group] - moving[group]))
    if small or any(count < least for count in taking.values()):
        return []
    return [{"group": group, "participants": taking[group], "moved": moving[group]} for group in sorted(taking)]
