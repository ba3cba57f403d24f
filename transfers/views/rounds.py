"""Rounds: the list, and one of them as every officer may read it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to_signed_in
from hcims.access.permissions import Permission as P
from transfers import round_words, signing
from transfers.policies.rounds import holds
from transfers.queries import feasible
from transfers.queries import rounds as queries


@opens_to_signed_in
@require_GET
def rounds(request: Any) -> HttpResponse:
    """All rounds, the newest first."""
    on = request.today
    found = list(queries.rounds_visible_to(request.user, on=on))
    context = {
        "rounds": [
            (each, round_words.STATES[each.state], round_words.TONES[each.state], round_words.next_day(each)) for each in found
        ],
        "may_prepare": holds(request.user, P.MANAGE_ROUNDS, on=on),
        "has_books": queries.books_in_force().exists(),
    }  # fmt: skip
    return render(request, "transfers/rounds.html", context)


@opens_to_signed_in
@require_GET
def round(request: Any, code: str) -> HttpResponse:
    """One round: calendar, rules, lottery, proof, figures; and for those entitled what is to be done next."""
    on = request.today
    found = queries.access_round(request.user, code, on=on)
    run = queries.official_run(found, request.user, on=on)
    manages = holds(request.user, P.MANAGE_ROUNDS, on=on)
    context = {
        "round": found,
        "state": round_words.STATES[found.state],
        "tone": round_words.TONES[found.state],
        "pen": round_words.PENS[found.state],
        "steps": [str(each) for each in round_words.STEPS],
        "current": round_words.step_of(found),
        "calendar": round_words.calendar(found, on),
        "deeds": round_words.deeds(found, request.user, on=on),
        "commitments": list(found.commitments.all()),
        "counts": queries.counts_of(found),
        "by_rank": queries.by_rank(found) if found.frozen_at else [],
        "feasibility": round_words.feasibility(found.feasibility),
        "reads_proof": feasible.may_read(request.user, found, on=on),
        "figures": round_words.figures(run.summary or {}) if run else [],
        "jobs": queries.jobs_of(found) if manages or holds(request.user, P.SIGN_ROUNDS, on=on) else [],
        "takes_part": queries.participation_of(request.user, found) is not None,
        "is_officer": getattr(request.user, "kind", "") != "outside",
        "manages": manages,
        "may_see_sealed": request.user.can(P.SEE_TRANSFER_PATTERNS, on=on),
        "is_out": found.state in queries.OUT,
        "public_key": signing.public_key(settings.ROUND_SIGNING_KEY),
        "crumbs": [(_("Rounds of transfers"), reverse("transfers:rounds"))],
    }
    return render(request, "transfers/round.html", context)
