"""The page on which trainees answer without signing in: a code, the questions, thank you. Nobody is known here."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.lockout import address_of
from hcims.access.guards import opens_to_everyone
from hcims.access.nameless import nameless
from hcims.access.throttle import Throttle
from hcims.errors import RuleBroken
from training.actions import answers as actions
from training.queries import answers as queries

FROM_ONE = 300  # a minute: a whole class stands behind one address of a college, and asks for two pages each
throttle = Throttle(FROM_ONE)


@csrf_exempt  # there is no cookie that could be misused
@nameless
@opens_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """First the code, then its questions, then thank you. Nothing is kept but counters."""
    if request.method != "POST":
        return _silent(render(request, "training/say.html", {}))
    if not throttle.allows(address_of(request), second=time.monotonic()):
        return _shown(request, 429, error=_("Too many at once from this place. Try again in a minute."))
    on = request.today  # type: ignore[attr-defined]
    code = request.POST.get("code", "")[:40]
    found = queries.round_of_code(code, on=on)
    if found is None:
        error = _("This code cannot be used: it was used already, the last day is over, or it was mistyped.")
        return _shown(request, 422, error=error, code=code)
    thing = found[1]
    questions = queries.questions_of(thing)
    if "sent" not in request.POST:
        return _questions(request, 200, thing, questions, code)
    try:
        actions.say(code=code, answers=_answers(request, questions), on=on)
    except RuleBroken as refusal:
        return _questions(request, 422, thing, questions, code, error=refusal.message)
    return _shown(request, 200, done=True)


def _answers(request: HttpRequest, questions: list[tuple[str, Any]]) -> dict[str, int]:
    given = {name: request.POST.get(name, "") for name, _text in questions}
    return {name: int(value) for name, value in given.items() if value in ("0", "1", "2", "3", "4", "5")}


def _questions(
    request: HttpRequest, status: int, thing: Any, questions: list[tuple[str, Any]], code: str, error: str = ""
) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name, _text in questions}
    of_parts = not thing.survey_id
    options = (
        [("1", _("Yes")), ("0", _("No")), ("2", _("I was not there, or cannot say"))]
        if of_parts
        else [(str(value), str(value)) for value in queries.OF_QUESTIONS]
    )
    return _shown(
        request, status, code=code, error=error, of_parts=of_parts, survey=thing.survey, options=options,
        questions=[(name, text, given[name], bool(error) and not given[name]) for name, text in questions],
    )  # fmt: skip


def _shown(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return _silent(render(request, "training/say.html", context, status=status))


def _silent(response: HttpResponse) -> HttpResponse:
    """An answer that no cache keeps and of which no log line is written: it would hold the moment."""
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs answers from 400 on, once
    return response
