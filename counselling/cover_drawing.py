"""Turns cover into what the page draws: tiles of the counties, shades, and the rows of table and file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from counselling.cover import Line
from counselling.queries.cover import Survey
from deployment.county_grid import SHARES, Measure, Shaded
from hcims.ui.charts import Tile
from organisation.models import Line as LineOfCommand


def _without_office(line: Line) -> float | None:
    return 0 if line.offices else 5


def _officers_each(line: Line) -> float | None:
    """Officers for each counsellor; all of them where there is none."""
    if line.counsellors is None or not line.officers:
        return None
    return line.officers / (line.counsellors or 0.5)


MEASURES: dict[str, Measure[Line]] = {
    "office": Measure(_l("Offices"), _l("no office in the county"), _without_office, lambda line: str(len(line.offices)),
                      (1, 2, 3, 4, 5)),
    "counsellors": Measure(_l("Counsellors per 1,000 officers"), _l("officers for each counsellor"), _officers_each,
                           lambda line: "" if line.per_thousand is None else f"{line.per_thousand:g}"),
    "distance": Measure(_l("Distance"), _l("kilometres within which half of the stations have an office"),
                        lambda line: line.half_within,
                        lambda line: "" if line.half_within is None else f"{line.half_within:.0f}", unit=" km"),
    "wards": Measure(_l("Wards without a supporter"), _l("wards without a trained peer supporter"),
                     lambda line: line.uncovered_share,
                     lambda line: "" if line.uncovered_share is None else f"{line.uncovered_share:.0f}%", SHARES, "%"),
}  # fmt: skip


class Drawing:
    """The page for one measure."""

    def __init__(self, found: Survey, measure: str) -> None:
        self.found = found
        self.code = measure if measure in MEASURES else "office"
        self.measure = MEASURES[self.code]
        self.grid = Shaded(found.lines, self.measure, address=address, sentence=sentence)

    def groups(self) -> list[tuple[str, list[Line]]]:
        """The table in parts: regions, counties, formations, institutions, criminal investigations."""
        found: dict[str, list[Line]] = {}
        for line in self.found.lines:
            is_dci = line.command.line == LineOfCommand.DCI
            found.setdefault(_("Criminal investigations") if is_dci else line.command.type_name, []).append(line)
        return list(found.items())

    def tiles(self) -> list[Tile]:
        """The county grid."""
        return self.grid.tiles(self.found.counties)

    def legend(self) -> list[str]:
        """What the five shades mean; of the offices, only the last."""
        return self.grid.legend()


def address(line: Line) -> str:
    return reverse("counselling:cover_of", args=[line.command.code])


def sentence(line: Line) -> str:
    """A command in one sentence, for whoever rests on its tile."""
    return _("%(offices)s offices, %(officers)s officers, %(without)s of %(wards)s wards without a peer supporter") % {
        "offices": len(line.offices), "officers": f"{line.officers:,}", "without": line.wards_without, "wards": line.wards,
    }  # fmt: skip


def columns() -> list[str]:
    """The headings of the file."""
    return [
        _("Code"), _("Command"), _("Type"), _("Officers"), _("Offices"), _("Counsellors on record"),
        _("Offices without staff on record"), _("Counsellors per 1,000 officers"), _("Half within (km)"),
        _("Farthest (km)"), _("Stations"), _("Stations with coordinates"), _("Wards"), _("Wards with a supporter"),
        _("Wards without a supporter"), _("Peer supporters"),
    ]  # fmt: skip


def row(line: Line) -> list[Any]:
    """One command as the file holds it."""
    wards = [line.wards, line.wards_with, line.wards_without] if line.wards else [None, None, None]
    return [
        line.command.code, line.command.name, line.command.type_name, line.officers, len(line.offices), line.counsellors,
        line.staff_unknown, line.per_thousand, line.half_within, line.farthest, line.places, line.located, *wards,
        line.supporters,
    ]  # fmt: skip
