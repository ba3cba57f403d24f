"""A browser page whose every document is checked by axe: just before it is left, and at the end of the test."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route


@contextlib.contextmanager
def checked_page(context: BrowserContext, base_url: str) -> Iterator[Page]:
    """A new page of the context; leaving the `with` fails with every violation found on the way."""
    page = context.new_page()
    watch = _Watch(page, base_url)
    # A document is looked at when its successor is asked for: it is still there, as the reader last saw it.
    page.route("**/*", watch.on_request)
    yield page
    watch.look()
    page.close()
    assert not watch.found, "axe found:\n" + "\n".join(watch.found)


class _Watch:
    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url
        self.found: list[str] = []
        self.seen: set[int] = set()

    def on_request(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.look()
        if request.url.startswith((self.base_url, "data:", "blob:")):
            route.continue_()
        else:
            self.found.append(f"{self.page.url}: asks a third party for {request.url}")
            route.abort()

    def look(self) -> None:
        """Check the document as it stands, once for each state of it."""
        if not self.page.url.startswith(self.base_url):
            return
        state = hash((self.page.url, self.page.content()))
        if state in self.seen:
            return
        self.seen.add(state)
        for violation in Axe().run(self.page).response["violations"]:
            self.found.append(self.described(violation))

    def described(self, violation: dict[str, Any]) -> str:
        path = self.page.url.removeprefix(self.base_url)
        nodes = "\n".join(f"    {node['html'][:200]}" for node in violation["nodes"][:3])
        return f"{path}: {violation['id']} ({violation['impact']}): {violation['help']}\n{nodes}"
