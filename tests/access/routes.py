"""The URL map as a list of addresses that can be asked for: converters filled with values of real things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls.resolvers import RegexPattern

from hcims.access.checks import audience_of, patterns
from hcims.access.guards import Audience

IN_ROUTE = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
IN_REGEX = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """One line of the URL map: its text, its names, and who may open it."""

    text: str
    namespace: str
    name: str
    audience: Audience | None

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the converters, in order."""
        return tuple(IN_ROUTE.findall(IN_REGEX.sub(r"<\1>", self.text)))

    @property
    def label(self) -> str:
        """How the route is called in a test's name and in the registry of examples."""
        return ":".join(part for part in (self.namespace, self.name) if part) or self.text

    def address(self, values: dict[str, str]) -> str:
        """The path, with each converter's value in its place."""
        text = IN_REGEX.sub(r"<\1>", self.text).replace("^", "").replace("$", "").replace("\\Z", "").replace("\\.", ".")
        return "/" + IN_ROUTE.sub(lambda match: values[match[1]], text)


def routes() -> list[Route]:
    """Every route of the product, libraries' included, and none that only matches what nothing else matched."""
    return list(_routes())


def _routes() -> Iterator[Route]:
    for text, namespace, pattern in patterns():
        if _is_catch_all(pattern):
            continue
        yield Route(text, namespace, pattern.name or "", audience_of(pattern.callback, namespace, pattern.name))


def _is_catch_all(pattern: Any) -> bool:
    """The admin's last line, which answers 404 to everything."""
    return isinstance(pattern.pattern, RegexPattern) and str(pattern.pattern) == "(?P<url>.*)$"
