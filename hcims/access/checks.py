"""Start-up check: a view that does not say who may open it does not load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from hcims.access import third_party
from hcims.access.guards import Audience


def patterns(resolver: Any = None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every route of the URL map, as (route, namespace, pattern)."""
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (namespace, each.namespace or "") if part)
            yield from patterns(each, route, inner)
        else:
            yield route, namespace, each


def audience_of(callback: Any, namespace: str, name: str | None) -> Audience | None:
    """Who a view opens to: what it says itself, else what is written for its library; None when nobody said."""
    own = getattr(callback, "audience", None)
    return own or third_party.BY_NAMESPACE.get(namespace) or third_party.BY_NAME.get(name or "")


@register()
def every_view_declares_its_audience(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The view at '{route}' does not say who may open it.",
            hint="Use @opens_to(...), @opens_to_signed_in or @opens_to_everyone; "
            "for a library's view, a line in hcims/access/third_party.py.",
            id="hcims.E001",
        )
        for route, namespace, pattern in patterns()
        if audience_of(pattern.callback, namespace, pattern.name) is None
    ]
