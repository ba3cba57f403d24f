"""Slows down whoever tries codes one after the other. A code cannot be guessed anyway; this spares the server."""

from __future__ import annotations

import hashlib
from datetime import datetime

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest

PER_MINUTE = 30  # a station is one address: many people may check a paper from it


def too_many(request: HttpRequest, *, at: datetime) -> bool:
    """This function will count one more check from this address, and say whether that is too many in this minute.

    Counted in each server process on its own.
    """
    address = hashlib.sha256(str(get_client_ip_address(request)).encode()).hexdigest()[:16]
    key = f"letters-check-{address}-{at:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    return int(cache.incr(key)) > PER_MINUTE
