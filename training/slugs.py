"""Codes made from titles, for addresses and for what stays the same from version to version."""

from __future__ import annotations

from collections.abc import Container

from django.utils.text import slugify

LENGTH = 30


def free_slug(title: str, taken: Container[str]) -> str:
    """A code made from the title that is not among those taken."""
    base = slugify(title)[:LENGTH].strip("-") or "unit"
    number, code = 1, base
    while code in taken:
        number += 1
        ending = f"-{number}"
        code = f"{base[: LENGTH - len(ending)]}{ending}"
    return code
