"""Four eyes on what is taught: who drafts, who approves, and what a version must say before it waits for approval."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission as P
from hcims.errors import NotAllowed, RuleBroken
from training.models import VersionState


def check_can_draft(by: Any, *, on: date) -> None:
    """This function will refuse whoever does not draft curricula and courses."""
    if not by.can(P.DRAFT_CURRICULA, on=on):
        raise NotAllowed(_("Curricula and courses are drafted in the office of the Director of training."))


def check_can_approve(by: Any, version: Any, *, on: date) -> None:
    """This function will refuse whoever does not approve, and everybody who wrote in this draft."""
    if not by.can(P.APPROVE_CURRICULA, on=on):
        raise NotAllowed(_("Curricula and courses are approved by the Director of training."))
    if by.pk == version.drafted_by_id or by.ref in version.hands:
        raise NotAllowed(_("You wrote in this draft: another person approves it."))


def check_is_draft(version: Any) -> None:
    """This function will refuse to change what is no draft any more."""
    if version.state == VersionState.SUBMITTED:
        raise RuleBroken(_("This version waits for approval. Have it returned first; then it can be changed."))
    if version.state != VersionState.DRAFT:
        raise RuleBroken(_("An approved version never changes. Draft the next one: it begins as a copy of this."))


def check_none_begun(versions: Any) -> None:
    """This function will refuse a second draft beside one that is under way."""
    begun = versions.filter(state__in=[VersionState.DRAFT, VersionState.SUBMITTED]).order_by("-number").first()
    if begun is not None:
        raise RuleBroken(
            _("Version %(number)s is under way already. Finish it, or withdraw it, before the next is drafted.")
            % {"number": begun.number}
        )


def check_complete(version: Any) -> None:
    """This function will refuse to submit a version that nobody could teach."""
    parts = list(version.contents)
    if not parts:
        raise RuleBroken(_("The version has nothing in it yet: enter at least one line, with its length."))
    empty = [each for each in parts if not each.minutes]
    if empty:
        names = ", ".join(str(each) for each in empty[:4])
        raise RuleBroken(_("Say how long each takes. Without a length: %(names)s.") % {"names": names})


def check_follows(version: Any, before: Any, *, on: date) -> None:
    """This function will refuse a version that would begin before the one it follows, or change what is past."""
    if before is None:
        return
    day = date_format(before.starts_on, "j F Y")
    if version.starts_on <= before.starts_on:
        raise RuleBroken(
            _("Version %(number)s is taught from %(day)s: this one can only begin later.")
            % {"number": before.number, "day": day}
        )
    if version.starts_on < on:
        raise RuleBroken(
            _("It would begin on %(day)s, when another version was taught. Have it returned, and name a day to come.")
            % {"day": date_format(version.starts_on, "j F Y")}
        )  # fmt: skip


def check_said(note: str) -> None:
    """This function will refuse to send back or withdraw without a word."""
    if not note.strip():
        raise RuleBroken(_("Say why, so that whoever drafted it knows what to mend."))


def check_confirms(by: Any, thing: Any, *, on: date) -> None:
    """This function will refuse whoever may not say that a paper has been seen: one who approves, not who entered it."""
    if not by.can(P.APPROVE_CURRICULA, on=on):
        raise NotAllowed(_("That the paper has been seen is said by the Director of training."))
    if by.pk == thing.entered_by_id:
        raise NotAllowed(_("You entered this: another person says that the paper has been seen."))
    if thing.is_confirmed:
        raise RuleBroken(_("The paper has been seen already."))
