"""What a page asks of the database."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements_of(client: Any, address: str) -> list[str]:
    """The statements of one GET that answers 200, without the savepoints: a test's own transaction makes them of what
    is one transaction, without statements of its own, in the running product."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
