"""Why, and why not: the officer's own pages of what a round or an authority decided about him or her."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to_signed_in
from hcims.ui import notices
from transfers import reasons, words
from transfers.actions import recompute
from transfers.forms.appeals import STATES, TONES
from transfers.queries import appeals, why


@opens_to_signed_in
@require_GET
def results(request: Any) -> HttpResponse:
    """What rounds and authorities decided about the reader, and his or her appeals."""
    context = {
        "awards": why.own_awards(request.user),
        "decisions": [(each, words.STATES[each.state]) for each in why.own_decisions(request.user)],
        "appeals": [(each, STATES[each.state], TONES[each.state]) for each in appeals.own(request.user)],
    }
    return render(request, "transfers/results.html", context)


@opens_to_signed_in
@require_GET
def award(request: Any, ref: str) -> HttpResponse:
    """The answer to "why not me?" for every place asked for."""
    found = why.why(why.access_award(request.user, ref), on=request.today)
    may_appeal = found.appeal_by is not None and request.today <= found.appeal_by
    return render(request, "transfers/why.html", {"why": found, "may_appeal": may_appeal})


@opens_to_signed_in
@require_POST
def work_out(request: Any, ref: str) -> HttpResponse:
    """Asks what would have changed the result: a worker runs the round again."""
    found = why.access_award(request.user, ref)
    recompute.ask_changes(found, by=request.user, on=request.today, at=request.now)
    notices.done(request, _("The round is being run again for you. Look at this page in a few minutes."))
    return redirect("transfers:why", ref=ref)


@opens_to_signed_in
@require_GET
def decision(request: Any, ref: str) -> HttpResponse:
    """A decision outside rounds: what, why, on which law, who advised, who decided and who typed."""
    found = why.decision(why.access_decision(request.user, ref), on=request.today)
    reason = reasons.of(found.request.reason_code)
    context = {
        "found": found,
        "request_": found.request,
        "kind": words.KINDS[found.request.kind],
        "state": words.STATES[found.request.state],
        "tone": words.STATE_TONES[found.request.state],
        "reason": reason.text(get_language() or "en") if reason else "",
        "advice": [(each, words.GIVEN[each.verdict], words.VERDICT_TONES[each.verdict]) for each in found.advice],
        "stops": [(each, words.STOPS[each.code]) for each in found.stops],
        "may_appeal": found.appeal_by is not None and request.today <= found.appeal_by,
    }
    return render(request, "transfers/why_decision.html", context)
