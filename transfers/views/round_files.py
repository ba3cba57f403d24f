"""Files of a published round: the public page and certificate for everyone, the sealed tier, each officer's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to, opens_to_everyone, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.letters import throttle
from transfers import round_words, signing
from transfers.actions import round_work
from transfers.queries import round_files, round_results
from transfers.queries import rounds as queries

PER_PAGE = 100


@opens_to_everyone
@require_GET
def public(request: Any, code: str) -> HttpResponse:
    """What everyone may know of a published round: rules, lottery, figures, moves under references by county and rank."""
    if throttle.too_many(request, at=request.now):
        return render(request, "letters/too_many.html", status=429)
    found = queries.published_round(code)
    run = queries.result_of(found)
    page = Paginator(round_results.moves(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "certificate": queries.certificate_of(found),
        "commitments": list(found.commitments.all()),
        "figures": round_words.figures(run.summary or {}) if run else [],
        "public_key": signing.public_key(settings.ROUND_SIGNING_KEY),
        "page": page,
        "moves": round_results.without_places(page.object_list, on=request.today),
    }
    return render(request, "transfers/round_public.html", context)


@opens_to_everyone
@require_GET
def certificate(request: Any, code: str) -> HttpResponse:
    """The public tier."""
    if throttle.too_many(request, at=request.now):
        return render(request, "letters/too_many.html", status=429)
    found = queries.published_round(code)
    return _file(round_files.public(queries.certificate_of(found)), f"{code}-public.jsonl")


@opens_to(P.SEE_TRANSFER_PATTERNS)
@require_GET
def sealed(request: Any, code: str) -> HttpResponse:
    """The sealed tier, for the Commission and auditors; that it was taken away stands in the trail."""
    kept = queries.certificate_of(queries.access_round(request.user, code, on=request.today))
    round_work.record_sealed_reading(certificate=kept, by=request.user, at=request.now)
    return _file(round_files.whole(kept), f"{code}-sealed.jsonl")


@opens_to_signed_in
@require_GET
def leaf(request: Any, code: str) -> HttpResponse:
    """The officer's own file. Errors: NotFound for who took no part, and before publication."""
    found = queries.access_round(request.user, code, on=request.today)
    taken = queries.participation_of(request.user, found)
    if taken is None:
        raise NotFound(code)
    return _file(
        round_files.own_leaf(queries.certificate_of(found), taken.pseudonym), f"{code}-{taken.pseudonym}.jsonl"
    )


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/jsonl")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
