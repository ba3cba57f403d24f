"""The list of who is due to move."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import parts
from hcims.ui.tables import NumberColumn, PickColumn, Table
from transfers import words
from transfers.forms.due import REASONS
from transfers.queries.due import Extras

TONES = {
    "overstay": "bad", "hardship": "bad", "home": "wait", "unknown": "wait", "soon": "info", "retirement": "info",
    "exempt": "off",
}  # fmt: skip


class DueTable(Table):
    """Officers who are due, longest first; an unknown arrival is said, never counted as short."""

    caption = _l("Due to move")
    empty_title = _l("Nobody is due here")
    pick = PickColumn(
        name="numbers", accessor="officer__service_number",
        label=lambda record: _("Choose %(number)s") % {"number": record.officer.service_number},
    )  # fmt: skip
    number = django_tables2.Column(verbose_name=_l("Number"), accessor="officer__service_number", order_by=("number",))
    officer = django_tables2.Column(verbose_name=_l("Officer"), orderable=False)
    rank = django_tables2.Column(verbose_name=_l("Rank"), accessor="officer__rank", order_by=("rank",), default="–")
    unit = django_tables2.Column(verbose_name=_l("Unit"), order_by=("unit",))
    county = django_tables2.Column(
        verbose_name=_l("County"), accessor="unit__county", order_by=("county",), default="–"
    )
    since = django_tables2.Column(
        verbose_name=_l("Since"), accessor="starts_on", order_by=("since",), attrs={"td": {"class": "nowrap"}}
    )
    months = NumberColumn(verbose_name=_l("Months"), empty_values=(), orderable=False)
    limit = NumberColumn(verbose_name=_l("Limit"), empty_values=(), orderable=False)
    why = django_tables2.Column(verbose_name=_l("Why"), empty_values=(), orderable=False)
    under_way = django_tables2.Column(verbose_name=_l("Under way"), empty_values=(), orderable=False)

    def __init__(self, lines: Any, *, may_pick: bool, **kwargs: Any) -> None:
        super().__init__(lines, exclude=() if may_pick else ("pick",), order_by=lines.sorts, **kwargs)
        self.extras: Extras

    def render_number(self, value: str) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("desk:officer", args=[value]), value)

    def render_officer(self, value: Any) -> str:
        return str(value.full_name)

    def render_rank(self, value: Any) -> Any:
        return format_html('<abbr title="{}">{}</abbr>', value, value.code)

    def render_unit(self, value: Any) -> Any:
        return format_html('<a href="?unit={}">{}</a>', value.code, value.name)

    def render_since(self, record: Any) -> Any:
        if not record.start_known:
            return parts.chip(_("unknown"), "wait")
        return date_format(record.starts_on, "j M Y")

    def render_months(self, record: Any) -> Any:
        months = self.extras.months(record)
        return "–" if months is None else months

    def render_limit(self, record: Any) -> Any:
        limit = self.extras.by.limits.of(record.unit_id)
        return "–" if limit is None else limit

    def render_why(self, record: Any) -> Any:
        chips = ((parts.chip(str(REASONS[code]), TONES[code]),) for code in self.extras.reasons(record))
        return format_html_join(" ", "{}", chips) or "–"

    def render_under_way(self, record: Any) -> Any:
        state = self.extras.under_way.get(record.officer_id)
        return parts.chip(str(words.STATES[state]), words.STATE_TONES[state]) if state else "–"
