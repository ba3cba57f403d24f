"""Which function does which kind of job: a list in settings (`JOB_KINDS`), so that nothing registers itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.functional import Promise
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from hcims.jobs.models import Job
    from hcims.jobs.progress import Progress

Handler = Callable[["Job", "Progress"], dict[str, Any] | None]


def handler(kind: str) -> Handler:
    """The function that does this kind of job. Errors: KeyError for a kind not listed in `JOB_KINDS`."""
    found: Handler = import_string(settings.JOB_KINDS[kind])
    return found


def titled(title: str | Promise) -> Callable[[Handler], Handler]:
    """Decorator of a handler: what this kind of work is called on pages."""

    def mark(function: Handler) -> Handler:
        function.title = title  # type: ignore[attr-defined]
        return function

    return mark


def title_of(kind: str) -> str:
    """What this kind of work is called, also a kind that is done no more."""
    found = handler(kind) if kind in settings.JOB_KINDS else None
    return str(getattr(found, "title", "")) or kind.replace("-", " ").capitalize()


@register()
def every_kind_has_a_handler(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for kind, path in settings.JOB_KINDS.items():
        try:
            handler(kind)
        except ImportError as error:
            problems.append(Error(f"No job handler at '{path}' for kind '{kind}': {error}", id="hcims.E010"))
    return problems
