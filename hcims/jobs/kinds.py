"""Which function does which kind of job: a list in settings (`JOB_KINDS`), so that nothing registers itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from hcims.jobs.models import Job
    from hcims.jobs.progress import Progress

Handler = Callable[["Job", "Progress"], dict[str, Any] | None]


def handler(kind: str) -> Handler:
    """The function that does this kind of job. Errors: KeyError for a kind not listed in `JOB_KINDS`."""
    found: Handler = import_string(settings.JOB_KINDS[kind])
    return found


@register()
def every_kind_has_a_handler(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for kind, path in settings.JOB_KINDS.items():
        try:
            handler(kind)
        except ImportError as error:
            problems.append(Error(f"No job handler at '{path}' for kind '{kind}': {error}", id="hcims.E010"))
    return problems
