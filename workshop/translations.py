"""Checks the Kiswahili: every entry of the parts is translated, and so is every text of a page made for phones.

A page made for phones extends `ui/phone.html` or `counselling/w_base.html`; its text is what it, its bases and its includes say.
So is the text of FOR_PHONES: forms and words of such pages, and letters in the language of whom they go to.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po

from workshop.messages import PARTS, merged
from workshop.stamps import ROOT

PHONE = ("ui/phone.html", "counselling/w_base.html")
FOR_PHONES = (
    "transfers/order_letter.py", "transfers/allowances.py", "transfers/why_words.py", "transfers/round_words.py",
    "transfers/rulebook_words.py", "transfers/forms/ask.py", "transfers/forms/exchange.py", "transfers/forms/orders.py",
    "transfers/forms/appeals.py", "transfers/queries/what_rules_say.py", "transfers/views/own.py", "transfers/views/ask.py",
    "training/finding_words.py", "training/cohort_words.py", "training/joining_letter.py", "training/views/own.py",
    "training/forms/nominations.py",
)  # fmt: skip
LINKED = re.compile(r"""\{%\s*(?:extends|include|partial)\s+["']([^"']+\.html)""")
KEYWORDS: dict[str, Any] = dict.fromkeys(["gettext", "pgettext", "ngettext", "npgettext"])
SLOT = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def main() -> None:
    """Print what is missing. Errors: exit 1 when something is."""
    problems = unfinished_parts() + untranslated_phone_pages() + untranslated_words()
    if problems:
        sys.exit("\n".join(problems))


def unfinished_parts() -> list[str]:
    """Entries of the parts without a translation, marked fuzzy, or with other slots than their source."""
    problems = []
    for part in sorted(PARTS.glob("*.po")):
        with part.open("rb") as file:
            catalogue = read_po(file, locale="sw", abort_invalid=True)
        for message in catalogue:
            if not message.id:
                continue
            source = message.id if isinstance(message.id, str) else message.id[-1]
            texts = [message.string] if isinstance(message.string, str) else list(message.string or [""])
            if message.fuzzy or not all(texts):
                problems.append(f"{part.name}: {source!r} is not translated")
            elif any(slots(text) - slots(source) for text in texts):
                problems.append(f"{part.name}: {source!r} has other slots in Kiswahili: {texts}")
    return problems


def slots(text: str) -> set[str]:
    """Names of what is filled in."""
    return {name or other for name, other in SLOT.findall(text)}


def untranslated_phone_pages() -> list[str]:
    """Texts on pages for phones that no part translates."""
    catalogue, _ = merged(sorted(PARTS.glob("*.po")))
    templates = all_templates()
    problems = []
    for name in sorted(phone_pages(templates)):
        for text, context in sorted(texts_of(templates[name]), key=str):
            entry = catalogue.get(text, context)
            if not entry or not entry.string:
                problems.append(f"{templates[name].relative_to(ROOT)}: {text!r} has no Kiswahili")
    return problems


def untranslated_words() -> list[str]:
    """Texts in the files of FOR_PHONES that no part translates."""
    catalogue, _ = merged(sorted(PARTS.glob("*.po")))
    short: dict[str, Any] = {**KEYWORDS, **dict.fromkeys(["_", "_l", "gettext_lazy", "ngettext_lazy"])}
    problems = []
    for name in FOR_PHONES:
        with (ROOT / name).open("rb") as file:
            said = [texts for _line, _function, texts, _comments in extract_python(file, short, [], {})]
        for texts in said:
            text = texts[0] if isinstance(texts, tuple) else texts
            entry = catalogue.get(text) if text else None
            if text and (not entry or not entry.string):
                problems.append(f"{name}: {text!r} has no Kiswahili")
    return problems


def all_templates() -> dict[str, Path]:
    """Template files by the name that pages call them by."""
    folders = (folder for folder in ROOT.glob("*/templates") if ".venv" not in folder.parts)
    inner = ROOT.glob("hcims/*/templates")
    return {str(path.relative_to(each)): path for each in [*folders, *inner] for path in each.rglob("*.html")}


def phone_pages(templates: dict[str, Path]) -> set[str]:
    """Pages that extend a base for phones, with all they are made of."""
    links = {name: set(LINKED.findall(path.read_text())) for name, path in templates.items()}
    bases = {name: re.search(r"\{%\s*extends\s+[\"']([^\"']+)", path.read_text()) for name, path in templates.items()}
    extends = {name: found[1] for name, found in bases.items() if found}

    def is_for_phones(name: str) -> bool:
        return name in PHONE or (name in extends and is_for_phones(extends[name]))

    found: set[str] = set()
    waiting = [name for name in templates if is_for_phones(name)]
    while waiting:
        name = waiting.pop()
        if name not in found and name in templates:
            found.add(name)
            waiting += links[name]
    return found


def texts_of(path: Path) -> set[tuple[str, str | None]]:
    """Source texts of a template with their contexts, as gettext would ask for them."""
    from django.utils.translation.template import templatize

    # Indented HTML is not indented Python: what is left of a line stands at its beginning.
    code = "\n".join(line.strip() for line in templatize(path.read_text(), origin=str(path)).splitlines())
    found: set[tuple[str, str | None]] = set()
    for _line, function, texts, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
        words = [str(text) for text in (texts if isinstance(texts, tuple) else (texts,)) if text]
        if "pgettext" in function:
            found.add((words[1], words[0]))
        elif words:
            found.add((words[0], None))
    return found


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    main()
