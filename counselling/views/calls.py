"""Asking a supporter to call back, sealed on the asker's phone, and the supporter's own page of what waits."""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.lockout import address_of
from counselling.actions import calls as actions
from counselling.models.rules import WellbeingRuleCode
from counselling.queries import calls as queries
from counselling.queries import supporters
from counselling.queries.rules import number
from hcims.access.guards import opens_to, opens_to_everyone
from hcims.access.nameless import nameless
from hcims.access.permissions import Permission
from hcims.access.throttle import Throttle
from hcims.errors import NotFound, RuleBroken

throttle = Throttle()
SUPPORTER = opens_to(Permission.LOG_CONTACTS)


@csrf_exempt  # there is no cookie that could be misused
@nameless
@opens_to_everyone
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """GET gives the key to which a request is sealed; POST takes the sealed request. Neither leaves a line in a log."""
    on = request.today  # type: ignore[attr-defined]
    if not throttle.allows(address_of(request), second=time.monotonic()):
        return _silent(HttpResponse(status=429))
    try:
        supporter = queries.asked_for(ref, on=on)
    except NotFound:
        return _silent(HttpResponse(status=410))  # gone from the directory since the phone fetched it
    if request.method != "POST":
        return _silent(JsonResponse({"point": supporter.call_key}))
    try:
        actions.keep_request(supporter=supporter, sealed=request.body[: actions.LARGEST + 1], on=on)
    except RuleBroken:
        return _silent(HttpResponse(status=422))
    return _silent(HttpResponse(status=204))


def _silent(response: HttpResponse) -> HttpResponse:
    """An answer of which no log line is written: it would hold the moment of a request."""
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs answers from 400 on, once
    return response


@SUPPORTER
@never_cache
def calls(request: HttpRequest) -> HttpResponse:
    """What waits for this supporter, sealed; opened by the phone with its PIN."""
    on = request.today  # type: ignore[attr-defined]
    thing = supporters.own_profile(request.user, on=on)
    context = {
        "thing": thing,
        "waiting": queries.waiting_for(thing, on=on) if thing else [],
        "point": thing.call_key if thing else "",
        "tries": number(WellbeingRuleCode.PIN_TRIES, on=on),
        "until": actions.forgotten_from(on),
    }
    return render(request, "counselling/calls.html", context)


@SUPPORTER
@require_POST
def use_phone(request: HttpRequest) -> HttpResponse:
    """Takes the public key of this phone."""
    thing = _own(request)
    try:
        point = base64.b64decode(request.POST.get("point", ""), validate=True)
    except binascii.Error:
        point = b""
    actions.use_phone(supporter=thing, point=point, by=request.user, on=request.today)  # type: ignore[attr-defined]
    return redirect("counselling:calls")


@SUPPORTER
@require_POST
def stop_calls(request: HttpRequest) -> HttpResponse:
    """Nobody can ask any more; what waits is deleted."""
    actions.stop_requests(supporter=_own(request), by=request.user)
    return redirect("counselling:calls")


@SUPPORTER
@require_POST
def answered(request: HttpRequest, key: int) -> HttpResponse:
    """Deletes a request that was answered."""
    actions.delete_request(supporter=_own(request), key=key, by=request.user)
    return redirect("counselling:calls")


def _own(request: HttpRequest) -> Any:
    thing = supporters.own_profile(request.user, on=request.today)  # type: ignore[attr-defined]
    if thing is None:
        raise RuleBroken(_("You are not on the register of supporters."))
    return thing
