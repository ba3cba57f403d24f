"""Slows down whoever tries codes one after the other. A code cannot be guessed anyway; this spares the server."""

from __future__ import annotations

from datetime import datetime

from axes.helpers import get_client_ip_address
from django.http import HttpRequest

from hcims.letters.actions import count_check

PER_MINUTE = 30  # a station is one address: many people may check a paper from it


def too_many(request: HttpRequest, *, at: datetime) -> bool:
    """This function will count one more check from this address, and say whether that is too many in this minute."""
    return count_check(address=str(get_client_ip_address(request)), at=at) > PER_MINUTE
