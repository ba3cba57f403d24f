"""What the rules say about a request before it is sent: line by line, each with its source; nothing of it is a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deployment.queries.tenure import limits, months_between
from organisation.models import Unit
from personnel.queries import retirement_of, retirement_rules
from transfers import own_words, stops
from transfers.models import RuleCode, TransferKind, TransferRequest
from transfers.queries import chain, rules
from transfers.queries.stop_facts import facts_of, may_choose_county, station_since

OWN_WISH = "Transfers and Deployments Regulations, LN 89/2015"
HOME_AREA = "Posting policy: not in the home area unless necessary"


@dataclass(frozen=True)
class Said:
    """One thing that a rule says: good, to know (info), or in the way (bad), with where it stands."""

    tone: str
    text: str
    source: str


def said_of(request: TransferRequest, *, on: date) -> list[Said]:
    """What the rules say about the officer and the places named, what is in the way first."""
    found = [*_stops(request, on), *_home(request, on), *_papers(request)]
    found += [*_tenure(request, on), *_retirement(request, on), *_way(request, on)]
    if request.kind in (TransferKind.REQUEST, TransferKind.COMPASSIONATE) and not request.is_protected:
        found.append(Said("info", _("A move you ask for carries no transfer allowance."), OWN_WISH))
    order = {"bad": 0, "wait": 1, "good": 2, "info": 3}
    return sorted(found, key=lambda each: order[each.tone])


def _stops(request: TransferRequest, on: date) -> list[Said]:
    facts = facts_of(request, on=on)
    found = [
        Said("bad", f"{own_words.STOPS.get(each.code, each.message)} {_lifted(each)}".strip(), each.source)
        for each in stops.found(facts)
        if each.code != "home-area"  # said place by place
    ]
    if (
        not request.is_protected
        and facts.moves_maximum
        and "too-many" not in {each.code for each in stops.found(facts)}
    ):
        text = ngettext(
            "You were moved %(n)s time within %(months)s months; the rule looks at more than %(most)s.",
            "You were moved %(n)s times within %(months)s months; the rule looks at more than %(most)s.",
            facts.moves,
        ) % {"n": facts.moves, "months": facts.moves_months, "most": facts.moves_maximum.value}
        found.append(Said("info", text, facts.moves_maximum.source))
    return found


def _lifted(stop: Any) -> str:
    if not stop.lifted_by:
        return ""
    who = own_words.SECOND_AUTHORITY if stop.lifted_by == stops.SECOND_AUTHORITY else stop.lifted_by
    return _("It may be lifted by %(who)s, with reasons.") % {"who": who}


def _home(request: TransferRequest, on: date) -> list[Said]:
    officer = request.officer
    home = officer.home_county_id
    places: list[Unit] = [each.unit for each in request.places.select_related("unit")]
    names = [each.name for each in places if home is not None and each.county_id == home]
    if not names or request.is_protected:
        return []
    if may_choose_county(officer, rules.values(on).get(RuleCode.RETIREMENT_CHOICE), on):
        return []
    text = _("In your home county: %(places)s. Nobody is posted there unless it is necessary.") % {
        "places": ", ".join(names)
    }
    return [Said("bad", text, HOME_AREA)]


def _papers(request: TransferRequest) -> list[Said]:
    found = []
    for each in request.grounds.select_related("ground"):
        if each.ground.needs_evidence and not each.evidence:
            text = _("No paper is attached for “%(ground)s”: HR cannot confirm it without one.") % {
                "ground": each.ground
            }
            found.append(Said("wait", text, each.ground.legal_basis))
    return found


def _tenure(request: TransferRequest, on: date) -> list[Said]:
    if request.is_protected:
        return []
    since, found = station_since(request.officer), limits(on)
    limit = found.of(request.officer.unit_id)
    if since is None:
        text = _("Since when you are at your station is not on record. Ask for a correction: your time there counts.")
        return [Said("wait", text, "Service Standing Orders, chapter 72")]
    months = months_between(since, on)
    text = ngettext(
        "You have been at your station for %(n)s month.", "You have been at your station for %(n)s months.", months
    ) % {"n": months}
    if limit and months >= limit:
        text += " " + _("That is longer than the rule allows (%(limit)s months): you are due to move.") % {
            "limit": limit
        }
    return [Said("good" if limit and months >= limit else "info", text, "Tenure policy")]


def _retirement(request: TransferRequest, on: date) -> list[Said]:
    choice = rules.values(on).get(RuleCode.RETIREMENT_CHOICE)
    retires = retirement_of(request.officer, retirement_rules())
    if choice is None or retires is None or not may_choose_county(request.officer, choice, on):
        return []
    text = _("You retire within %(months)s months: you may choose the county.") % {"months": choice.value}
    return [Said("good", text, choice.legal_basis)]


def _way(request: TransferRequest, on: date) -> list[Said]:
    """Whom it goes to first; for an ordinary request while the lists of a round are open, the round."""
    if pool := chain.round_for(request, on=on):
        text = _("It is weighed in %(round)s. You may change it until %(day)s.") % {
            "round": pool.title, "day": pool.closes_on.strftime("%d.%m.%Y"),
        }  # fmt: skip
        return [Said("info", text, _("Rule book of the round"))]
    step = chain.next_step(request, on=on)
    if step is None:
        return [
            Said("bad", _("Nobody in force may decide on it now. HR enters the chain of approval."), chain_source())
        ]
    return [Said("info", _("It goes to: %(authority)s, %(unit)s.") % {
        "authority": step[0].authority, "unit": step[1].name}, step[0].legal_basis)]  # fmt: skip


def chain_source() -> str:
    """What the chain of approval is called on a page."""
    return _("Chain of approval in force")
