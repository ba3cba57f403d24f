"""The closed list of reasons of a round in plain words, as an officer reads them on a phone, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from transfers.models import Award, Standing

ITEMS = {
    "tenure": _l("Time at your station"),
    "hardship": _l("Time served in hardship areas"),
    "waiting": _l("Rounds you went through without a place"),
    "spouse": _l("Spouse's county"),
    "schooling": _l("Children's schooling"),
    "dependant": _l("Health or disability of a dependant"),
    "near-retirement": _l("Near retirement"),
}
RULES = {
    "home-county": _l("it lies in your home county"),
    "under-minimum-tenure": _l("you have been at your station for less than the minimum"),
    "open-discipline": _l("a discipline case is open"),
    "retiring-soon": _l("you retire soon"),
    "skill": _l("the post asks for a skill that your record does not show as verified"),
}
TONES = {"assigned": "good", "direct_placement": "good"}


def item(code: str) -> str:
    """What a line of points is for."""
    return str(ITEMS.get(code, code.replace("-", " ").capitalize()))


def rule(code: str) -> str:
    """Why a rule closes a place to the officer."""
    return str(RULES.get(code, code.replace("-", " "))) if code else ""


def tone(code: str) -> str:
    """Good for a place given, otherwise neutral: a refusal is no fault of the officer."""
    return TONES.get(code, "off")


def reason(said: Mapping[str, Any]) -> str:
    """The reason for one place in a sentence. Shape: a choice of an explanation."""
    cutoff = (said["cutoff"] or {}).get("points")
    code = said["code"]
    if code == "outranked" and cutoff is not None:
        return _("The last officer who came in had %(cutoff)s points; you had %(own)s.") % {
            "cutoff": cutoff, "own": said["points"],
        }  # fmt: skip
    if code == "lottery":
        return _("You had as many points as the last officer who came in. The lottery decided between you.")
    if code == "not_eligible":
        return _("The rules close this place to you: %(rule)s.") % {"rule": rule(said.get("rule", ""))}
    return str(_REASONS.get(code, code))


_REASONS = {
    "assigned": _l("You got this place."),
    "direct_placement": _l("You had to move, and this was a free place that nobody else asked for."),
    "outranked": _l("Others who came in had more points."),
    "protected_incumbents_only": _l("Nobody new came in: those who hold the posts there kept them."),
    "floor_hold": _l("Your unit would have been left with too few officers, so you were held back."),
    "deferred_floor": _l(
        "You are due to move, but your unit would have been left with too few officers, so it was put off."
    ),
    "deferred_infeasible": _l("You are due to move, but no place was free for you, so you stay for now."),
    "no_post_of_rank": _l("There is no post of your rank and skill at this place."),
}


def outcome(award: Award) -> str:
    """What came of the round for the officer, in a sentence."""
    if award.is_varied:
        return _("The board changed what was computed, and gives this reason.")
    if award.to_unit is not None:
        if award.choice:
            return _("You move. It was number %(number)s on your list.") % {"number": award.choice}
        return _("You are due to move, and none of the places on your list had room. This one had.")
    if award.explanation.get("floor"):
        return _(
            "You stay at your station: you were held back so that your command keeps enough officers of your rank."
        )
    if award.participation.standing == Standing.DUE:
        return _("You are due to move, but no place could be found. You stay for now.")
    return _("You stay at your station: none of the places you asked for had room for you in this round.")


def release(by: str) -> str:
    """In which order a floor holds officers back."""
    if by == "points":
        return _("Volunteers are held back first, those with the fewest points before the others.")
    return _("Volunteers are held back first, those who came to the unit last before the others.")


def change(found: Mapping[str, Any]) -> str:
    """What would have given the place, from a computation."""
    kind, points = found["kind"], found["points"]
    if kind == "points":
        return ngettext(
            "With %(n)s more point, and everything else the same, you would have got it.",
            "With %(n)s more points, and everything else the same, you would have got it.",
            points,
        ) % {"n": points}
    if kind == "ticket":
        return _("With a lower ticket in the lottery you would have got it.")
    if kind == "floor":
        return _("More points would not have helped: the staffing of your unit decided.")
    return _("No number of points would have given it to you in this round.")
