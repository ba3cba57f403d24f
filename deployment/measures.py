"""What the bird's-eye page can show: how each measure is written, what makes it bad, and which list stands behind it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deployment.gaps import SHARE_LIMITS, Counts

WOMEN_WANTED = 100 / 3  # not more than two-thirds of one sex. Source: Constitution of Kenya, art. 27(8)
POSTS, OFFICERS = "posts", "officers"


@dataclass(frozen=True)
class Measure:
    """One reading of the counts.

    `value` is what is written in a cell, a number or (with `is_share`) per cent; None where there is nothing to say.
    `badness` is what shades it, larger being worse. `opens` is the list whose length the number behind it is.
    """

    code: str
    label: Any
    value: Callable[[Counts], float | None]
    badness: Callable[[Counts], float | None]
    opens: str
    shading: Any  # what a darker cell means, in words
    is_share: bool = False
    badness_is_share: bool = False
    worst_by: str = "vacancies"

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


_vacant_share = _("a larger share of the posts is vacant")
_unfilled = _("fewer of the authorised posts have an officer who is there")

MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in [
        Measure(
            "vacancy-share", _("Vacant posts, share"), lambda c: c.vacant_share, lambda c: c.vacant_share, "vacant",
            _vacant_share, is_share=True, badness_is_share=True, worst_by="vacancy-share",
        ),
        Measure("vacancies", _("Vacant posts"), lambda c: c.vacant, lambda c: c.vacant, "vacant", _("more vacant posts")),
        Measure(
            "strength", _("Strength posted"), lambda c: c.officers, lambda c: c.unfilled_share, "posted", _unfilled,
            badness_is_share=True,
        ),
        Measure(
            "effective", _("Strength effective"), lambda c: c.effective, lambda c: c.unfilled_share, "effective",
            _unfilled, badness_is_share=True,
        ),
        Measure(
            "over", _("Over-strength"), lambda c: c.over, lambda c: c.over, "over", _("more holders above the posts"),
            worst_by="over",
        ),
        Measure(
            "overdue", _("Tenure over the limit"), lambda c: c.overdue, lambda c: c.overdue_share, "overdue",
            _("a larger share has stayed longer than the rule allows"), badness_is_share=True, worst_by="overdue",
        ),
        Measure(
            "women", _("Women, share"), lambda c: c.women_share, _short_of_women, "women",
            _("further below one third women"), is_share=True,
        ),
        Measure(
            "non-core", _("On non-core duty"), lambda c: c.non_core, lambda c: c.non_core_share, "non-core",
            _("a larger share is on non-core duty"), badness_is_share=True, worst_by="non-core",
        ),
    ]
}  # fmt: skip
SKILLS, CONFIRMED = "skills", "confirmed"  # measures that are not counted rank by rank
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
}
