"""What units provide for welfare, as far as a reader commands them or leads wellbeing for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from counselling.models import (
    Confirmation,
    HealingGroup,
    PracticeHeld,
    Room,
    WelfareProvision,
)
from counselling.queries.incidents import of_reader
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit
from organisation.queries import in_scope

Entry = WelfareProvision | PracticeHeld
KINDS: dict[str, Any] = {"provision": WelfareProvision, "practice": PracticeHeld}


def units_of_reader(user: Any, *, on: date) -> QuerySet[Any]:
    """Open units of the reader's area."""
    commanded = in_scope(user.scope(Permission.RECORD_WELFARE, on=on), on=on, field="pk")
    led = in_scope(user.scope(Permission.LEAD_WELLBEING, on=on), on=on, field="pk")
    return Unit.objects.filter(commanded | led).open_on(on)


def access_welfare_unit(user: Any, code: str, *, on: date) -> Unit:
    """The unit of that code in the reader's area. Errors: NotFound."""
    unit = units_of_reader(user, on=on).filter(code=code).select_related("county").first()
    if unit is None:
        raise NotFound(code)
    return unit


def access_group(user: Any, ref: str, *, on: date) -> HealingGroup:
    """The healing group of that reference in the reader's area. Errors: NotFound."""
    group = HealingGroup.objects.filter(of_reader(user, on=on), ref=ref).select_related("unit").first()
    if group is None:
        raise NotFound(ref)
    return group


def access_entry(user: Any, kind: str, ref: str, *, on: date) -> Entry:
    """What waits for the coordinator, by its kind and reference. Errors: NotFound."""
    led = in_scope(user.scope(Permission.LEAD_WELLBEING, on=on), on=on)
    entry = KINDS[kind].objects.filter(led, ref=ref).select_related("unit").first() if kind in KINDS else None
    if entry is None:
        raise NotFound(ref)
    return entry


@dataclass(frozen=True)
class Waiting:
    """What the coordinator is to confirm, with the name of its kind."""

    kind: str
    entry: Any


def waiting_for(user: Any, *, on: date) -> list[Waiting]:
    """What waits for the coordinator, the oldest first. Two statements."""
    led = in_scope(user.scope(Permission.LEAD_WELLBEING, on=on), on=on)
    found = [
        Waiting(kind, each)
        for kind, model in KINDS.items()
        for each in model.objects.filter(led, state=Confirmation.RECORDED).select_related("unit", "recorded_by")
    ]
    return sorted(found, key=lambda each: (each.entry.recorded_on, each.entry.pk))


@dataclass(frozen=True)
class Summary:
    """What the units of an area provide."""

    units: int
    rooms: int
    hours: int
    groups: int


def summary(user: Any, *, on: date) -> Summary:
    """Over the reader's area; three statements. Each number is the length of a list below."""
    current = WelfareProvision.objects.filter(of_reader(user, on=on), in_force(on))
    counted = current.aggregate(rooms=Count("pk", filter=HAVING["room"]), hours=Count("pk", filter=HAVING["hours"]))
    groups = groups_on(user, on=on).count()
    return Summary(units_of_reader(user, on=on).count(), counted["rooms"], counted["hours"], groups)


# What a unit must provide to be listed; what the coordinator sent back does not count.
HAVING = {
    "": ~Q(pk__in=[]),
    "room": ~Q(room=Room.NONE) & ~Q(state=Confirmation.RETURNED),
    "hours": Q(hours_a_week__gt=0) & ~Q(state=Confirmation.RETURNED),
}


def provisions_on(user: Any, *, on: date, having: str = "") -> QuerySet[WelfareProvision]:
    """Room and hours in force in the reader's area; of those that have a room, or hours, alone."""
    rows = WelfareProvision.objects.filter(of_reader(user, on=on), in_force(on), HAVING[having])
    return rows.select_related("unit", "unit__county").order_by("unit__code")


def groups_on(user: Any, *, on: date) -> QuerySet[HealingGroup]:
    """Healing groups that meet in the reader's area."""
    found = HealingGroup.objects.filter(of_reader(user, on=on), in_force(on))
    return found.select_related("unit").order_by("unit__code", "pk")


def units_listed(user: Any, *, on: date) -> QuerySet[Any]:
    """Every open unit of the reader's area with the room and hours it has recorded, empty where it has not."""
    current = WelfareProvision.objects.filter(in_force(on), unit=OuterRef("pk"))
    return (
        units_of_reader(user, on=on)
        .annotate(room=Subquery(current.values("room")[:1]), hours_a_week=Subquery(current.values("hours_a_week")[:1]))
        .order_by("code")
    )


@dataclass
class UnitWelfare:
    """One unit: what is in force, what was before, practices, groups."""

    provisions: list[WelfareProvision]
    practices: list[PracticeHeld]
    groups: list[HealingGroup] = field(default_factory=list)

    def current(self, on: date) -> WelfareProvision | None:
        """Room and hours in force on the day."""
        return next((each for each in self.provisions if each.is_in_force(on)), None)


def of_unit(unit: Unit) -> UnitWelfare:
    """What a unit has recorded; four statements."""
    return UnitWelfare(
        list(WelfareProvision.objects.filter(unit=unit).select_related("recorded_by", "decided_by")),
        list(PracticeHeld.objects.filter(unit=unit)[:60]),
        list(HealingGroup.objects.filter(unit=unit).prefetch_related("months")),
    )
