"""Letters: 500 one-page letters of one kind, numbered, printed together and each kept in a file of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.test import override_settings

from benchmarks.measuring import Figure, measured, peak_megabytes
from hcims.letters.blocks import Block, Draft, facts, items, paragraph
from hcims.letters.kinds import LetterKind

MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LETTERS = 500
KIND = LetterKind("bench", "Posting order", series="posting-order")


def _drafts() -> list[Draft]:
    return [
        Draft(title="Posting order", blocks=_blocks(), to=[f"Invented Officer {n}", f"{n:06}"]) for n in range(LETTERS)
    ]


def _blocks() -> list[Block]:
    return [
        paragraph(
            "You are posted as follows. Hand over your duties before you leave, and report with this letter. " * 3
        ),
        facts([("To", "Bamba Police Station"), ("Duty", "General duties"), ("Report by", "16 March 2026")]),
        items(["Hand over your kit.", "See that your departure is recorded.", "Report with this letter."]),
    ]


def run(scale: int) -> Iterator[Figure]:
    """The number of officers changes nothing here."""
    from accounts.models import User
    from hcims.letters import actions, composing
    from hcims.letters.reference import load_reference
    from hcims.letters.rendering import render

    load_reference()
    clerk = User.objects.enter(login="bench", kind="civilian", full_name="Invented Clerk")
    drafts = _drafts()
    with measured() as one_by_one:
        for number, draft in enumerate(drafts):
            data = composing.letters([draft], [f"B/{number}"], ["abcdefgh23456789"], office="Bench", at=MOMENT)
            render("letter.typ", data, at=MOMENT)
    yield Figure("500 letters as tagged PDF, one by one: CPU", one_by_one.cpu, "s", reach=5)
    yield Figure("CPU of a letter", one_by_one.cpu / LETTERS * 1000, "ms")
    with tempfile.TemporaryDirectory() as folder, override_settings(**_kept_in(folder)), measured() as issued:
        for start in range(0, LETTERS, actions.TOGETHER):
            actions.issue_many("bench", drafts[start : start + actions.TOGETHER], by=clerk, at=MOMENT)
    yield Figure("500 letters numbered, kept each and printed together: CPU", issued.cpu, "s", reach=10)
    yield Figure("the same by the clock", issued.wall, "s")
    yield Figure("statements for the 500", issued.statements, "statements")
    yield Figure("peak memory", peak_megabytes(), "MB", reach=500)


def _kept_in(folder: str) -> dict[str, Any]:
    stores: dict[str, Any] = settings.STORAGES
    store = {**stores["default"], "OPTIONS": {"location": folder, "base_url": None}}
    return {"STORAGES": {**stores, "default": store}, "LETTER_KINDS": {"bench": "benchmarks.letters.KIND"}}
