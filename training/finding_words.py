"""A finding on an entry condition as a sentence, in the language in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from training import eligibility
from training.eligibility import Finding


@dataclass(frozen=True)
class Said:
    """A finding as a page shows it: the condition, what the record says, the tone and the word of its chip, the basis."""

    asked: str
    found: str
    tone: str
    word: str
    basis: str
    is_confirmed: bool


def said(found: Finding) -> Said:
    """The finding in words."""
    tone, word = {
        True: ("good", _("holds")),
        False: ("bad", _("does not hold")),
        None: ("wait", _("paper to be shown")),
    }[found.holds]
    return Said(asked(found), _found(found), tone, word, found.basis, found.is_confirmed)


def sentence(found: Finding) -> str:
    """The condition and what the record says of it, in one sentence."""
    what = _found(found)
    return f"{asked(found)}: {what}." if what else f"{asked(found)}: {said(found).word}."


def asked(found: Finding) -> str:
    """What the condition asks for."""
    return _ASKED[found.kind](found)


def _name(found: Finding) -> str:
    return (found.name_sw if get_language() == "sw" else "") or found.name_en


def _years(found: Finding) -> int:
    return found.value or 0


def _years_in_rank(found: Finding) -> str:
    years = ngettext("At least %(n)s year in the rank", "At least %(n)s years in the rank", _years(found))
    words = years % {"n": _years(found)}
    return f"{words} ({_name(found)})" if found.name_en else words


_ASKED: dict[str, Callable[[Finding], str]] = {
    eligibility.RANK_FROM: lambda each: _("Rank at least %(rank)s") % {"rank": _name(each)},
    eligibility.RANK_TO: lambda each: _("Rank at most %(rank)s") % {"rank": _name(each)},
    eligibility.YEARS_IN_RANK: _years_in_rank,
    eligibility.YEARS_IN_SERVICE: lambda each: (
        ngettext("At least %(n)s year in the service", "At least %(n)s years in the service", _years(each))
        % {"n": _years(each)}
    ),
    eligibility.YEARS_TO_RETIREMENT: lambda each: (
        ngettext(
            "At least %(n)s year left before retirement", "At least %(n)s years left before retirement", _years(each)
        )
        % {"n": _years(each)}
    ),
    eligibility.SKILL: lambda each: _("Skill held and in force: %(skill)s") % {"skill": _name(each)},
    eligibility.PAPER: lambda each: (
        ngettext("%(paper)s, at least %(n)s", "%(paper)s, at least %(n)s", each.value or 1)
        % {"paper": _name(each), "n": each.value or 1}
    ),
    eligibility.COURSE: lambda each: _("Course passed: %(course)s") % {"course": _name(each)},
    eligibility.CLEAN_MONTHS: lambda each: (
        ngettext(
            "%(n)s month without a discipline finding", "%(n)s months without a discipline finding", each.value or 0
        )
        % {"n": each.value or 0}
    ),
    eligibility.SERVING: lambda each: _("In the service on the first day"),
    eligibility.AREA: lambda each: _("An officer of the command that holds the course"),
    eligibility.ELSEWHERE: lambda each: _("No other course in these days"),
    eligibility.PASSED_ALREADY: lambda each: _("Not passed yet, or about to lapse"),
    eligibility.ATTEMPTS: lambda each: (
        ngettext("At most %(n)s attempt at the course", "At most %(n)s attempts at the course", each.value or 0)
        % {"n": each.value or 0}
    ),
}


def _found(found: Finding) -> str:
    if found.kind in (eligibility.YEARS_IN_RANK, eligibility.YEARS_IN_SERVICE, eligibility.YEARS_TO_RETIREMENT):
        if not found.found:
            return _("the record does not say since when")
        number = int(found.found)
        return ngettext("%(n)s year on the first day", "%(n)s years on the first day", number) % {"n": number}
    if found.found == "unchecked":
        return _("on the record, not yet checked")
    if found.kind == eligibility.PASSED_ALREADY:
        if not found.found:
            return _("passed; it does not lapse")
        return _("passed; it lapses on %(day)s") % {"day": date_format(date.fromisoformat(found.found), "j F Y")}
    if found.kind == eligibility.ATTEMPTS:
        number = int(found.found)
        return ngettext("%(n)s attempt so far", "%(n)s attempts so far", number) % {"n": number}
    if found.kind == eligibility.PAPER and found.found:
        return ngettext("%(n)s on the record", "%(n)s on the record", int(found.found)) % {"n": found.found}
    if found.kind in (eligibility.RANK_FROM, eligibility.RANK_TO) and not found.found:
        return _("no rank on the record")
    if found.holds is False and found.kind in (eligibility.SKILL, eligibility.COURSE):
        return _("not on the record")
    return found.found
