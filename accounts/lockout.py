"""What django-axes is told: whose failure it was, from where, how many are allowed, and what a locked-out person reads."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import logins
from accounts.models import SignInRuleCode
from accounts.queries import rules

LONGEST_NAME = 120


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The sign-in name as it is stored, so that "007 123" and "007123" are one and the same."""
    given = credentials or {}
    text = given.get("username") or given.get("login") or request.POST.get("login") or ""
    return logins.normalise(str(text))[:LONGEST_NAME]


def address_of(request: HttpRequest) -> str:
    """The reader's address. Behind proxies of ours it is what the outermost of them saw, never what the reader claims."""
    direct = str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - a placeholder, nothing is bound
    claimed = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    if not settings.PROXY_COUNT or len(claimed) < settings.PROXY_COUNT:
        return direct
    return claimed[-settings.PROXY_COUNT]


def day_of(request: HttpRequest) -> date:
    """The day of the attempt, as axes has noted its moment."""
    return timezone.localdate(request.axes_attempt_time)  # type: ignore[attr-defined]


def failures_allowed(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    """How many failures by one name from one address are too many."""
    return rules.number(SignInRuleCode.LOCK_FAILURES, on=day_of(request))


def cool_off(request: HttpRequest) -> timedelta:
    """How long a lock-out lasts."""
    return timedelta(minutes=rules.number(SignInRuleCode.LOCK_MINUTES, on=day_of(request)))


def is_locked(request: HttpRequest, login: str) -> bool:
    """Whether this name may not be tried from this address at present."""
    return not AxesProxyHandler.is_allowed(request, {"login": login})


def note_failure(request: HttpRequest, login: str) -> None:
    """This function will count one failure of this name from this address, as a wrong password is counted."""
    user_login_failed.send(sender=__name__, credentials={"username": login}, request=request)


def lock(request: HttpRequest) -> None:
    """This function will have the request answered with the page of a locked-out person."""
    request.axes_locked_out = True  # type: ignore[attr-defined]


def page(request: HttpRequest, response: Any = None, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The page of a locked-out person: the same whether or not there is such an account."""
    minutes = int(cool_off(request).total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
