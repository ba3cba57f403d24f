"""The officer's own page in a round: points before the freeze, pseudonym and what came of it afterwards. A phone's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to_signed_in
from hcims.errors import NotFound
from transfers import round_words, rulebook_words
from transfers.queries import catalogue, my_round
from transfers.queries import rounds as queries
from transfers.queries.redress import counted_in
from transfers.rulebook import counts_upheld_appeals, read

BEFORE = ("draft", "announced", "open", "claims")


@opens_to_signed_in
@require_GET
def mine(request: Any, code: str) -> HttpResponse:
    """Nobody but the officer reads it. Errors: NotFound for a reader who is no officer."""
    on = request.today
    found = queries.access_round(request.user, code, on=on)
    officer = getattr(request.user, "officer", None)
    if officer is None or officer.rank_id is None:
        raise NotFound(code)
    context = {
        "round": found,
        "state": round_words.STATES[found.state],
        "tone": round_words.TONES[found.state],
        "may_correct": found.state in BEFORE and on <= found.claims_until,
        "in_round": found.ranks.filter(pk=officer.rank_id).exists(),
        "crumbs": [
            (_("Rounds of transfers"), reverse("transfers:rounds")),
            (found.title, reverse("transfers:round", args=[code])),
        ],
    }  # fmt: skip
    if found.state in BEFORE:
        context |= _before(officer, found, on)
    else:
        context |= _after(request.user, officer, found)
    return render(request, "transfers/my_round.html", context)


def _before(officer: Any, round: Any, on: Any) -> dict[str, Any]:
    standing = my_round.standing_of(officer, round, on=on)
    names = catalogue.county_names()
    return {
        "before": True,
        "standing": standing,
        "first": catalogue.ground_names(standing.first),
        "counts_priority": counts_upheld_appeals(read(round.rule_book.content)),
        "left_out": rulebook_words.LEFT_OUT.get(standing.left_out, standing.left_out),
        "items": [
            (rulebook_words.ITEMS.get(each.rule.code, each.rule.code), each, [names.get(one, one) for one in each.counties],
             rulebook_words.point({**vars_of(each.rule)}))
            for each in standing.items
        ],
    }  # fmt: skip


def vars_of(rule: Any) -> dict[str, Any]:
    """A rule of points by the names of its parts."""
    return {name: getattr(rule, name) for name in rule.__slots__}


def _after(user: Any, officer: Any, round: Any) -> dict[str, Any]:
    taken = queries.participation_of(user, round)
    if taken is None:
        request = my_round.request_of(officer)
        reason = request.reason_code if request and request.round_id is None else ""
        return {"taken": None, "left_out": rulebook_words.LEFT_OUT.get(reason, "")}
    award = queries.award_of(taken)
    return {
        "taken": taken,
        "award": award,
        "had_priority": counted_in(round, officer),
        "items": [(rulebook_words.ITEMS.get(each["code"], each["code"]), each) for each in taken.items],
        "why_url": reverse("transfers:why", args=[award.ref]) if award else "",
    }
