"""What a line of a table about commands is about. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command, or what else a line of such a page is about: a ward, a rank."""

    pk: int
    code: str
    name: str
    type: str
    type_name: str
    line: str = ""
    county: int | None = None
    place: str = ""  # the county it lies in, in words
