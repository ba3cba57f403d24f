"""From drafts and numbers to what the template is given: words in the letter's language, days in Nairobi's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hcims.letters.blocks import Block, Draft, facts, in_fours

SERVICE = "National Police Service"
CHECK_PATH = "/verify/"  # printed on papers that outlive every URL map: a test holds the page to it


def letters(
    drafts: Sequence[Draft], numbers: Sequence[str], codes: Sequence[str], *, office: str, at: datetime
) -> dict[str, Any]:
    """What `letter.typ` prints: all of them in the language of the first."""
    language = drafts[0].language
    with override(language):
        day = date_format(timezone.localdate(at), "j F Y")
        return {
            "language": language,
            "service": SERVICE,
            "office": office,
            "title": drafts[0].title if len(drafts) == 1 else f"{drafts[0].title} ({len(drafts)})",
            "description": numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}",
            "check_url": settings.PUBLIC_URL.rstrip("/") + CHECK_PATH,
            "words": {
                "check": _("Check this letter at"), "code": _("Code"), "page": _("Page"), "reference": _("Our reference"),
            },
            "letters": [
                {
                    "number": number, "code": in_fours(code), "date": day, "to": draft.to, "title": draft.title,
                    "blocks": draft.blocks, "signed": draft.signed,
                }
                for draft, number, code in zip(drafts, numbers, codes, strict=True)
            ],
        }  # fmt: skip


def specimen(draft: Draft, *, mark: str, office: str, at: datetime) -> dict[str, Any]:
    """What `letter.typ` prints of a letter that is not issued: `mark` across the page, no number, no code to check it by."""
    said = letters([draft], ["–"], [""], office=office, at=at)
    return {**said, "mark": mark, "description": mark}


def printed_list(
    *,
    title: str,
    scope: Iterable[tuple[str, object]],
    blocks: Sequence[Block],
    by: Any,
    at: datetime,
    language: str = "en",
    signatures: Sequence[str] = (),
    wide: bool = True,
) -> dict[str, Any]:
    """What `list.typ` prints: a list like a paper to sign. `scope` says what is on it: unit, filters, date."""
    with override(language):
        moment = date_format(timezone.localtime(at), "j F Y, H:i")
        printed = _("Printed %(moment)s by %(person)s") % {"moment": moment, "person": by.full_name}
        return {
            "language": language,
            "service": SERVICE,
            "title": title,
            "description": printed,
            "printed": printed,
            "wide": wide,
            "words": {"page": _("Page")},
            "facts": facts([*scope, (_("Printed"), f"{moment}, {by.full_name}")])["rows"],
            "blocks": list(blocks),
            "signatures": list(signatures),
        }
