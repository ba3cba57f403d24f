"""The sessions of one account: what a list of them shows, and ending them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from accounts.models import User


@dataclass(frozen=True)
class Sitting:
    """One place where somebody is signed in."""

    key: str
    device: str
    address: str
    since: datetime
    last_used: datetime
    is_this_one: bool


def sittings_of(user: User, *, at: datetime, this_key: str | None) -> list[Sitting]:
    """Where the user is signed in now, last used first, in a constant number of queries."""
    rows = list(UserSession.objects.filter(user=user))
    alive = set(
        Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    found = [
        Sitting(
            row.session_key,
            device(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == this_key,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda each: (each.is_this_one, each.last_used), reverse=True)


def end_sessions(user: User, *, but: str | None = None) -> int:
    """This function will sign the account out everywhere, but for one session if named; it gives how many ended.

    Called inside an action.
    """
    rows = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    rows.delete()
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
           ("CrOS", "Chromebook"), ("Linux", "Linux")]  # fmt: skip
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari")]  # fmt: skip


def device(user_agent: str) -> str:
    """A browser's long description in two words: "Chrome, Android". Empty when it says nothing we know."""
    words = [
        next((name for mark, name in marks if re.search(rf"\b{mark}", user_agent)), "") for marks in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in words if word)


def rotate(request: HttpRequest) -> None:
    """This function will give the session a new key: a key that was known before more was proved opens nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    moved(before, request.session.session_key)


def moved(before: str | None, after: str | None) -> None:
    """This function will keep the list of sessions in step with a session that got a new key."""
    UserSession.objects.filter(session_key=before or "").update(session_key=after)


def touch(key: str, *, at: datetime, address: str) -> Any:
    """This function will note that a session was used; the list shows it."""
    return UserSession.objects.filter(session_key=key).update(last_seen_at=at, ip=address)


def forget(key: str | None) -> None:
    """This function will take a session that has ended off the list."""
    UserSession.objects.filter(session_key=key or "").delete()
