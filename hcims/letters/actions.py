"""Issuing letters, withdrawing them, and counting how often papers are checked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils import timezone

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.letters import codes, composing, numbering
from hcims.letters.blocks import Draft
from hcims.letters.kinds import LetterKind
from hcims.letters.kinds import kind as kind_of
from hcims.letters.models import CheckCount, Letter
from hcims.letters.rendering import render
from hcims.references import new_reference

TOGETHER = 250  # letters in one file: each takes about a megabyte of memory while it is printed


@dataclass(frozen=True)
class Issued:
    """Letters and their paper. Of a kind that is not kept, `pdf` is the only copy there will ever be."""

    letters: list[Letter]
    pdf: bytes


@action
def issue(kind: str, draft: Draft, *, by: Any, at: datetime, office: str = "", number: str = "") -> Issued:
    """This function will number, print and keep one letter; `number` where one of its series was taken already.

    Errors: KeyError for an unknown kind, RuleBroken when its series has no numbering in force.
    """
    return issue_many(kind, [draft], by=by, at=at, office=office, numbers=[number] if number else ())


@action
def issue_many(
    kind: str,
    drafts: Sequence[Draft],
    *,
    by: Any,
    at: datetime,
    office: str = "",
    numbers: Sequence[str] = (),
    joined: bool = True,
) -> Issued:
    """This function will number and keep letters of one kind, and print them as one file, each on its own pages.

    Of a kept kind each letter also has a file of its own; of another, the digest on each is that of the joint file.
    `numbers` where the deed that the letters tell of took them from the series already (an order has its number before it
    is printed). `joined=False` where nobody takes the joint file of a kept kind away: several letters are then printed once
    each and not a second time together, and `pdf` is empty.
    Errors: ValueError for none, or for more than TOGETHER: call again for the rest.
    """
    if not 0 < len(drafts) <= TOGETHER:
        raise ValueError(f"from 1 to {TOGETHER} letters are printed together, not {len(drafts)}")
    described = kind_of(kind)
    office = office or by.office(on=timezone.localdate(at))
    numbers = numbers or numbering.next_numbers(described.series, len(drafts), on=timezone.localdate(at))
    checks = [codes.new_code() for _ in drafts]
    is_alone = len(drafts) == 1 or not described.kept
    together = b""
    if joined or is_alone:
        together = render("letter.typ", composing.letters(drafts, numbers, checks, office=office, at=at), at=at)
    kept: list[Letter] = []
    try:
        for draft, number, check in zip(drafts, numbers, checks, strict=True):
            pdf = together
            if not is_alone:
                pdf = render("letter.typ", composing.letters([draft], [number], [check], office=office, at=at), at=at)
            kept.append(_letter(described, draft, number, check, pdf, by=by, at=at, office=office))
        Letter.objects.bulk_create(kept)
    except BaseException:
        for letter in kept:
            _forget_file(letter)
        raise
    _record(kept, described, by=by, at=at, office=office)
    return Issued(kept, together)


def _letter(
    kind: LetterKind, draft: Draft, number: str, check: str, pdf: bytes, *, by: Any, at: datetime, office: str
) -> Letter:
    letter = Letter(
        number=number,
        kind=kind.code,
        language=draft.language,
        issued_at=at,
        issued_by=by,
        office=office,
        initials=draft.initials[:20],
        about=draft.about,
        recipient=draft.recipient,
        sha256=hashlib.sha256(pdf).hexdigest(),
        check_digest=codes.digest(check),
    )
    if kind.kept:
        letter.file = default_storage.save(f"letters/{at:%Y/%m}/{new_reference()}.pdf", ContentFile(pdf))
    return letter


def _forget_file(letter: Letter) -> None:
    if letter.file:
        default_storage.delete(letter.file)


def _record(letters: Sequence[Letter], kind: LetterKind, *, by: Any, at: datetime, office: str) -> None:
    if len(letters) == 1:
        details: dict[str, Any] = {
            "kind": kind.code,
            "number": letters[0].number,
            "sha256": letters[0].sha256,
            "about": letters[0].about,
        }
        trail.record(Event.LETTER_ISSUED, target=letters[0], by=by, at=at, office=office, details=details)
        return
    digest = hashlib.sha256("\n".join(each.sha256 + each.number for each in letters).encode()).hexdigest()
    details = {
        "kind": kind.code, "count": len(letters), "first": letters[0].number, "last": letters[-1].number, "sha256": digest,
    }  # fmt: skip
    trail.record(Event.LETTER_ISSUED, target="letters.batch", by=by, at=at, office=office, details=details)


@action
def withdraw(letter: Letter, *, by: Any, at: datetime, reason: str) -> Letter:
    """This function will withdraw a letter: whoever checks it is told so. The module whose letter it is checks the right.

    Errors: InvalidTransition when it is withdrawn already.
    """
    return workflow.move(letter, Letter.State.WITHDRAWN, by=by, at=at, note=reason, withdrawn_at=at, withdrawn_by=by)


@action
def count_check(*, address: str, at: datetime) -> int:
    """This function will count one more paper checked from an address, and say how many that makes in this minute.

    The count is a row that all server processes share; rows of earlier minutes go as the first of a new one comes.
    """
    minute = at.replace(second=0, microsecond=0)
    this = CheckCount.objects.filter(address=trail.digest(address), minute=minute)
    if not this.update(count=F("count") + 1):
        CheckCount.objects.filter(minute__lt=minute).delete()
        # Two processes may both see that there is no row yet: the one that comes second adds to the first one's.
        CheckCount.objects.bulk_create(
            [CheckCount(address=trail.digest(address), minute=minute)], ignore_conflicts=True
        )
        this.update(count=F("count") + 1)
    return this.values_list("count", flat=True).get()
