"""Counts what is sent to each reader, so that the account page can say how much data it cost.

The counter is kept in the process and written down once a minute in one statement: a page costs nothing more. What is
lost is at most a minute's count of a worker that was killed, and the page says "about".
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse

HEADERS = 600  # bytes of a typical set of our headers, with TLS records around them
ADD = """INSERT INTO accounts_datause (user_id, day, sent) VALUES (%s, %s, %s)
         ON CONFLICT (user_id, day) DO UPDATE SET sent = accounts_datause.sent + excluded.sent"""

_lock = threading.Lock()
_waiting: Counter[tuple[int, date]] = Counter()


def size_of(response: HttpResponse) -> int:
    """Bytes that go over the line, about: the content as sent, and its headers."""
    if response.streaming:
        return int(response.headers.get("Content-Length") or 0) + HEADERS
    return len(response.content) + HEADERS


def add(user_id: int, day: date, sent: int) -> None:
    """This function will count bytes sent to a reader."""
    with _lock:
        _waiting[user_id, day] += sent


def flush() -> int:
    """This function will write down what has been counted, and say for how many readers.

    While somebody else holds the database it waits at most half a second, and tries again a minute later.
    """
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
    if not taken:
        return 0
    rows = [(user, day, sent) for (user, day), sent in sorted(taken.items())]
    try:
        with _short_patience(), transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(ADD, rows)
    except DatabaseError:
        with _lock:
            _waiting.update(taken)
        return 0
    return len(rows)


class _short_patience:
    """On SQLite the usual wait is three minutes, made for imports; a counter is not worth it."""

    def __enter__(self) -> None:
        self._before: Any = None
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout")
                self._before = cursor.fetchone()[0]
                cursor.execute("PRAGMA busy_timeout = 500")

    def __exit__(self, *error: object) -> None:
        if self._before is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(self._before)}")
