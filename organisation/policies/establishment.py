"""Rules of establishment versions: drafted by one person, decided by another, inside the area it was drafted for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from hcims.periods import in_force
from organisation.models import EstablishmentVersion, Unit, UnitClosure, VersionState

TWO_PEOPLE = "House rule: establishment is drafted by one person and approved by another"
MOST_POSTS = 99_999  # of one rank and skill at one unit; more is a slip of the finger


def check_can_draft(by: Any, unit: Unit, at: datetime) -> None:
    """This function will refuse a person who may not propose establishment for this unit."""
    if not by.can(Permission.PROPOSE_ESTABLISHMENT, at=unit, on=timezone.localdate(at)):
        raise NotAllowed(_("You may see %(unit)s but not propose its establishment.") % {"unit": unit})


def check_can_edit(by: Any, version: EstablishmentVersion, at: datetime) -> None:
    """This function will refuse anybody but the drafter, and any version that is not a draft or sent back."""
    check_can_draft(by, version.unit, at)
    if version.drafted_by_id != by.pk:
        raise NotAllowed(
            _("Only %(name)s, who drafted this version, changes it. Draft one of your own.")
            % {"name": version.drafted_by},
            TWO_PEOPLE,
        )
    if version.state not in (VersionState.DRAFT, VersionState.RETURNED):
        raise RuleBroken(
            _("This version is “%(state)s” and cannot be changed any more.") % {"state": version.get_state_display()}
        )


def check_can_withdraw(by: Any, version: EstablishmentVersion, at: datetime) -> None:
    """This function will refuse to withdraw for a person who may not propose there."""
    check_can_draft(by, version.unit, at)


def check_can_decide(by: Any, version: EstablishmentVersion, at: datetime) -> None:
    """This function will refuse the drafter, and anyone who may not approve establishment for this unit."""
    if not by.can(Permission.APPROVE_ESTABLISHMENT, at=version.unit, on=timezone.localdate(at)):
        raise NotAllowed(_("You may read this version but not decide on it."))
    if version.drafted_by_id == by.pk:
        raise NotAllowed(_("Whoever drafted a version cannot decide on it."), TWO_PEOPLE)


def check_facts(*, title: str, authority: str) -> None:
    """This function will refuse a version without a title or without the paper it rests on."""
    if not title.strip():
        raise RuleBroken(_("Give the version a title, such as “New stations, Kilifi, 2026”."))
    if not authority.strip():
        raise RuleBroken(_("Say by what authority: the paper, its number and its date."))


def check_has_changes(version: EstablishmentVersion) -> None:
    """This function will refuse a version that changes nothing."""
    if not version.changes.exists():
        raise RuleBroken(_("This version changes no post yet. Enter posts in the grid first."))


def check_number(posts: int) -> None:
    """This function will refuse a number of posts that cannot be meant."""
    if not 0 <= posts <= MOST_POSTS:
        raise RuleBroken(
            _("%(posts)d posts: enter a whole number from 0 to %(most)d.") % {"posts": posts, "most": MOST_POSTS}
        )


def check_in_area(version: EstablishmentVersion, units: Collection[int]) -> None:
    """This function will refuse units that do not stand under the version's area, open, on its day."""
    on = version.effective_on
    inside = UnitClosure.objects.filter(in_force(on), ancestor=version.unit).values("descendant")
    open_then = Unit.objects.open_on(on).filter(pk__in=inside).values_list("pk", flat=True)
    outside = sorted(set(units) - set(open_then))
    if outside:
        names = ", ".join(Unit.objects.filter(Q(pk__in=outside[:5])).values_list("name", flat=True))
        raise RuleBroken(
            _("Not open under %(area)s on %(day)s: %(names)s%(more)s.")
            % {
                "area": version.unit,
                "day": on.strftime("%d %B %Y"),
                "names": names,
                "more": _(" and %(count)d more") % {"count": len(outside) - 5} if len(outside) > 5 else "",
            }
        )
