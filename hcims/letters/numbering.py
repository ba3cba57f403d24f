"""Reference numbers: one after the other in a series and year, without gap or double."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from hcims.errors import RuleBroken
from hcims.letters.models import LetterCounter, LetterSeries


def next_numbers(series: str, count: int, *, on: date) -> list[str]:
    """This function will take the next `count` numbers of a series. Call inside the action that keeps the letters.

    The counter's row stays locked until that action ends: whoever comes second waits, and a letter that is not kept
    gives its number back.
    Errors: RuleBroken when the series has no pattern in force on the day.
    """
    pattern = LetterSeries.objects.in_force(on).filter(code=series).first()
    if pattern is None:
        raise RuleBroken(
            _("No numbering is in force for the series “%(series)s”. Add one under Letter series.") % {"series": series}
        )
    LetterCounter.objects.get_or_create(series=series, year=on.year)
    counter = LetterCounter.objects.select_for_update().get(series=series, year=on.year)
    first, counter.last = counter.last + 1, counter.last + count
    counter.save(update_fields=["last"])
    return [pattern.number(on.year, number) for number in range(first, counter.last + 1)]
