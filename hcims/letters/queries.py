"""Finding letters: one's own, those one issued, and the one that a code on a paper stands for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from hcims.errors import NotFound
from hcims.letters import codes
from hcims.letters.kinds import title_of
from hcims.letters.models import Letter


def visible_to(user: Any) -> QuerySet[Letter]:
    """The letters to a person, and those he or she issued."""
    return Letter.objects.filter(Q(recipient=user) | Q(issued_by=user))


@dataclass(frozen=True)
class LetterLine:
    """A letter as a list shows it."""

    letter: Letter
    title: str


def letters_to(user: Any) -> list[LetterLine]:
    """The kept letters to a person, newest first."""
    return [LetterLine(each, title_of(each.kind)) for each in Letter.objects.filter(recipient=user).exclude(file="")]


def letters_about(about: str) -> QuerySet[Letter]:
    """The letters about a thing; for the module that owns the thing and has checked who asks."""
    return Letter.objects.filter(about=about)


def access_letter(user: Any, ref: str) -> Letter:
    """The letter of that reference. Errors: NotFound when it is not there, not kept, or not for this user."""
    letter = visible_to(user).filter(ref=ref).exclude(file="").first()
    if letter is None:
        raise NotFound(ref)
    return letter


def pdf_of(letter: Letter) -> bytes:
    """The kept file. Errors: NotFound for a letter that is not kept."""
    if not letter.file or not default_storage.exists(letter.file):
        raise NotFound(letter.ref)
    with default_storage.open(letter.file) as file:
        return bytes(file.read())


def letter_behind(code: str) -> Letter | None:
    """The letter on which this check code is printed; one statement, whatever was typed."""
    return Letter.objects.filter(check_digest=codes.digest(code)).first()


def same_file(letter: Letter, chunks: Iterable[bytes]) -> bool:
    """Whether a file handed in is the one that was issued, byte for byte."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest() == letter.sha256
