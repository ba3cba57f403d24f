"""What every officer reads about transfers: rounds, and the kept figures of a quarter in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims import quarters
from hcims.access.roles import ROLES
from hcims.quarters import Quarter
from organisation.models import Unit
from organisation.models.catalogue import Cadre, Service
from personnel.models import Sex
from transfers.models import (
    AppealGround,
    Certificate,
    OpenFigures,
    Round,
    RoundRun,
    RoundState,
    RunKind,
    StopCode,
    TransferKind,
    TransferRequest,
)
from transfers.reasons import REASONS

BACK = 8  # quarters that the page offers
UNSEEN = (RoundState.DRAFT, RoundState.CANCELLED)
OUT_STATES = (RoundState.PUBLISHED, RoundState.CLOSED)
HEADINGS = [_l("Table"), _l("Group"), _l("Column"), _l("Figure")]
GROUP_NAMES = {
    "own-wish": _l("At the officer's own wish"),
    "rotation": _l("Rotation by the rule"),
    "service-need": _l("Need of the service, urgent ones too"),
    "within-command": _l("Inside the command"),
    "reversal": _l("Put back after a decision was reversed"),
}
OUTCOME_NAMES = {
    "first": _l("First choice"),
    "other": _l("Another place"),
    "refused": _l("Refused, or no place"),
}
ATTRIBUTE_NAMES = {"sex": _l("Sex"), "service": _l("Service"), "region": _l("Region")}


def missing(today: date) -> list[Quarter]:
    """Closed quarters of the last year that have not been counted and in which there was anything to count."""
    found = quarters.closed(today, back=4)
    kept = set(OpenFigures.objects.filter(starts_on__gte=found[-1].starts_on).values_list("starts_on", flat=True))
    wanted = [each for each in reversed(found) if each.starts_on not in kept]
    if not wanted:
        return []
    first = TransferRequest.objects.filter(submitted_at__isnull=False).order_by("submitted_at").first()
    if first is None or first.submitted_at is None:
        return []
    began = timezone.localdate(first.submitted_at)
    return [each for each in wanted if each.ends_on > began]


def figures_due(*, at: datetime) -> bool:
    """Whether a quarter is over and not counted (asked by the workers)."""
    return bool(missing(timezone.localdate(at)))


def kept_figures() -> list[OpenFigures]:
    """The quarters that were counted, the latest first."""
    return list(OpenFigures.objects.all()[:BACK])


@dataclass(frozen=True)
class ToldRound:
    """A round as everyone may know it: its counts only once it is published."""

    round: Round
    ranks: str
    counts: Mapping[str, int] | None
    certificate: Certificate | None

    @property
    def state(self) -> str:
        """How far it has come, in the reader's language."""
        return _(str(self.round.get_state_display()))

    @property
    def days(self) -> list[tuple[str, date]]:
        """Its calendar in order."""
        it = self.round
        return [
            (_("Lists open"), it.opens_on), (_("Lists close"), it.closes_on), (_("Facts corrected until"), it.claims_until),
            (_("Public draw"), it.draw_on), (_("Report by"), it.report_by), (_("Appeals until"), it.appeals_until),
        ]  # fmt: skip


def told_rounds() -> list[ToldRound]:
    """Rounds that were announced, the latest first. Three queries."""
    official = Prefetch("runs", RoundRun.objects.filter(kind=RunKind.OFFICIAL), to_attr="official")
    found = Round.objects.exclude(state__in=UNSEEN).select_related("rule_book", "certificate")
    told = []
    for each in found.prefetch_related("ranks", official):
        is_out = each.state in OUT_STATES
        run = each.official[0] if is_out and each.official else None
        ranks = ", ".join(rank.code for rank in each.ranks.all())
        told.append(ToldRound(each, ranks, run.summary if run else None, _certificate(each) if is_out else None))
    return told


def _certificate(round: Round) -> Certificate | None:
    return round.certificate if hasattr(round, "certificate") else None


def certificates() -> list[Certificate]:
    """Certificates of published rounds, the latest first."""
    found = Certificate.objects.filter(round__state__in=OUT_STATES).select_related("round")
    return list(found.order_by("-round__published_at"))


def in_words(figures: Mapping[str, Any]) -> dict[str, Any]:
    """All parts of a quarter's figures in the reader's language. One query, for the names of regions."""
    return {
        "differences": differences(figures),
        "waiting": waiting(figures),
        "stops": stops(figures),
        "appeals": appeals(figures),
        "reasons": reason_lines(figures),
        "received": figures["received"],
        "protected": figures["protected"],
    }


def export_rows(kept: OpenFigures) -> Iterator[list[Any]]:
    """The same figures as on the page, hidden ones hidden."""
    said = in_words(kept.figures)
    for table in [*said["differences"], *said["waiting"]]:
        for line in table.lines:
            for column, count in zip(table.columns, line["counts"], strict=True):
                yield [table.title, line["label"], column, _("hidden") if count is None else count]
            yield [table.title, line["label"], _("All"), line["total"]]
            yield [table.title, line["label"], _("Median days"), line["days"]]
    for stop in said["stops"]:
        yield [_("Stops raised"), stop["name"], _("All"), stop["raised"]]
        for office, count in stop["lifted"]:
            yield [_("Stops lifted"), stop["name"], office, count]
    for line in said["appeals"]["lines"]:
        yield [_("Appeals"), line["name"], _("upheld"), line["upheld"]]
        yield [_("Appeals"), line["name"], _("dismissed"), line["dismissed"]]
    for line in said["reasons"]:
        yield [_("Moves outside rounds"), str(line["group"]), " / ".join(line["texts"]), line["count"]]


@dataclass(frozen=True)
class Table:
    """A table in words: None is a count that is hidden."""

    title: str
    heading: str
    columns: list[str]
    lines: list[dict[str, Any]]
    totals: list[int]
    total: int

    @property
    def has_hidden(self) -> bool:
        return any(count is None for line in self.lines for count in line["counts"])


def differences(figures: Mapping[str, Any]) -> list[Table]:
    """By sex, service and region: what came of what was asked, how long it took, and how many asked per 1,000 officers."""
    regions = dict(Unit.objects.filter(type="region").values_list("code", "name"))
    names: dict[str, Mapping[str, Any]] = {
        "sex": {code: _(str(label)) for code, label in Sex.choices},
        "service": {code: _(str(label)) for code, label in Service.choices},
        "region": {**regions, "elsewhere": _("Headquarters, formations and institutions")},
    }
    return [
        _table(each, str(ATTRIBUTE_NAMES[each["by"]]), names[each["by"]], OUTCOME_NAMES) for each in figures["differences"]
    ]  # fmt: skip


def waiting(figures: Mapping[str, Any]) -> list[Table]:
    """Median days from the request to the decision by kind and cadre: of those who asked, and of those who were moved."""
    titles = [_("Asked for by officers"), _("Put forward by the service")]
    kinds = {code: _(str(label)) for code, label in TransferKind.choices}
    cadres = {**{code: _(str(label)) for code, label in Cadre.choices}, "unknown": _("Rank not recorded")}
    return [
        _table(each, title, kinds, cadres, heading=_("Kind"))
        for title, each in zip(titles, figures["waiting"], strict=True)
    ]


def _table(
    table: Mapping[str, Any], title: str, rows: Mapping[str, Any], columns: Mapping[str, Any], heading: str = ""
) -> Table:
    lines = []
    for line in table["lines"]:
        label = " + ".join(str(rows.get(code, code)) for code in line["groups"])
        rate = round(1000 * line["total"] / line["strength"], 1) if line.get("strength") else None
        cells = list(zip(line["counts"], line.get("cells", line["counts"]), strict=True))
        lines.append({**line, "label": label, "rate": rate, "pairs": cells})
    heads = [" + ".join(str(columns.get(code, code)) for code in codes) for codes in table["columns"]]
    return Table(title, heading or title, heads, lines, table["totals"], table["total"])


def stops(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Stops by what they are: raised, and lifted by which office."""
    names = dict(StopCode.choices)
    return [
        {
            "name": _(str(names.get(each["code"], each["code"]))),
            "raised": each["raised"],
            "lifted": [(_office(role), count) for role, count in each["lifted"]],
            "total": sum(count for _role, count in each["lifted"]),
        }
        for each in figures["stops"]
    ]


def _office(role: str) -> str:
    return _(ROLES[role].name) if role in ROLES else _("office not recorded")


def appeals(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Appeals lodged, and decided by ground."""
    names = dict(AppealGround.choices)
    kept = figures["appeals"]
    return {
        "lodged": kept["lodged"],
        "lines": [{**each, "name": _(str(names.get(each["ground"], each["ground"])))} for each in kept["lines"]],
    }


def reason_lines(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Orders outside rounds by reason and legal basis, within the group they are counted under."""
    found = []
    for each in figures["reasons"]:
        said = [REASONS[code] for code in each["codes"] if code in REASONS]
        found.append(
            {
                "group": GROUP_NAMES[each["group"]],
                "texts": [reason.text(get_language() or "en") for reason in said] or [_("Other reasons")],
                "sources": sorted({reason.source for reason in said}),
                "count": each["count"],
            }
        )
    return found
