"""The monthly station return, and what is done about the answers that need someone to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deployment import policies
from deployment.models import Posting, PostingKind, ReturnAnswer, StationReturn, StationReturnLine
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotFound, RuleBroken
from organisation.models import Unit


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def _listed_at(unit: Unit, on: date) -> dict[int, int | None]:
    """Everybody posted there, with the rank of the post; a civilian member has none."""
    held = Posting.objects.in_force(on).filter(unit=unit, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
    return dict(held.values_list("officer_id", "post_rank"))


@action
def confirm_station(
    *,
    unit: Unit,
    month: date,
    odd: Mapping[int, tuple[str, str]],
    newcomers: Sequence[tuple[str, str]],
    by: Any,
    on: date,
    at: datetime,
) -> StationReturn:
    """This function will keep a station's word on its list for a month; whoever is not mentioned is here.

    Shape: `odd` maps an officer's key to (answer, note) for "gone" and "wrong"; `newcomers` are (service number, note).
    Errors: RuleBroken for a month to come, a second return, or an officer who is not on the list.
    """
    policies.check_can_confirm_station(by=by, unit=unit, on=on)
    if first_of_month(month) > first_of_month(on):
        raise RuleBroken(_("A month to come cannot be confirmed."))
    fills = _listed_at(unit, on)
    # A civilian member stands on the list, but confirms nothing of the police strength.
    listed, officers = set(fills), {officer for officer, rank in fills.items() if rank}
    if unknown := set(odd) - listed:
        raise RuleBroken(
            ngettext(
                "%(number)s of the answers is about an officer who is no longer on the list; load it again.",
                "%(number)s of the answers are about officers who are no longer on the list; load it again.",
                len(unknown),
            )
            % {"number": len(unknown)}
        )
    back = StationReturn.objects.create(
        unit=unit,
        month=first_of_month(month),
        confirmed_by=by,
        confirmed_at=at,
        confirmed_count=len(officers - set(odd)),
        listed_count=len(officers),
    )
    lines = [
        StationReturnLine(station_return=back, officer_id=officer, answer=answer, note=note)
        for officer, (answer, note) in odd.items()
    ]
    lines += [
        StationReturnLine(station_return=back, service_number=number, answer=ReturnAnswer.NEW, note=note)
        for number, note in newcomers
    ]
    StationReturnLine.objects.bulk_create(lines)
    trail.record(Event.STATION_CONFIRMED, target=back, by=by, at=at, details={"listed": len(listed), "odd": len(lines)})
    return back


@action
def resolve_line(*, line: StationReturnLine, resolution: str, by: Any, on: date, at: datetime) -> StationReturnLine:
    """This function will note what was done about one answer of a station return."""
    line = (
        StationReturnLine.objects.select_for_update(of=("self",)).select_related("station_return__unit").get(pk=line.pk)
    )
    if line.resolved_at is not None:
        raise RuleBroken(_("This answer has been dealt with already."))
    if not resolution.strip():
        raise RuleBroken(_("Say what was done."))
    if not policies.may_resolve(line, by=by, on=on):
        raise NotFound(line.pk)
    line.resolution, line.resolved_by, line.resolved_at = resolution, by, at
    line.save(update_fields=["resolution", "resolved_by", "resolved_at"])
    trail.record(Event.STATION_CONFIRMED, target=line.station_return, by=by, at=at, reason=resolution)
    return line
