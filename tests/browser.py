"""A browser page whose every document is checked by axe: just before it is left, and at the end of the test.

While a navigation is under way the browser takes no questions about the old document, so the document checks itself when it
is told that it will be left (`beforeunload`), and the request for its successor waits until it has said what it found.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route

RUN = """
window.hcimsLook = () => axe.run({resultTypes: ["violations"]}).then(result => result.violations.map(violation => ({
  id: violation.id, impact: violation.impact, help: violation.help, path: location.pathname + location.search,
  nodes: violation.nodes.slice(0, 3).map(node => node.html.slice(0, 200)),
})));
"""
WHEN_LEFT = 'addEventListener("beforeunload", () => window.hcimsLook().then(found => window.hcimsFound(found)));'


@contextlib.contextmanager
def checked_page(context: BrowserContext, base_url: str) -> Iterator[Page]:
    """A new page of the context; leaving the `with` fails with every violation found on the way."""
    page = context.new_page()
    watch = _Watch(page, base_url)
    yield page
    watch.look()
    page.close()
    assert not watch.found, "axe found:\n" + "\n".join(dict.fromkeys(watch.found))


class _Watch:
    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url
        self.found: list[str] = []
        self.waiting: Route | None = None  # the request for the next document
        self.has_looked = False  # the present document has said what it found
        page.expose_function("hcimsFound", self.on_found)
        page.add_init_script(f"if (window === window.top) {{ {Axe().axe_script}; {RUN} {WHEN_LEFT} }}")
        page.route("**/*", self.on_request)

    def on_request(self, route: Route) -> None:
        request = route.request
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.found.append(f"{self.page.url}: asks a third party for {request.url}")
            route.abort()
        elif request.is_navigation_request() and request.frame == self.page.main_frame and self.is_ours():
            self.waiting = route
            self.go_on()
        else:
            route.fallback()

    def on_found(self, violations: list[dict[str, Any]]) -> None:
        self.add(violations)
        self.has_looked = True
        self.go_on()

    def go_on(self) -> None:
        """Let the next document come, once the present one has spoken."""
        if self.waiting and self.has_looked:
            route, self.waiting, self.has_looked = self.waiting, None, False
            route.fallback()

    def is_ours(self) -> bool:
        """Whether the page shows a document of the product, and not the empty one it begins with."""
        return self.page.url.startswith(self.base_url)

    def look(self) -> None:
        """Check the document as it stands at the end."""
        if self.is_ours():
            self.add(self.page.evaluate("window.hcimsLook()"))

    def add(self, violations: list[dict[str, Any]]) -> None:
        for each in violations:
            nodes = "".join(f"\n    {node}" for node in each["nodes"])
            self.found.append(f"{each['path']}: {each['id']} ({each['impact']}): {each['help']}{nodes}")
