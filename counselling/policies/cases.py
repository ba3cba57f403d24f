"""What may be done to a case, by whom, in which state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from counselling import case_access
from counselling.models import Case, CaseGrant, CaseState, CustodianKey, GrantKind, SealedText, TextKind
from counselling.queries import keys
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from hcims.quarters import quarter_of

APPEND_ONLY = "rule: nothing that was written is changed; a new text replaces it"
PAIRS = 3


@dataclass(frozen=True)
class Share:
    """A pair of custodians by their keys, and the case's secret sealed to the one within the other."""

    outer: str
    inner: str
    sealed: bytes


@dataclass(frozen=True)
class Written:
    """A sealed text as it came: its reference, made in the browser, and its bytes."""

    ref: str
    ciphertext: bytes


def check_can_write(grant: CaseGrant) -> None:
    """Errors: NotAllowed for a reader by break-glass, RuleBroken for a closed case."""
    if grant.kind == GrantKind.BREAK_GLASS:
        raise NotAllowed(_("Who opened the case by custodians reads it and writes nothing."), "rule: break-glass reads")
    if grant.content_object.state != CaseState.OPEN:
        raise RuleBroken(_("This case is closed. Open it again to write."), "")


def check_replaces(case: Case, kind: str, replaced: SealedText | None) -> None:
    """Errors: RuleBroken where the text does not follow the latest of its kind."""
    if kind == TextKind.FACE and (replaced is None or replaced.pk != case.face_id):
        raise RuleBroken(_("The case has one face: the new one replaces the latest."), "replaces")
    if replaced is None:
        return
    if replaced.kind != kind:
        raise RuleBroken(_("A text replaces one of its own kind."), "replaces")
    if SealedText.objects.filter(replaces=replaced).exists():
        raise RuleBroken(_("This text was replaced already. Read the case again."), APPEND_ONLY)


def check_review(review_due_on: date | None, *, on: date) -> None:
    """Errors: RuleBroken for a day that is past."""
    if review_due_on is not None and review_due_on < on:
        raise RuleBroken(_("The review is due today at the earliest."), "review_due_on")


def check_wait_open(case: Case, *, published: Iterable[date]) -> None:
    """Errors: RuleBroken once the quarter in which the case was opened is published, of which the first day is given."""
    if quarter_of(case.opened_on).starts_on in published:
        raise RuleBroken(
            _("The quarter in which this case was opened is published: what was counted stays as it was counted."),
            "rule: a publication is made once",
        )


def check_end(ends_at: datetime | None, *, at: datetime) -> None:
    """Errors: RuleBroken for an end that is past."""
    if ends_at is not None and ends_at <= at:
        raise RuleBroken(_("The end lies in the past."), "ends_at")


def check_can_receive(user: Any, case: Case, *, on: date) -> None:
    """Errors: RuleBroken where the person is no counsellor today, or holds the case already."""
    if not user.can(Permission.COUNSEL, on=on):
        raise RuleBroken(_("This person is not appointed as a counsellor today."), "user")


def check_shares(shares: Iterable[Share]) -> dict[str, CustodianKey]:
    """The custodians of three pairs, by reference. Each of three is once outside and once inside.

    Errors: RuleBroken.
    """
    pairs = list(shares)
    known = {each.ref: each for each in keys.custodians() if keys.is_pinned(each)}
    outer, inner = {each.outer for each in pairs}, {each.inner for each in pairs}
    if len(pairs) != PAIRS or len(outer) != PAIRS or outer != inner or any(each.outer == each.inner for each in pairs):
        raise RuleBroken(_("Three custodians share the case, each once outside and once inside of a pair."), "shares")
    if not outer <= known.keys():
        raise RuleBroken(
            _("A share names a custodian who is not in use, or whose fingerprint is not pinned."), "shares"
        )
    return {ref: known[ref] for ref in outer}


def check_no_opening(case: Case, *, at: datetime) -> None:
    """Errors: RuleBroken while an opening of the case is in hand."""
    if case_access.openings_in_hand(case, at=at).exists():
        raise RuleBroken(
            _("An opening of this case is in hand. This can be done once it is over."),
            "rule: an opening runs its course",
        )
