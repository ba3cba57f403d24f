"""Merges the modules' Kiswahili parts into one catalogue and compiles it, without msgfmt.

`hcims/locale/sw/parts/<module>.po` are what people edit; `django.po` and `django.mo` are made from them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from workshop.stamps import ROOT, digest, is_done, mark

LOCALE = ROOT / "hcims" / "locale" / "sw"
PARTS, TARGET = LOCALE / "parts", LOCALE / "LC_MESSAGES"


def main() -> None:
    """Build the catalogue where a part has changed. Errors: exit 1 naming parts that contradict each other."""
    parts = sorted(PARTS.glob("*.po"))
    stamp, content = ROOT / "var" / "stamps" / "messages", digest(parts)
    if is_done(stamp, content) and (TARGET / "django.mo").exists():
        return
    catalogue, problems = merged(parts)
    if problems:
        sys.exit("\n".join(problems))
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / "django.po").open("wb") as file:
        write_po(file, catalogue, sort_output=True)
    with (TARGET / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    mark(stamp, content)


def merged(parts: list[Path]) -> tuple[Catalog, list[str]]:
    """One catalogue of all parts, and what is wrong with them: one source text with two translations."""
    whole, problems = Catalog(locale="sw", fuzzy=False), []
    origin: dict[object, str] = {}
    for part in parts:
        with part.open("rb") as file:
            catalogue = read_po(file, locale="sw", abort_invalid=True)
        for message in catalogue:
            if not message.id:
                continue
            key = whole._key_for(message.id, message.context)
            before = whole.get(message.id, message.context)
            if before and before.string and message.string and before.string != message.string:
                text = f"{message.id!r} is {before.string!r} in {origin[key]} and {message.string!r} in {part.name}"
                problems.append(f"{text}: agree on one, or give one a context.")
            if not before or not before.string:
                whole[message.id] = message
                origin[key] = part.name
    return whole, problems


if __name__ == "__main__":
    main()
