"""The browser page that looks at every document: it finds what it is there to find."""

from __future__ import annotations

from typing import Any

import pytest

from tests import browser

pytestmark = pytest.mark.browser
GOOD = """<!doctype html><html lang="en"><head><title>Good</title></head>
<body><main><h1>Good</h1><a href="/good">on</a></main></body></html>"""
NO_ALTERNATIVE = GOOD.replace("<h1>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><h1>')
THIRD_PARTY = GOOD.replace("<h1>", '<img alt="a map" src="https://tiles.example.org/1.png"><h1>')


def shown(live_server: Any, context: Any, *documents: str) -> None:
    """Visit the documents one after another in a checked page."""
    bodies = iter(documents)
    # The last route asked is the first registered: the page's own watch sees each request before this answers it.
    context.route("**/document-*", lambda route: route.fulfill(body=next(bodies), content_type="text/html"))
    with browser.checked_page(context, live_server.url) as page:
        for number, _ in enumerate(documents):
            page.goto(f"{live_server.url}/document-{number}")


def test_documents_without_fault_pass(live_server: Any, context: Any) -> None:
    shown(live_server, context, GOOD, GOOD)


def test_a_fault_on_the_last_document_is_found(live_server: Any, context: Any) -> None:
    with pytest.raises(AssertionError, match="image-alt"):
        shown(live_server, context, GOOD, NO_ALTERNATIVE)


def test_a_fault_on_a_document_that_was_left_is_found(live_server: Any, context: Any) -> None:
    with pytest.raises(AssertionError, match="/document-0: image-alt"):
        shown(live_server, context, NO_ALTERNATIVE, GOOD)


def test_a_request_to_a_third_party_is_found(live_server: Any, context: Any) -> None:
    with pytest.raises(AssertionError, match="asks a third party for https://tiles.example.org"):
        shown(live_server, context, THIRD_PARTY)


def test_the_page_of_an_unknown_address_is_without_fault(page: Any) -> None:
    answer = page.goto("/there-is-no-such-page/")
    assert answer.status == 404
