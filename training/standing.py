"""How a certificate or a skill stands on a day: it holds, it lapses soon, it has lapsed. Plain dates in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Standing:
    """`code` is holds, lapses or lapsed; words and tone are what a chip shows."""

    code: str
    words: str
    tone: str


def standing(expires_on: date | None, *, on: date, due_until: date) -> Standing:
    """How it stands on the day; what ends before `due_until` counts as about to lapse. `expires_on` itself no longer counts."""
    if expires_on is None:
        return Standing("holds", _("does not lapse"), "good")
    day = date_format(expires_on, "j M Y")
    if expires_on <= on:
        return Standing("lapsed", _("lapsed on %(day)s") % {"day": day}, "bad")
    if expires_on <= due_until:
        left = (expires_on - on).days
        words = ngettext("lapses in %(days)s day", "lapses in %(days)s days", left) % {"days": left}
        return Standing("lapses", words, "wait")
    return Standing("holds", _("until %(day)s") % {"day": day}, "good")
