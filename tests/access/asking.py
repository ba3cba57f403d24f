"""Asks for an address as somebody, and makes answers comparable."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

METHODS = ("GET", "POST")
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|nonce=|"X-CSRFToken": ?)"[^"]+"')


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """The answer; whatever the request wrote is undone, so that the next one finds the same world."""
    with transaction.atomic():
        answer: Any = client.generic(method, address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def queries_of(client: Client, address: str) -> tuple[HttpResponse, list[str]]:
    """The answer to a GET, and the statements it cost with their values taken out."""
    with CaptureQueriesContext(connection) as captured:
        answer = ask(client, "GET", address)
    return answer, [re.sub(r"'[^']*'|\b\d+\b", "?", query["sql"]) for query in captured.captured_queries]


def comparable(answer: Any, address: str) -> tuple[int, bytes, str]:
    """Status, bytes and destination, without tokens and without the address asked for."""
    if answer.streaming:
        return answer.status_code, b"(a file)", ""
    content = TOKEN.sub(rb'\1"-"', answer.content).replace(address.encode(), b"(address)")
    return answer.status_code, content, answer.headers.get("Location", "").replace(address, "(address)")
