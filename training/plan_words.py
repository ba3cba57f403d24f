"""Why a plan calls whom, in a sentence; and the published order as its page shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from training.models import PlannedCall

ORDER = [
    _l("A ward counts once: whoever serves there and is trained covers it. Wards where somebody is being trained are left out."),
    _l("The next ward is one of the county in which the smallest share of wards is covered, the choices so far counted."),
    _l("In that county it is the ward with the most officers; then the one with the lower code."),
    _l("Seats kept for a region or a sex are used first. An earlier choice moves to another seat where that makes room; it is "
       "never dropped."),
    _l("In the ward, of those who may enter and fit the seat: put forward already, then shortest at the unit, then by service "
       "number."),
]  # fmt: skip


def why_ward(call: PlannedCall) -> str:
    """What chose the ward."""
    facts = call.facts
    if call.reason == "put-in":
        reached = _("Nobody is trained in this ward.") if facts.get("reaches") else _("The ward is covered already.")
        return _("Put in by a person.") + " " + reached
    county = _("%(covered)s of %(of)s wards of the county covered, the smallest share.") % {
        "covered": facts["covered"], "of": facts["of"],
    }  # fmt: skip
    number = ngettext("%(number)s officer serves there", "%(number)s officers serve there", facts["officers"]) % {
        "number": facts["officers"]
    }
    which = {
        "officers": _("the most of its wards left"),
        "code": _("as many as in another; the lower code"),
        "county": _("the only ward left"),
    }[call.reason]
    return f"{county} {number}: {which}."


def why_officer(call: PlannedCall) -> str:
    """What chose the officer in the ward."""
    facts: dict[str, Any] = call.facts
    if call.reason == "put-in":
        return ""
    if facts["who"] == "only":
        return _("The only one there who may enter and fits the seat.")
    if facts["who"] == "put-forward":
        return _("Put forward already.")
    if facts["who"] == "newest":
        days = facts["days"]
        words = ngettext("%(days)s day at the unit", "%(days)s days at the unit", days or 0) % {"days": days}
        return _("Shortest there: %(words)s.") % {"words": words}
    return _("As long there as another; the lower service number.")


def seat(call: PlannedCall, regions: dict[int, str]) -> str:
    """Which seat it takes."""
    facts = call.facts
    sex = {"F": _("women"), "M": _("men")}.get(facts.get("sex") or "", "")
    return ", ".join(filter(None, [regions.get(facts.get("region") or 0, ""), sex])) or _("open to all")
