"""A condition of entry, and what passing gives, as a page says them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training import lengths


def condition(each: Any) -> str:
    """What the condition asks for, in a few words."""
    n = each.value or 0
    if each.kind == "rank-from":
        return _("Rank at least %(rank)s") % {"rank": each.rank}
    if each.kind == "rank-to":
        return _("Rank at most %(rank)s") % {"rank": each.rank}
    if each.kind == "years-in-rank":
        words = ngettext("%(n)s year in the rank", "%(n)s years in the rank", n) % {"n": n}
        return _("%(words)s, of a %(rank)s") % {"words": words, "rank": each.rank} if each.rank else words
    if each.kind == "years-in-service":
        return ngettext("%(n)s year of service", "%(n)s years of service", n) % {"n": n}
    if each.kind == "years-to-retirement":
        return ngettext("%(n)s year left before retirement", "%(n)s years left before retirement", n) % {"n": n}
    if each.kind == "clean-months":
        return ngettext(
            "no discipline finding in the last %(n)s month", "no discipline finding in the last %(n)s months", n
        ) % {"n": n}
    if each.kind == "paper":
        return str(each.qualification) if n < 2 else _("%(n)s of: %(paper)s") % {"n": n, "paper": each.qualification}
    return _("passed: %(course)s") % {"course": each.passed} if each.kind == "course" else str(each.skill)


def given(each: Any) -> str:
    """What passing gives. Never a promotion: a board considers."""
    if each.kind == "eligibility":
        return _("may be considered by a promotion board for %(rank)s") % {"rank": each.rank}
    words = str(each.skill)
    if each.skill.levels > 1:
        words = _("%(skill)s, level %(level)s") % {"skill": words, "level": each.level}
    months = each.months or each.skill.validity_months
    if not months:
        return words
    return words + ", " + ngettext("counts for %(n)s month", "counts for %(n)s months", months) % {"n": months}


def unit(each: Any) -> str:
    """A unit in one line, for comparing versions."""
    parts = [each.title, lengths.in_words(each.minutes), each.assessment]
    carried = _("carries %(part)s") % {"part": each.part_code} if each.part_code else ""
    return ", ".join(part for part in [*parts, carried] if part)


def part(each: Any) -> str:
    """A part of a curriculum in one line, for comparing versions."""
    sessions = ", ".join(f"{one.title} ({lengths.in_words(one.minutes)})" for one in each.sessions.all())
    return f"{each}, {lengths.in_words(each.minutes)}" + (f": {sessions}" if sessions else "")
