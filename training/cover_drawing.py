"""Turns cover into what the page draws: tiles of the counties, shades, links, and the rows of table and file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.county_grid import SHARES, Measure, Shaded
from hcims.ui.charts import Tile
from organisation.models import Line as LineOfCommand
from training.cover import Line
from training.queries.cover import RANKS, WARDS, Survey


def _officers_each(line: Line) -> float | None:
    """Officers for each who is trained; all of them where nobody is."""
    return line.officers / (line.trained or 0.5) if line.officers else None


MEASURES: dict[str, Measure[Line]] = {
    "wards": Measure(_l("Wards covered"), _l("wards in which nobody is trained"), lambda line: line.without_share,
                     lambda line: f"{len(line.covered)}/{len(line.wards)}", SHARES, "%"),
    "officers": Measure(_l("Trained per 1,000 officers"), _l("officers for each who is trained"), _officers_each,
                        lambda line: f"{line.per_thousand or 0:g}"),
}  # fmt: skip


class Links:
    """Addresses that keep the day and the training chosen."""

    def __init__(self, kept: Mapping[str, str]) -> None:
        self.kept = dict(kept)

    def page(self, code: str, **more: str) -> str:
        return reverse("training:cover_of", args=[code]) + self._query(more)

    def trained(self, code: str, **more: str) -> str:
        """The officers behind a number."""
        return reverse("training:trained", args=[code]) + self._query(more)

    def serving(self, code: str, **more: str) -> str:
        """All who serve there."""
        return reverse("deployment:holders", args=[code]) + self._query({"show": "posted", **more}, but="programme")

    def _query(self, more: Mapping[str, str], but: str = "") -> str:
        asked = {name: value for name, value in {**self.kept, **more}.items() if name != but}
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True)
class Row:
    """A line with its addresses."""

    line: Line
    here: str
    trained: str
    serving: str
    wards: str
    covered: str
    without: str


class Drawing:
    """The page for one measure."""

    def __init__(self, found: Survey, measure: str, kept: Mapping[str, str], level: str) -> None:
        self.found, self.level = found, level
        self.links = Links(kept)
        self.code = measure if measure in MEASURES else "wards"
        self.measure = MEASURES[self.code]
        self.grid = Shaded(
            found.lines, self.measure, address=lambda line: self.links.page(line.command.code), sentence=sentence
        )

    def row(self, line: Line) -> Row:
        """A line of the table: every number leads to what it counts."""
        code, links = line.command.code, self.links
        if self.level == RANKS:
            area = self.found.area.unit.code if self.found.area.unit else ""
            rank = {"rank": code} if code else {}
            return Row(line, "", links.trained(area, **rank), links.serving(area, **rank), "", "", "")
        if not code:  # a ward for which no command stands
            return Row(line, "", "", "", "", "", "")
        wards = [links.page(code, level=WARDS, **more) for more in ({}, {"cover": "with"}, {"cover": "without"})]
        return Row(line, links.page(code), links.trained(code), links.serving(code), *wards)

    def groups(self, lines: list[Line]) -> list[tuple[str, list[Row]]]:
        """The table in parts: regions, counties, formations, institutions, criminal investigations."""
        found: dict[str, list[Row]] = {}
        for line in lines:
            is_dci = line.command.line == LineOfCommand.DCI
            name = _("Criminal investigations") if is_dci else _(line.command.type_name)
            found.setdefault(_("Rank of the post") if self.level == RANKS else name, []).append(self.row(line))
        return list(found.items())

    @property
    def total(self) -> Row | None:
        return self.row(self.found.total) if self.found.total else None

    def tiles(self) -> list[Tile]:
        """The county grid."""
        return self.grid.tiles(self.found.counties)

    def legend(self) -> list[str]:
        """What the five shades mean."""
        return self.grid.legend()


def sentence(line: Line) -> str:
    """A command in one sentence, for whoever rests on its tile."""
    return _("%(trained)s of %(officers)s officers trained, %(covered)s of %(wards)s wards covered") % {
        "trained": f"{line.trained:,}", "officers": f"{line.officers:,}", "covered": len(line.covered),
        "wards": len(line.wards),
    }  # fmt: skip


def columns(level: str) -> list[str]:
    """The headings of the file."""
    numbers = [_("Officers"), _("Trained and serving"), _("Trained per 1,000 officers")]
    if level == RANKS:
        return [_("Code"), _("Rank of the post"), *numbers]
    wards = [_("Wards"), _("Wards covered"), _("Wards without")]
    return [_("Code"), _("Command"), _("Type"), _("County"), *numbers, *wards]


def cells(line: Line, level: str) -> list[Any]:
    """One line as the file holds it."""
    command = line.command
    numbers = [line.officers, line.trained, line.per_thousand]
    if level == RANKS:
        return [command.code, command.name, *numbers]
    wards = [len(line.wards), len(line.covered), line.without] if line.wards else [None, None, None]
    return [command.code, command.name, command.type_name, command.place, *numbers, *wards]
