"""The roll on a phone: a page that opens without a connection, the list it is given, and the marks it sends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import conditional_page, require_POST, require_safe

from hcims.access.guards import opens_to_everyone, opens_to_signed_in
from hcims.access.nameless import nameless
from hcims.ui.offline import kept, service_worker
from training.actions.roll import Answer, Mark, take_roll
from training.policies.roll import last_day, sentence
from training.queries import roll as queries

MOST = 2_000  # marks in one sending


@conditional_page
@nameless
@opens_to_everyone
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The page itself: the same for everybody, because the phone keeps it. The list comes apart from it."""
    return kept(render(request, "training/roll.html"))


@nameless
@opens_to_everyone
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this page alone."""
    return service_worker(request, name="roll", pages=["training:roll"], files=("built/w.css", "built/roll.js"))


@opens_to_signed_in
@require_safe
def listed(request: Any) -> HttpResponse:
    """The cohorts whose roll the reader takes, and the token without which nothing is sent."""
    books = queries.books_for(request.user, on=request.today)
    content = {
        "owner": request.user.ref, "token": get_token(request), "today": request.today.isoformat(),
        "cohorts": [_book(each) for each in books],
    }  # fmt: skip
    response = JsonResponse(content)
    response.headers["Cache-Control"] = "no-store"
    return response


def _book(book: queries.Book) -> dict[str, Any]:
    refs = {each.pk: each.ref for each in book.trainees}
    return {
        "ref": book.cohort.ref, "title": book.cohort.title, "course": str(book.cohort.version.course),
        "unit": book.cohort.unit.name,
        "people": [
            {"ref": each.ref, "number": each.officer.service_number, "name": each.officer.full_name,
             "rank": each.officer.rank.code if each.officer.rank else "",
             "left": each.left_on.isoformat() if each.left_on else ""}
            for each in book.trainees
        ],
        "meetings": [
            {"ref": roll.meeting.ref, "number": roll.meeting.number, "on": roll.meeting.on.isoformat(),
             "until": last_day(roll.meeting, book.days_late).isoformat(),
             "title": roll.meeting.title or str(roll.meeting.part or ""),
             "marks": {refs[pk]: [mark.present, mark.taken_at.isoformat()] for pk, mark in roll.marks.items() if pk in refs}}
            for roll in book.rolls
        ],
    }  # fmt: skip


@opens_to_signed_in
@require_POST
def marks(request: Any) -> HttpResponse:
    """Takes what the phone sends; every mark is answered by itself. What cannot be read is refused whole, with what to mend."""
    try:
        given = [_mark(each) for each in json.loads(request.body)["marks"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "Send {marks: [{meeting, trainee, present, at}]}, at as a moment."}, status=400)
    if len(given) > MOST:
        return JsonResponse({"error": f"At most {MOST} marks at a time."}, status=413)
    answers = take_roll(given, by=request.user, at=request.now)
    return JsonResponse({"answers": [_answer(each) for each in answers]})


def _mark(given: dict[str, Any]) -> Mark:
    """One mark as sent. Errors: ValueError, KeyError, TypeError for what is none."""
    at = parse_datetime(given["at"])
    if at is None or not isinstance(given["present"], bool):
        raise ValueError(given)
    moment: datetime = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Mark(str(given["meeting"]), str(given["trainee"]), given["present"], moment)


def _answer(answer: Answer) -> dict[str, Any]:
    taken = answer.said in ("kept", "same", "older")
    return {
        "meeting": answer.mark.meeting, "trainee": answer.mark.trainee, "said": answer.said, "stands": answer.stands,
        "why": "" if taken else sentence(answer.said),
    }  # fmt: skip
