"""What the bird's-eye page can show: how each measure is written, what makes it bad, and which list stands behind it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deployment.gaps import SHARE_LIMITS, Counts

WOMEN_WANTED = 100 / 3  # not more than two-thirds of one sex. Source: Constitution of Kenya, art. 27(8)
POSTS, OFFICERS, GAPS, STATIONS = "posts", "officers", "gaps", "stations"  # what a list behind a number holds
BY_RANK, BY_SKILL, UNDIVIDED = "rank", "skill", ""  # what the matrix divides a measure by


@dataclass(frozen=True)
class Measure:
    """One reading of the counts.

    `value` is what is written in a cell, a number or (with `is_share`) per cent; None where there is nothing to say.
    `badness` is what shades it, larger being worse. `opens` is the list whose length the number behind it is, and `of`
    the list that a share is taken of. `columns` is what the matrix divides it by: a skill is asked of a whole unit and a
    station confirms its whole list, so that a figure rank by rank would be another figure under the same name.
    """

    code: str
    label: Any
    value: Callable[[Counts], float | None]
    badness: Callable[[Counts], float | None]
    opens: str
    shading: Any  # what a darker cell means, in words
    scale: Any = ""  # what the limits in the legend measure, where that is not the number in the cell
    is_share: bool = False
    badness_is_share: bool = False
    worst_by: str = "vacancies"
    of: str = ""
    columns: str = BY_RANK

    def text(self, counts: Counts) -> str:
        """The value as it stands in a cell; empty for no data."""
        value = self.value(counts)
        if value is None:
            return ""
        return share_text(value) if self.is_share else f"{round(value):,}"

    def has_data(self, counts: Counts) -> bool:
        return self.value(counts) is not None and counts.has_data

    @property
    def fixed_limits(self) -> tuple[int, ...] | None:
        """Limits of the steps on a fixed scale; counts have none."""
        return SHARE_LIMITS if self.badness_is_share else None


def share_text(value: float) -> str:
    """Per cent without decimals, and never 0 or 100 for something that is not quite that."""
    if 0 < value < 1:
        return "<1%"
    if 99 < value < 100:
        return ">99%"
    return f"{round(value)}%"


def _short_of_women(counts: Counts) -> float | None:
    share = counts.women_share
    return None if share is None else max(0.0, WOMEN_WANTED - share)


def _not_confirmed(counts: Counts) -> float | None:
    share = counts.confirmed_share
    return None if share is None else 100 - share


_vacant_share = _("a larger share of the posts is vacant")
_without = _("posts without an officer who is there")
_of_officers = _("share of the officers")
_unfilled = _("fewer of the authorised posts have an officer who is there")

MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in [
        Measure(
            "vacancy-share", _("Vacant posts, share"), lambda c: c.vacant_share, lambda c: c.vacant_share, "vacant",
            _vacant_share, is_share=True, badness_is_share=True, worst_by="vacancy-share", of="authorised",
        ),
        Measure("vacancies", _("Vacant posts"), lambda c: c.vacant, lambda c: c.vacant, "vacant", _("more vacant posts")),
        Measure(
            "strength", _("Strength posted"), lambda c: c.officers, lambda c: c.unfilled_share, "posted", _unfilled,
            _without, badness_is_share=True,
        ),
        Measure(
            "effective", _("Strength effective"), lambda c: c.effective, lambda c: c.unfilled_share, "effective",
            _unfilled, _without, badness_is_share=True,
        ),
        Measure(
            "over", _("Over-strength"), lambda c: c.over, lambda c: c.over, "over", _("more holders above the posts"),
            worst_by="over",
        ),
        Measure(
            "overdue", _("Tenure over the limit"), lambda c: c.overdue, lambda c: c.overdue_share, "overdue",
            _("a larger share has stayed longer than the rule allows"), _of_officers, badness_is_share=True, worst_by="overdue",
        ),
        Measure(
            "women", _("Women, share"), lambda c: c.women_share, _short_of_women, "women",
            _("further below one third women"), _("below one third"), is_share=True, of="posted",
        ),
        Measure(
            "non-core", _("On non-core duty"), lambda c: c.non_core, lambda c: c.non_core_share, "non-core",
            _("a larger share is on non-core duty"), _of_officers, badness_is_share=True, worst_by="non-core",
        ),
        Measure(
            "skills", _("Skills gap"), lambda c: c.lacking if c.needed else None, lambda c: c.lacking, "skills",
            _("more posts ask for a skill that nobody at the unit has to give"), columns=BY_SKILL,
        ),
        Measure(
            "confirmed", _("Confirmed by stations, share"), lambda c: c.confirmed_share, _not_confirmed, "confirmed",
            _("a smaller share of the officers was confirmed by their stations"), _("not confirmed"), is_share=True,
            badness_is_share=True,
            columns=UNDIVIDED,
        ),
    ]
}  # fmt: skip
USUAL = "vacancy-share"

# The lists behind the numbers: which kind of thing each holds.
LISTS: dict[str, tuple[str, Any]] = {
    "vacant": (POSTS, _("Vacant posts")),
    "authorised": (POSTS, _("Authorised posts")),
    "posted": (OFFICERS, _("Officers posted")),
    "effective": (OFFICERS, _("Officers posted and not away")),
    "away": (OFFICERS, _("Officers posted but away")),
    "attached": (OFFICERS, _("Officers attached from elsewhere")),
    "over": (OFFICERS, _("Holders above the authorised posts")),
    "overdue": (OFFICERS, _("Officers over the tenure limit")),
    "unknown": (OFFICERS, _("Officers whose arrival is unknown")),
    "non-core": (OFFICERS, _("Officers on non-core duty")),
    "women": (OFFICERS, _("Women")),
    "skills": (GAPS, _("Skills gap")),
    "confirmed": (STATIONS, _("Confirmed by stations")),
}
