"""Danger now, what stays between us, check yourself: for anyone, without signing in, without a trace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counselling.queries import help as queries
from counselling.self_check import QUESTIONNAIRES
from hcims.access.guards import opens_to_everyone
from hcims.access.nameless import nameless


@nameless
@opens_to_everyone
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """What to do in danger, how to put a firearm out of reach, and whom to call."""
    lines = queries.lines_on(request.today)  # type: ignore[attr-defined]
    context = {"lines": lines, "has_line_day_and_night": any(line.kind == "crisis" and line.is_24h for line in lines)}
    return render(request, "counselling/now.html", context)


@nameless
@opens_to_everyone
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """What a peer supporter and a counsellor say about confidentiality, and its exceptions."""
    return render(request, "counselling/words.html", {"all_words": queries.words_on(request.today)})  # type: ignore[attr-defined]


@nameless
@opens_to_everyone
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Questionnaires to put to oneself: scored on the phone, kept nowhere."""
    return render(request, "counselling/check.html", {"questionnaires": QUESTIONNAIRES})
