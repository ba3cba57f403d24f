"""Asks for an address as somebody, and makes answers comparable."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.signing_in import client_of

METHODS = ("GET", "POST")
NOWHERE = "/there-is-no-such-page/"
# The minute of the page, in its head for paper and in its foot: it may pass between two answers.
MINUTE = re.compile(rb"\d{1,2} \w{3,9} \d{4}, \d{2}:\d{2}(?=</dd></div>| \(Nairobi\))")
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|nonce=|"X-CSRFToken": ?)"[^"]+"')


class Reader:
    """Somebody at the product, signed in once; what his or her requests write is undone."""

    def __init__(self, user: User | None, *, second_factor: bool = True) -> None:
        self.client = client_of(user, second_factor=second_factor)
        self._cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        self._missing: dict[str, Any] = {}

    def ask(self, method: str, address: str) -> Any:
        """The answer; the next request finds the same world, and the same reader."""
        self.client.cookies.clear()
        self.client.cookies.load(self._cookies)
        with transaction.atomic():
            answer: Any = self.client.generic(method, address)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer

    def is_refused_like_a_missing_page(self, method: str, address: str) -> bool:
        """Whether the answer is, byte for byte, that of an address that does not exist."""
        answer = comparable(self.ask(method, address), address)
        if answer != self._missing.get(method):  # asked anew: what the test has made may stand in the page's head
            missing = self.ask(method, NOWHERE)
            assert missing.status_code == 404
            self._missing[method] = comparable(missing, NOWHERE)
        return answer == self._missing[method]

    def traces(self, method: str, address: str) -> tuple[Any, list[str], list[Any]]:
        """All that an answer could be told apart by: itself, the statements it cost, the lines it left in the log."""
        with CaptureQueriesContext(connection) as captured, _listening() as records:
            answer = self.ask(method, address)
        asked = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
        statements = [re.sub(r"'[^']*'|\b\d+\b", "?", statement) for statement in asked]
        lines = [(record.name, record.levelno, record.msg) for record in records]
        return comparable(answer, address), statements, lines


def comparable(answer: Any, address: str) -> tuple[int, bytes, str]:
    """Status, bytes and destination, without tokens and without the address asked for."""
    if answer.streaming:
        return answer.status_code, b"(a file)", ""
    whole = re.compile(re.escape(address.encode()) + rb"(?![\w-])")  # and not the beginning of a longer one in the menu
    content = whole.sub(b"(address)", MINUTE.sub(b"-", TOKEN.sub(rb'\1"-"', answer.content)))
    return answer.status_code, content, answer.headers.get("Location", "").replace(address, "(address)")


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    records: list[logging.LogRecord] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, listener = logging.getLogger("hcims"), Listener()
    level = logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    try:
        yield records
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
