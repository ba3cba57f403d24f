"""The list of units: what a reader may see, as the tree and the names stood on a day, filtered as he or she asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from hcims.periods import in_force
from organisation.models import (
    ClassScheme,
    County,
    Unit,
    UnitClass,
    UnitClassing,
    UnitClosure,
    UnitNaming,
    UnitParent,
    UnitType,
)
from organisation.queries.access import units_visible_to
from organisation.queries.naming import named_on

OPEN, CLOSED, ALL = "open", "closed", "all"


@dataclass(frozen=True)
class UnitsAsked:
    """What the list is to hold. Empty fields ask for nothing in particular."""

    words: str = ""
    types: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    county: str = ""  # a county's code: the place, whatever the command
    unit_class: str = ""
    without_gazette: bool = False
    state: str = OPEN
    all_below: bool = False

    @property
    def is_search(self) -> bool:
        """Whether anything narrows the list, so that it looks below the commands directly under."""
        return bool(
            self.words or self.types or self.lines or self.county or self.unit_class or self.without_gazette
            or self.all_below or self.state != OPEN
        )  # fmt: skip


def units_listed(user: Any, asked: UnitsAsked, *, under: Unit | None, today: date, on: date) -> QuerySet[Any]:
    """The units asked for, as they stood on the day `on`, of those the reader may see today.

    Without a filter: the units directly under the command, or the highest that the reader sees. With one: all below.
    """
    units = units_visible_to(user, on=today)
    if under is not None:
        units = units.filter(_stands_under(under, on, directly=not asked.is_search)).exclude(pk=under.pk)
    elif not asked.is_search:
        visible = units_visible_to(user, on=today).values("pk")
        has_seen_parent = UnitParent.objects.filter(in_force(on), unit=OuterRef("pk"), parent__in=visible)
        units = units.filter(~Exists(has_seen_parent))
    by_level = Case(*(When(type=type, then=place) for place, type in enumerate(UnitType.values)))
    return _described(_filtered(units, asked, on), on).order_by(by_level, "code")


def _stands_under(under: Unit, on: date, *, directly: bool) -> Q:
    """On the day; a unit closed by then stands where it stood last."""
    links = UnitClosure.objects.filter(ancestor=under, descendant=OuterRef("pk"))
    links = links.filter(in_force(on) | Q(ends_on=OuterRef("closed_on"), ends_on__lte=on))
    return Q(Exists(links.filter(depth=1) if directly else links))


def _filtered(units: QuerySet[Unit], asked: UnitsAsked, on: date) -> QuerySet[Unit]:
    if asked.state == OPEN:
        units = units.open_on(on)  # type: ignore[attr-defined]
    elif asked.state == CLOSED:
        units = units.filter(closed_on__lte=on)
    if words := asked.words.strip():
        former = UnitNaming.objects.filter(unit=OuterRef("pk"), name__icontains=words)
        units = units.filter(Q(name__icontains=words) | Q(code__icontains=words) | Exists(former))
    if asked.types:
        units = units.filter(type__in=asked.types)
    if asked.lines:
        units = units.filter(line__in=asked.lines)
    if asked.county:
        units = units.filter(county__code=asked.county)
    if asked.unit_class:
        given = UnitClassing.objects.filter(in_force(on), unit=OuterRef("pk"), unit_class__code=asked.unit_class)
        units = units.filter(Exists(given))
    if asked.without_gazette:
        units = units.filter(gazette_notice="")
    return units


def _described(units: QuerySet[Unit], on: date) -> QuerySet[Any]:
    """With name, command, classes and number of units below, as of the day: subqueries, so one statement a page."""
    parent = UnitParent.objects.filter(in_force(on), unit=OuterRef("pk"))
    parent_name = UnitNaming.objects.filter(in_force(on), unit=OuterRef("parent_id")).values("name")[:1]
    named_parent = parent.annotate(shown=Coalesce(Subquery(parent_name), F("parent__name")))
    classes = {
        f"{scheme}_class": Subquery(
            UnitClassing.objects.filter(in_force(on), unit=OuterRef("pk"), scheme=scheme).values("unit_class_id")[:1]
        )
        for scheme in ClassScheme.values
    }
    below = UnitClosure.objects.filter(in_force(on), ancestor=OuterRef("pk"), depth__gt=0).order_by()
    counted = below.annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return named_on(units, on).annotate(
        command=Subquery(named_parent.values("shown")[:1]),
        command_code=Subquery(parent.values("parent__code")[:1]),
        units_below=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        **classes,
    ).select_related("county")  # fmt: skip


def unit_classes() -> list[UnitClass]:
    """All classes a unit can be given, by scheme."""
    return list(UnitClass.objects.all())


def counties() -> list[County]:
    """The 47 counties."""
    return list(County.objects.all())


def export_rows(units: QuerySet[Any]) -> Any:
    """The list as plain rows, for a file."""
    classes = {each.pk: str(each) for each in unit_classes()}
    for unit in units.select_related("county", "ward").iterator(chunk_size=2_000):
        yield (
            unit.code, unit.shown_name, unit.get_type_display(), unit.get_line_display(), unit.command or "",
            str(unit.county or ""), str(unit.ward or ""), classes.get(unit.hardship_class, ""),
            classes.get(unit.operation_class, ""), unit.latitude, unit.longitude, unit.gazette_notice,
            unit.gazetted_on, unit.opened_on, unit.closed_on,
        )  # fmt: skip
