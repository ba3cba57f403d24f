"""Cover: commands, sub-counties, wards and ranks with their trained officers. A fixed number of statements at any size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from deployment.command import Command
from deployment.models import Posting
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import County, Rank, Unit, UnitClosure, UnitType, Ward
from organisation.models import Line as LineOfCommand
from organisation.queries import access_unit, below, in_scope, named_on, units_visible_to
from training.cover import Line, Trained, count, count_ranks
from training.models import Enrolment
from training.queries.trained import serving_posts, trained_on, trained_posts, trained_where

COMMANDS, SUBCOUNTIES, WARDS, RANKS = "commands", "sub-counties", "wards", "ranks"
LEVELS = (COMMANDS, SUBCOUNTIES, WARDS, RANKS)
HIGH = (UnitType.REGION, UnitType.COUNTY, UnitType.FORMATION, UnitType.TRAINING)
TOP = (UnitType.SERVICE, UnitType.HEADQUARTERS)
ORDER = {kind: place for place, kind in enumerate(UnitType.values)}
SEES = Permission.SEE_TRAINING


@dataclass(frozen=True)
class Asked:
    """What the page shows: a day, a kind of programme ("" for both that are rolled out), and what its lines are."""

    on: date
    programme: str = ""
    level: str = COMMANDS


@dataclass(frozen=True)
class Area:
    """A command of the reader's, or all of them."""

    roots: list[Unit]
    above: list[Unit]  # commands above it that the reader may open, the highest first

    @property
    def unit(self) -> Unit | None:
        """The one command it is; None for a reader with several."""
        return self.roots[0] if len(self.roots) == 1 else None


@dataclass(frozen=True)
class Survey:
    """The lines of an area, what they come to, and the counties for the grid."""

    area: Area
    lines: list[Line]
    total: Line | None
    counties: list[County]


def access_area(user: Any, code: str | None, *, today: date) -> Area:
    """The command of that code, or all that the reader's rights reach down from. Errors: NotFound."""
    scope = user.scope(SEES, on=today)
    if code is None:
        return Area(list(Unit.objects.filter(pk__in=scope.trees | scope.units).order_by("code")), [])
    visible = units_visible_to(user, on=today, permission=SEES)
    links = UnitClosure.objects.filter(in_force(today), descendant__code=code, ancestor__in=visible)
    path = [each.ancestor for each in links.select_related("ancestor").order_by("-depth")]
    if not path or path[-1].code != code:
        raise NotFound(code)
    return Area(path[-1:], path[:-1])


def cover(user: Any, area: Area, asked: Asked, *, today: date) -> Survey:
    """What the page shows of the area; rights are those of today, whatever its day."""
    if asked.level == RANKS:
        return _by_rank(user, area, asked, today)
    roots = [each.pk for each in area.roots]
    units = _lines_of(user, area, asked, today)
    lines = {each.pk: Line(_command(each)) for each in units}
    inside = _inside(user, list(lines), asked.on, today)
    wards = _wards(asked.on)
    count(lines, inside, _officers("unit", asked.on), trained_where(asked.on, asked.programme), wards)
    if asked.level == WARDS:
        lines |= _without_command(lines, {unit: held for unit, held in wards.items() if unit in inside})
    ordered = sorted(lines.values(), key=_place_in_list)
    total = lines.get(roots[0]) if len(roots) == 1 else None
    rest = [line for line in ordered if line is not total]
    return Survey(area, rest, total, list(County.objects.all()) if asked.level == COMMANDS else [])


def _lines_of(user: Any, area: Area, asked: Asked, today: date) -> list[Any]:
    """The units that the lines are about, and the roots."""
    roots = [each.pk for each in area.roots]
    inside = Unit.objects.filter(pk__in=below(roots, asked.on)).open_on(asked.on)  # type: ignore[attr-defined]
    if asked.level == SUBCOUNTIES:
        wanted = Q(type=UnitType.SUBCOUNTY)
    elif asked.level == WARDS:
        wanted = Q(type=UnitType.WARD)
    elif len(roots) != 1 or area.roots[0].type in TOP:
        wanted = Q(type__in=HIGH)
    else:
        children = UnitClosure.objects.filter(in_force(asked.on), ancestor__in=roots, depth=1)
        wanted = Q(pk__in=children.values("descendant"))
    units = inside.filter(wanted | Q(pk__in=roots))
    scope = user.scope(SEES, on=today)
    if not scope.everywhere:
        units = units.filter(in_scope(scope, on=today, field="pk"))
    return list(named_on(units, asked.on).select_related("county"))


def _without_command(lines: dict[int, Line], wards: dict[int, list[int]]) -> dict[int, Line]:
    """Wards of the area that no ward command stands for: a line of their own, so that the list holds every ward counted."""
    stray = {ward for unit, held in wards.items() for ward in held if unit not in lines or len(lines[unit].wards) > 1}
    found = {}
    for each in Ward.objects.filter(pk__in=stray).select_related("county"):
        kind = str(UnitType.WARD.label)
        command = Command(-each.pk, "", each.name, UnitType.WARD, kind, county=each.county_id, place=str(each.county))
        found[command.pk] = Line(command, wards={each.pk})
    return found


def _command(unit: Any) -> Command:
    name = str(UnitType(unit.shown_type).label)
    place = str(unit.county or "")
    return Command(unit.pk, unit.code, unit.shown_name, unit.shown_type, name, unit.line, unit.county_id, place)


def _inside(user: Any, lines: list[int], on: date, today: date) -> dict[int, list[int]]:
    """The lines that each unit stands under, itself included."""
    found: dict[int, list[int]] = defaultdict(list)
    links = UnitClosure.objects.filter(in_force(on), ancestor__in=lines)
    if not user.scope(SEES, on=today).everywhere:
        links = links.filter(descendant__in=units_visible_to(user, on=today, permission=SEES).values("pk"))
    for line, unit in links.values_list("ancestor", "descendant"):
        found[unit].append(line)
    return found


def _officers(column: str, on: date, units: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """How many officers serve, by unit or by rank of the post."""
    held = serving_posts(on) if units is None else serving_posts(on).filter(unit__in=units)
    return held.values_list(column).annotate(number=Count("pk"))


def _wards(on: date) -> dict[int, list[int]]:
    """Wards by the ward command that stands for them; a ward without one belongs to the command of its county."""
    kinds = (UnitType.WARD, UnitType.COUNTY)
    rows = Unit.objects.filter(type__in=kinds, line=LineOfCommand.TERRITORIAL).open_on(on)  # type: ignore[attr-defined]
    found: dict[int, list[int]] = defaultdict(list)
    counties: dict[int, int] = {}
    places = dict(Ward.objects.values_list("pk", "county"))
    for pk, kind, ward, county in rows.values_list("pk", "type", "ward", "county"):
        if kind == UnitType.COUNTY:
            counties[county] = pk
        elif ward is not None:
            found[pk].append(ward)
    for ward in places.keys() - {each for held in found.values() for each in held}:
        if places[ward] in counties:
            found[counties[places[ward]]].append(ward)
    return found


def _place_in_list(line: Line) -> tuple[bool, int, str]:
    """Territorial commands, formations and institutions by type; criminal investigations after them."""
    command = line.command
    return command.line == LineOfCommand.DCI, ORDER.get(command.type, 99), command.code


def _by_rank(user: Any, area: Area, asked: Asked, today: date) -> Survey:
    """Ranks of the posts, as the bird's-eye page counts them."""
    roots = [each.pk for each in area.roots]
    units = below(roots, asked.on)
    if not user.scope(SEES, on=today).everywhere:
        units = units.filter(descendant__in=units_visible_to(user, on=today, permission=SEES).values("pk"))
    ranks = {each.pk: Line(Command(each.pk, each.code, str(each), "rank", "")) for each in Rank.objects.all()}
    posts = trained_posts(asked.on, asked.programme).filter(unit__in=units)
    trained = [Trained(*each, ward=None) for each in posts.values_list("officer", "unit", "post_rank")]
    lines = count_ranks(ranks, _officers("post_rank", asked.on, units), trained)
    total = Line(Command(0, "", "", "total", ""), sum(each.officers for each in lines), len(trained))
    return Survey(area, lines, total, [])


@dataclass(frozen=True)
class Holder:
    """A trained officer of a list, with what he or she passed."""

    posting: Posting
    passed: list[Enrolment]


def trained_list(user: Any, code: str, asked: Asked, *, today: date, rank: str = "") -> tuple[Unit, QuerySet[Posting]]:
    """The officers behind a number: trained and still serving under the command. Errors: NotFound."""
    unit = access_unit(user, code, Permission.SEE_OFFICERS, on=today)
    units = below([unit.pk], asked.on)
    if not user.scope(SEES, on=today).everywhere:
        units = units.filter(descendant__in=units_visible_to(user, on=today, permission=SEES).values("pk"))
    posts = trained_posts(asked.on, asked.programme).filter(unit__in=units)
    if rank:
        posts = posts.filter(post_rank__code=rank)
    opens = in_scope(user.scope(Permission.SEE_FILE, on=today), on=today, field="officer__unit")
    posts = posts.annotate(may_open=Case(When(opens, then=Value(True)), default=Value(False)))
    posts = posts.select_related("officer__rank", "unit__ward", "unit__county", "post_rank")
    return unit, posts.order_by("post_rank__order", "officer__surname", "officer__service_number")


def with_training(postings: list[Posting], asked: Asked) -> list[Holder]:
    """The same with what each of them passed; one statement."""
    passed: dict[int, list[Enrolment]] = defaultdict(list)
    officers = [each.officer_id for each in postings]
    rows = trained_on(asked.on, asked.programme).filter(officer__in=officers)
    for each in rows.select_related("cohort__version__course__programme").order_by("result_on"):
        passed[each.officer_id].append(each)
    return [Holder(each, passed[each.officer_id]) for each in postings]
