"""What browsers send, read field by field: each has the right type and size, or the answer says which has not and why."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from counselling import age_files
from hcims.errors import Refusal
from hcims.references import ALPHABET, LENGTH

REFERENCE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class BadField(Refusal):
    """A field is missing or wrong; `source` names it."""


class Fields:
    """The fields of one JSON object, by what each has to be. `path` is where the object lies in the whole."""

    def __init__(self, content: Any, path: str = "") -> None:
        if not isinstance(content, dict):
            raise BadField(_("This must be an object."), path or "body")
        self.content, self.path = content, path

    @classmethod
    def of(cls, body: bytes) -> Fields:
        """The fields of a request's body. Errors: BadField."""
        try:
            return cls(json.loads(body or b"{}"))
        except ValueError as error:
            raise BadField(_("The body must be JSON."), "body") from error

    def wrong(self, name: str, words: str) -> BadField:
        """The refusal of a field."""
        return BadField(words, f"{self.path}{name}")

    def has(self, name: str) -> bool:
        """Whether the field is there with a value."""
        return self.content.get(name) not in (None, "")

    def text(self, name: str, *, most: int = 200) -> str:
        """A text that is not empty."""
        value = self.content.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, _("This field is needed."))
        if len(value) > most:
            raise self.wrong(name, _("At most %(most)s characters.") % {"most": most})
        return value.strip()

    def reference(self, name: str) -> str:
        """A reference of twelve characters."""
        value = self.text(name)
        if not REFERENCE.fullmatch(value):
            raise self.wrong(name, _("A reference has twelve characters of %(letters)s.") % {"letters": ALPHABET})
        return value

    def optional_reference(self, name: str) -> str | None:
        """A reference, or nothing."""
        return self.reference(name) if self.has(name) else None

    def choice(self, name: str, choices: Iterable[str]) -> str:
        """One of the codes."""
        value = self.text(name)
        known = [str(each) for each in choices]
        if value not in known:
            raise self.wrong(name, _("One of: %(known)s.") % {"known": ", ".join(known)})
        return value

    def number(self, name: str, *, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.content.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(name, _("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
        return value

    def day(self, name: str) -> date:
        """A day, "2026-11-22"."""
        value = self.content.get(name)
        try:
            found = parse_date(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None:
            raise self.wrong(name, _("A day, like 2026-11-22."))
        return found

    def optional_day(self, name: str) -> date | None:
        """A day, or nothing."""
        return self.day(name) if self.has(name) else None

    def optional_moment(self, name: str) -> datetime | None:
        """A moment with its zone, or nothing."""
        if not self.has(name):
            return None
        value = self.content.get(name)
        try:
            found = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise self.wrong(name, _("A moment with its time zone, like 2026-11-22T10:00:00Z."))
        return found

    def recipient(self, name: str) -> str:
        """The public half of an age identity."""
        value = self.text(name)
        if not age_files.is_recipient(value):
            raise self.wrong(name, _("A recipient starts with age1 and has 62 characters."))
        return value

    def sealed(self, name: str, *, limit: int, kind: str = age_files.KEY) -> bytes:
        """The bytes of an age file, from base64."""
        value = self.content.get(name)
        if not isinstance(value, str) or not value:
            raise self.wrong(name, _("This field is needed."))
        try:
            content = base64.b64decode(value, validate=True)
            age_files.check(content, kind=kind, limit=limit)
        except (binascii.Error, ValueError) as error:
            raise self.wrong(name, _("Not taken: %(why)s.") % {"why": error}) from error
        return content

    def part(self, name: str) -> Fields:
        """An object within the object."""
        return Fields(self.content.get(name), f"{self.path}{name}.")

    def parts(self, name: str, *, most: int) -> list[Fields]:
        """A list of objects."""
        value = self.content.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise self.wrong(name, _("A list of at most %(most)s.") % {"most": most})
        return [Fields(each, f"{self.path}{name}[{place}].") for place, each in enumerate(value)]


def encoded(content: bytes | memoryview) -> str:
    """Bytes as they travel: base64."""
    return binascii.b2a_base64(content, newline=False).decode("ascii")
