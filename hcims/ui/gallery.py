"""Invented sample values for /ui/, the page that shows every component."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import django_tables2
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import charts
from hcims.ui.forms import DayField, Form
from hcims.ui.parts import Change, Moment, Tab
from hcims.ui.tables import ChipColumn, DayColumn, NumberColumn, PickColumn, Table

STATES = [("confirmed", _l("Confirmed")), ("waiting", _l("Waiting")), ("stale", _l("Stale"))]
ROWS: list[dict[str, Any]] = [
    {
        "ref": f"sample{number:03d}",
        "station": name,
        "county": county,
        "posts": posts,
        "posted": posted,
        "state": STATES[number % 3][0],
        "confirmed_on": date(2026, 10, 28) - timedelta(days=number * 9),
    }
    for number, (name, county, posts, posted) in enumerate(
        [
            ("Mnarani", "Kilifi", 46, 31), ("Bamba", "Kilifi", 28, 30), ("Vitengeni", "Kilifi", 22, 11),
            ("Kaloleni", "Kilifi", 38, 37), ("Marafa", "Kilifi", 24, 9), ("Garashi", "Kilifi", 18, 17),
            ("Ganze", "Kilifi", 30, 26), ("Mariakani", "Kilifi", 52, 41), ("Watamu", "Kilifi", 34, 33),
            ("Gongoni", "Kilifi", 26, 20), ("Msambweni", "Kwale", 32, 24), ("Kinango", "Kwale", 29, 13),
        ]
    )
]  # fmt: skip


class SampleForm(Form):
    """One field of each kind."""

    reason = forms.ChoiceField(
        label=_l("Why is the change asked for?"),
        choices=[
            ("error", _l("The record is wrong")),
            ("late", _l("A paper came late")),
            ("other", _l("Another reason")),
        ],
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label=_l("Papers at hand"),
        choices=[("letter", _l("Posting letter")), ("return", _l("Casualty return")), ("id", _l("Identity card"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    number = forms.CharField(
        label=_l("Service number"), help_text=_l("As on the certificate of appointment, zeros kept.")
    )
    since = DayField(label=_l("From which day?"), help_text=_l("For example, 9 3 2026."))
    unit = forms.ChoiceField(label=_l("Unit"), choices=[("", "–"), ("mnarani", "Mnarani"), ("bamba", "Bamba")])
    paper = forms.FileField(
        label=_l("Photograph of the paper"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"data-accept-words": _l("JPEG or PDF, up to 5 MB.")}),
    )
    note = forms.CharField(label=_l("Anything else"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    sure = forms.BooleanField(label=_l("I have the paper before me"))


class SampleFilters(Form):
    """Filters above the sample list. A list of records uses a django-filter FilterSet instead."""

    station = forms.CharField(label=_l("Station"), required=False)
    county = forms.ChoiceField(
        label=_l("County"), choices=[("", _l("All")), ("Kilifi", "Kilifi"), ("Kwale", "Kwale")], required=False
    )
    state = forms.ChoiceField(label=_l("State"), choices=[("", _l("All")), *STATES], required=False)


class SampleTable(Table):
    """A list with a tick box, a link, numbers, a status and a day."""

    ref = PickColumn(label=lambda row: row["station"])
    station = django_tables2.Column(_l("Station"))
    county = django_tables2.Column(_l("County"))
    posts = NumberColumn(verbose_name=_l("Posts"))
    posted = NumberColumn(verbose_name=_l("Posted"))
    state = ChipColumn(
        verbose_name=_l("Return"), tones={"confirmed": "good", "waiting": "wait", "stale": "bad"}, words=dict(STATES)
    )
    confirmed_on = DayColumn(verbose_name=_l("Confirmed"))
    caption = _l("Stations")


def rows_for(query: Any) -> list[dict[str, Any]]:
    """The sample rows that the filters leave."""
    words = query.get("station", "").casefold()
    return [
        row
        for row in ROWS
        if words in str(row["station"]).casefold()
        and query.get("county", "") in ("", row["county"])
        and query.get("state", "") in ("", row["state"])
    ]


LIMITS = [5, 10, 20, 30, 40]


def _cell(value: int | None, *, hidden: bool = False) -> charts.Cell:
    if hidden:
        return charts.HIDDEN
    if value is None:
        return charts.NO_DATA
    return charts.Cell(f"{value}%", charts.step_of(value, LIMITS), url="?county=Kilifi")


def matrix() -> dict[str, Any]:
    """A heat table of invented vacancy rates."""
    columns = ["CIP", "IP", "SSGT", "SGT", "CPL", "PC"]
    values: dict[str, list[int | None]] = {
        "Kilifi": [12, 4, 22, 31, 8, 17],
        "Kwale": [0, 9, 14, 27, 44, 38],
        "Lamu": [50, 33, None, 21, 12, 6],
        "Mombasa": [3, 0, 6, 5, 2, 1],
        "Taita-Taveta": [11, 19, 8, None, 26, 29],
    }
    rows = [charts.Row(name, [_cell(each) for each in line], url="?county=Kilifi") for name, line in values.items()]
    rows.append(charts.Row("Tana River", [_cell(9), charts.HIDDEN, _cell(12), _cell(18), charts.HIDDEN, _cell(41)]))
    return {
        "columns": columns,
        "rows": rows,
        "total": charts.Row(_("All"), [_cell(each) for each in (9, 7, 13, 22, 19, 24)]),
    }


def tile_grid() -> list[charts.Tile]:
    """A corner of the county tile grid."""
    places = [
        ("TUR", "Turkana", 0, 0, 44), ("MAR", "Marsabit", 0, 1, 38), ("MAN", "Mandera", 0, 2, 52), ("SAM", "Samburu", 1, 0, 23),
        ("ISI", "Isiolo", 1, 1, None), ("WAJ", "Wajir", 1, 2, 31), ("LAI", "Laikipia", 2, 0, 8), ("MER", "Meru", 2, 1, 3),
        ("GAR", "Garissa", 2, 2, 27), ("NYE", "Nyeri", 3, 0, 2), ("KIT", "Kitui", 3, 1, 14), ("TAN", "Tana River", 3, 2, 19),
    ]  # fmt: skip
    return [charts.Tile(label, name, row, column, _cell(value)) for label, name, row, column, value in places]


def context(at: datetime) -> dict[str, Any]:
    """Everything on the page that does not depend on the address."""
    return {
        "bars": [
            charts.Bar("Kwale", 214, "?county=Kwale", is_bad=True),
            charts.Bar("Kilifi", 131, "?county=Kilifi"),
            charts.Bar("Lamu", 57),
            charts.Bar("Mombasa", 12),
        ],
        "years": ["2021", "2022", "2023", "2024", "2025", "2026"],
        "series": [
            charts.Series(_("Posts"), [420, 436, 450, 460, 471, 480]),
            charts.Series(_("Posted"), [398, 389, 372, 377, 360, 349]),
        ],
        "matrix": matrix(),
        "legend": charts.legend_of(LIMITS),
        "tiles": tile_grid(),
        "tabs": [Tab(_("Service"), "#", True), Tab(_("Postings"), "#", count=7), Tab(_("Skills"), "#", count=1204)],
        "moments": [
            Moment(at, _("Moved to Mnarani"), _("HR officer, Kilifi County"), _("Order KIL/12/2026")),
            Moment(at - timedelta(days=214), _("Rank recorded: Sergeant"), _("HR officer, Kilifi County")),
            Moment(timezone.localdate(at - timedelta(days=900)), _("Enlisted"), "", ""),
        ],
        "changes": [
            Change(_("Rank"), "Constable", "Corporal"),
            Change(_("Unit"), "Bamba", "Mnarani"),
            Change(_("Telephone"), None, "0700 000 000"),
            Change(_("Sex"), "F", "F"),
        ],
        "steps": [_("Upload"), _("Match columns"), _("Preview"), _("Confirm")],
        "until": at + timedelta(minutes=10),
        "grid_rows": [("PC", [14, 9, 3]), ("CPL", [6, 4, 2]), ("SGT", [3, 2, 1]), ("SSGT", [1, 1, 0])],
        "grid_columns": [_("General duty"), _("Traffic"), _("Driver")],
    }
