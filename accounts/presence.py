"""How long a sitting lasts: it ends after some time without a request, and after a working day in any case.

The numbers are read when somebody signs in and, while he or she is at work, now and then; they travel in the session, so
that a request costs no statement for them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from accounts import lockout, sessions
from accounts.models import SignInRuleCode
from accounts.queries import rules
from accounts.second_factor import has_compelling_role

KEY = "sitting"
PARTS = 10  # the moment of last use is written down this often within the time allowed, not at each request


def begin(request: HttpRequest, user: Any) -> None:
    """This function will start the clock of a sitting."""
    now = request.now.timestamp()  # type: ignore[attr-defined]
    hours = rules.number(SignInRuleCode.SITTING_HOURS, on=request.today)  # type: ignore[attr-defined]
    request.session[KEY] = {
        "seen": now,
        "until": now + hours * 3600,
        "idle": idle_minutes(user, on=request.today),  # type: ignore[attr-defined]
    }


def idle_minutes(user: Any, *, on: date) -> int:
    """After how many minutes without a request this person is signed out."""
    code = SignInRuleCode.IDLE_WITH_ROLE if has_compelling_role(user, on) else SignInRuleCode.IDLE
    return rules.number(code, on=on)


def is_over(request: HttpRequest) -> bool:
    """Whether the sitting has been left alone too long, or has lasted a day."""
    sitting = request.session.get(KEY)
    if sitting is None:
        return False
    now = request.now.timestamp()  # type: ignore[attr-defined]
    return bool(now - sitting["seen"] > sitting["idle"] * 60 or now > sitting["until"])


def note(request: HttpRequest) -> None:
    """This function will note that the sitting is in use, if that was not written down lately."""
    if KEY not in request.session:
        begin(request, request.user)
        return
    sitting = request.session[KEY]
    now = request.now.timestamp()  # type: ignore[attr-defined]
    if now - sitting["seen"] < sitting["idle"] * 60 / PARTS:
        return
    idle = idle_minutes(request.user, on=request.today)  # type: ignore[attr-defined]
    request.session[KEY] = {**sitting, "seen": now, "idle": idle}
    key = request.session.session_key or ""
    sessions.touch(key, at=request.now, address=lockout.address_of(request))  # type: ignore[attr-defined]
