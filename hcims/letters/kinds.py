"""The kinds of letter: a list in settings (`LETTER_KINDS`) of where each is described, so that nothing registers itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class LetterKind:
    """What is the same for every letter of a kind."""

    code: str
    title: str | Promise  # shown to whoever checks a paper: says the kind, never the matter
    series: str
    kept: bool = True  # False: the paper leaves once and no file stays (it carries a one-time code, or a whole record)


def kind(code: str) -> LetterKind:
    """The kind of that code. Errors: KeyError for one that is not listed in `LETTER_KINDS`."""
    found: LetterKind = import_string(settings.LETTER_KINDS[code])
    return found


def title_of(code: str) -> str:
    """The title of a kind, also of one that is issued no more."""
    return str(kind(code).title) if code in settings.LETTER_KINDS else code.replace("-", " ").capitalize()


@register()
def every_kind_is_described(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for code, path in settings.LETTER_KINDS.items():
        try:
            found = kind(code)
        except ImportError as error:
            problems.append(Error(f"No letter kind at '{path}': {error}", id="hcims.E011"))
        else:
            if found.code != code:
                problems.append(Error(f"The letter kind at '{path}' calls itself '{found.code}'.", id="hcims.E012"))
    return problems
