"""A rule book in plain words, part by part, each line with its legal basis. The codes stay what is frozen and hashed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from transfers.rulebook import UPHELD_APPEAL

Text = str | Promise

MECHANISMS: dict[str, Text] = {
    "deferred-acceptance": gettext_lazy(
        "Deferred acceptance with protected posts: nobody with fewer points gets a place that you wanted and missed"
    ),
    "top-trading-cycles": gettext_lazy("Top trading cycles with floors: more moves, but points decide less"),
    "": gettext_lazy("None"),
}
LEVELS: dict[str, Text] = {
    "station": gettext_lazy("station"),
    "ward": gettext_lazy("ward"),
    "sub-county": gettext_lazy("sub-county"),
    "county": gettext_lazy("county"),
    "region": gettext_lazy("region"),
}
SEATS: dict[str, Text] = {
    "working-strength": gettext_lazy("The working strength in force on the day of the freeze"),
    "seat-table": gettext_lazy("An approved seat table; where it says nothing, the working strength"),
}
FACTS: dict[str, Text] = {
    "months-at-station": gettext_lazy("each month at the station"),
    "hardship-months": gettext_lazy("each month served in hardship areas"),
    "rounds-without-a-place": gettext_lazy("each round without a place"),
    "ground": gettext_lazy("a ground checked against papers"),
    "performance": gettext_lazy("performance: cannot be chosen, no appraisal exists yet"),
}
WHERE: dict[str, Text] = {
    "": gettext_lazy("everywhere"),
    "spouse-county": gettext_lazy("in the county where the spouse lives or works"),
    "school-county": gettext_lazy("in the county where the children go to school"),
    "care-county": gettext_lazy("in the county where a dependant with a disability lives"),
    "retirement-county": gettext_lazy("in the counties asked for"),
}
GROUPS: dict[str, Text] = {
    "women": gettext_lazy("women"),
    "men": gettext_lazy("men"),
    "persons-with-disability": gettext_lazy("persons with a disability"),
}
DEFAULTS: dict[str, Text] = {
    "nearest-under-strength": gettext_lazy("The nearest places under strength, outside the home county"),
    "none": gettext_lazy("None: who finds no place stays, and that is published"),
}
RELEASE: dict[str, Text] = {
    "months-at-station": gettext_lazy("Fewest months at the station"),
    "points": gettext_lazy("Fewest points"),
}
EXCLUSIONS: dict[str, Text] = {
    "under-minimum-tenure": gettext_lazy("Shorter at the station than the minimum: takes no part"),
    "open-discipline": gettext_lazy("An open discipline case: takes no part, so that no transfer is a punishment"),
    "home-county": gettext_lazy("No place in the home county, except near retirement"),
    "retiring-soon": gettext_lazy("About to retire: never counted as due"),
}
# Items of points: what an officer reads beside the number. A code that is not here is shown as it is.
ITEMS: dict[str, Text] = {
    "tenure": gettext_lazy("Time at the station"),
    "hardship": gettext_lazy("Time served in hardship areas"),
    "waiting": gettext_lazy("Rounds without a place"),
    "spouse": gettext_lazy("Spouse's county"),
    "schooling": gettext_lazy("Children's school county"),
    "dependant": gettext_lazy("Dependant with a disability"),
    "near-retirement": gettext_lazy("Near retirement"),
}
# Why somebody who asked takes no part (transfers.freezing.people).
LEFT_OUT: dict[str, Text] = {
    "under-minimum-tenure": gettext_lazy("You have been at your station for less than the minimum of the rule book."),
    "open-discipline": gettext_lazy("A discipline case is open; a transfer neither replaces nor escapes it."),
    "rank-not-in-round": gettext_lazy("Your rank was not in this round."),
    "not-posted": gettext_lazy("No posting in force was on record for you on the day of the freeze."),
}


@dataclass(frozen=True)
class Line:
    """One rule in words."""

    text: str
    basis: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the book."""

    title: str
    lines: list[Line]
    empty: str = ""


def sections(content: Mapping[str, Any], ranks: Mapping[str, str], grounds: Mapping[str, str]) -> list[Section]:
    """The whole book in words. Shape: content that `transfers.rulebook.read` accepts; `ranks`, `grounds` name each code."""
    parts = [_who(content, ranks), _points(content), _before_points(content, grounds), _excluded(content)]
    return [*parts, *_limits(content), _how(content)]


def _who(content: Mapping[str, Any], ranks: Mapping[str, str]) -> Section:
    said = {
        "ranks": ", ".join(ranks.get(each, each) for each in content["ranks"]),
        "least": content["minimum_months"],
        "most": content["maximum_months"],
        "seats": _inside(SEATS[content["seats"]]),
    }
    due = (
        _(
            "Who has been there for %(most)s months or more is due and must move; in operation areas the shorter limit counts."
        )
        if content["due_must_move"]
        else _("Who has been there for %(most)s months or more may stay all the same.")
    )
    texts = [
        _("Ranks, one market each: %(ranks)s"),
        _("Who asks has been at the station for at least %(least)s months."),
        due,
        _("Seats: %(seats)s. Never the authorised establishment."),
    ]
    return Section(_("Who takes part, and for which posts"), [Line(each % said) for each in texts])


def _inside(text: Text) -> str:
    """As part of a sentence."""
    words = str(text)
    return words[:1].lower() + words[1:]


def _points(content: Mapping[str, Any]) -> Section:
    lines = [Line(point(each), each["basis"]) for each in content["points"]] or [
        Line(_("No points: the lottery decides."))
    ]
    return Section(_("Points"), [*lines, Line(no_performance())])


def no_performance() -> str:
    """Why no rule book gives points for performance: said on the page and in the editor."""
    return _(
        "Performance gives no points. A rule book could give some only from an appraisal that the officer has read and signed, "
        "and no appraisal is kept in this system yet; a commander's opinion is never one."
    )


def point(rule: Mapping[str, Any]) -> str:
    """One rule of points in words."""
    said = {
        "points": rule["points"], "fact": FACTS[rule["fact"]], "where": WHERE[rule["where"]], "most": rule["most"],
        "name": ITEMS.get(rule["code"], rule["code"]),
    }  # fmt: skip
    if rule["per_month"]:
        return _("%(name)s: %(points)s for %(fact)s, %(most)s at most; counts %(where)s") % said
    return _("%(name)s: %(points)s for %(fact)s; counts %(where)s") % said


def _before_points(content: Mapping[str, Any], grounds: Mapping[str, str]) -> Section:
    said = _("Ground “%(ground)s”, once checked against papers")
    lines = [
        Line(
            _("Priority from an upheld appeal, at the places asked for")
            if each == UPHELD_APPEAL
            else said % {"ground": grounds.get(each, each)}
        )
        for each in content["statutory"]
    ]
    return Section(_("Before all points"), lines, _("Nobody comes before points."))


def _excluded(content: Mapping[str, Any]) -> Section:
    lines = [Line(str(EXCLUSIONS[each])) for each in content["exclusions"]]
    return Section(_("Exclusions"), lines, _("Nobody is left out."))


def _limits(content: Mapping[str, Any]) -> list[Section]:
    floors = [Line(floor(each), each["basis"]) for each in content["floors"]]
    ceilings = [Line(ceiling(each), each["basis"]) for each in content["ceilings"]]
    reserves = [Line(reserve(each), each["basis"]) for each in content["reserves"]]
    return [
        Section(_("Floors: the strength that must remain"), floors, _("No floors: a command may be left with nobody.")),
        Section(_("Ceilings: the most strength"), ceilings, _("No ceilings beyond the seats.")),
        Section(_("Reserved seats, in the order of filling"), reserves, _("No seats are reserved.")),
    ]


def floor(rule: Mapping[str, Any]) -> str:
    """One floor in words."""
    text = _(
        "At each %(level)s, rank by rank, %(percent)s %% of the strength remains, rounded up; not where fewer than %(least)s are."
    )
    return text % {"level": LEVELS[rule["level"]], "percent": rule["percent"], "least": rule["smallest"]}


def ceiling(rule: Mapping[str, Any]) -> str:
    """One ceiling in words."""
    text = _("At each %(level)s, rank by rank, at most %(percent)s %% of the seats are filled.")
    return text % {"level": LEVELS[rule["level"]], "percent": rule["percent"]}


def reserve(rule: Mapping[str, Any]) -> str:
    """One reserve in words."""
    text = _("%(percent)s %% of the seats of each class, rounded down, for %(group)s; filled before the open seats.")
    return text % {"percent": rule["percent"], "group": GROUPS[rule["group"]]}


def _how(content: Mapping[str, Any]) -> Section:
    said = {
        "mechanism": MECHANISMS[content["mechanism"]],
        "shadow": MECHANISMS[content["shadow"]],
        "order": _inside(RELEASE[content["release"]]),
        "defaults": _inside(DEFAULTS[content["defaults"]]),
    }
    texts = [
        _("Mechanism: %(mechanism)s."),
        _("Beside it, for comparison only: %(shadow)s."),
        _("Held back first where a floor binds: those who may stay, then %(order)s."),
        _("Tried for those who must move, after their own list: %(defaults)s."),
    ]
    lines = [Line(each % said) for each in texts]
    if days := content["exchange_days"]:
        text = ngettext(
            "After publication, mutual exchanges may be agreed for %(days)s day, as a deed of its own.",
            "After publication, mutual exchanges may be agreed for %(days)s days, as a deed of its own.",
            days,
        )
        lines.append(Line(text % {"days": days}))
    return Section(_("How places are given"), lines)


PARTS: dict[str, Text] = {
    "ranks": gettext_lazy("Ranks"), "minimum_months": gettext_lazy("Least months at a station"),
    "maximum_months": gettext_lazy("Most months at a station"), "due_must_move": gettext_lazy("Who is due must move"),
    "seats": gettext_lazy("Seats"), "points": gettext_lazy("Points"), "statutory": gettext_lazy("Before points"),
    "exclusions": gettext_lazy("Exclusions"), "floors": gettext_lazy("Floors"), "ceilings": gettext_lazy("Ceilings"),
    "reserves": gettext_lazy("Reserves"), "defaults": gettext_lazy("Default list"), "release": gettext_lazy("Order of release"),
    "mechanism": gettext_lazy("Mechanism"), "shadow": gettext_lazy("Mechanism for comparison"),
    "exchange_days": gettext_lazy("Days for exchanges"),
}  # fmt: skip


def value(part: str, said: Any, ranks: Mapping[str, str], grounds: Mapping[str, str]) -> list[str]:
    """One part as lines of words, to be laid beside another version's."""
    if said is None:
        return [_("Says nothing")]
    if part == "points":
        return [f"{point(each)} ({each['basis']})" for each in said]
    if part == "floors":
        return [f"{floor(each)} ({each['basis']})" for each in said]
    if part == "ceilings":
        return [f"{ceiling(each)} ({each['basis']})" for each in said]
    if part == "reserves":
        return [f"{reserve(each)} ({each['basis']})" for each in said]
    tables: dict[str, Mapping[str, Text]] = {
        "mechanism": MECHANISMS, "shadow": MECHANISMS, "seats": SEATS, "defaults": DEFAULTS, "release": RELEASE,
        "exclusions": EXCLUSIONS, "statutory": grounds,
    }  # fmt: skip
    names = ranks if part == "ranks" else tables.get(part, {})
    many = said if isinstance(said, list) else [said]
    return [str(names.get(each, each)) for each in many] or [_("None")]
