"""What commanders record of welfare, and the coordinator's answer. Nobody's attendance can be recorded here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import (
    Confirmation,
    HealingGroup,
    HealingGroupMonth,
    PracticeHeld,
    Room,
    WelfareProvision,
)
from counselling.policies import cover as policies
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Unit


@action
def record_provision(
    *, unit: Unit, starts_on: date, room: str, place: str, hours_a_week: int, hours: str, by: Any, at: datetime
) -> WelfareProvision:
    """This function will record room and protected hours of a unit from a day on; what stood before ends there."""
    today = timezone.localdate(at)
    policies.check_can_record(by, unit, on=today)
    policies.check_not_later(starts_on, on=today)
    if room != Room.NONE and not place.strip():
        raise RuleBroken(_("Say where the room is."))
    if hours_a_week and not hours.strip():
        raise RuleBroken(_("Say which hours are protected, such as: Wednesday 14:00 to 16:00."))
    before = WelfareProvision.objects.select_for_update().filter(unit=unit, ends_on=None).first()
    if before is not None:
        if before.starts_on > starts_on:
            raise RuleBroken(_("A later entry is on record. Record the day from which it holds now."))
        before.ends_on = starts_on
        before.save(update_fields=["ends_on"])
    made = WelfareProvision.objects.create(
        unit=unit, starts_on=starts_on, room=room, place=place.strip(), hours_a_week=hours_a_week,
        hours=hours.strip(), recorded_by=by, recorded_on=today,
    )  # fmt: skip
    _on_record(made, unit, by, at, {"room": room, "hours_a_week": hours_a_week})
    return made


@action
def record_practice(*, unit: Unit, practice: str, month: date, times: int, by: Any, at: datetime) -> PracticeHeld:
    """This function will record how often a unit held a practice in a month. Errors: RuleBroken for the same twice."""
    today = timezone.localdate(at)
    policies.check_can_record(by, unit, on=today)
    policies.check_month(month, on=today)
    made = PracticeHeld.objects.create(
        unit=unit, practice=practice, month=month, times=times, recorded_by=by, recorded_on=today
    )
    _on_record(made, unit, by, at, {"practice": practice, "month": month, "times": times})
    return made


@action
def decide(
    *, entry: WelfareProvision | PracticeHeld, is_so: bool, note: str, by: Any, at: datetime
) -> WelfareProvision | PracticeHeld:
    """This function will confirm an entry, or send it back with what the coordinator found instead."""
    today = timezone.localdate(at)
    policies.check_can_lead(by, entry.unit, on=today)
    if not is_so and not note.strip():
        raise RuleBroken(_("Say what you found instead."))
    to = Confirmation.CONFIRMED if is_so else Confirmation.RETURNED
    return workflow.move(entry, to, by=by, at=at, note=note, decided_by=by, decided_on=today, decision_note=note[:200])


@action
def open_group(*, unit: Unit, rhythm: str, starts_on: date, by: Any, at: datetime) -> HealingGroup:
    """This function will record that a healing group meets at a unit."""
    today = timezone.localdate(at)
    policies.check_can_record(by, unit, on=today)
    policies.check_not_later(starts_on, on=today)
    group = HealingGroup.objects.create(unit=unit, rhythm=rhythm, starts_on=starts_on, recorded_by=by)
    _on_record(group, unit, by, at, {"rhythm": rhythm, "on": starts_on})
    return group


@action
def close_group(*, group: HealingGroup, ends_on: date, by: Any, at: datetime) -> None:
    """This function will record that a group meets no more."""
    today = timezone.localdate(at)
    policies.check_can_record(by, group.unit, on=today)
    policies.check_not_later(ends_on, on=today)
    group.ends_on = ends_on
    group.save(update_fields=["ends_on"])
    _on_record(group, group.unit, by, at, {"ends": ends_on})


@action
def count_group(
    *, group: HealingGroup, month: date, meetings: int, people: int, by: Any, at: datetime
) -> HealingGroupMonth:
    """This function will record how often a group met in a month and how many people it has."""
    today = timezone.localdate(at)
    policies.check_can_record(by, group.unit, on=today)
    policies.check_month(month, on=today)
    made = HealingGroupMonth.objects.create(group=group, month=month, meetings=meetings, people=people)
    _on_record(group, group.unit, by, at, {"month": month})
    return made


def _on_record(thing: Any, unit: Unit, by: Any, at: datetime, details: dict[str, Any]) -> None:
    trail.record(Event.WELFARE_RECORDED, target=thing, by=by, at=at, details={"unit": unit.code, **details})
