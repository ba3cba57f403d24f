"""The list of units as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hcims.ui.tables import DayColumn, NumberColumn, Table
from organisation.models import UnitType


class UnitTable(Table):
    """One row a unit, as it stood on the day of the page."""

    code = django_tables2.Column(_("Code"), attrs={"td": {"class": "nowrap tabular"}})
    shown_name = django_tables2.Column(_("Name"))
    shown_type = django_tables2.Column(_("Type"), attrs={"td": {"class": "nowrap"}})
    line = django_tables2.Column(_("Line"))
    command = django_tables2.Column(_("Under"), default="–")
    county = django_tables2.Column(_("County"), order_by="county__name", default="–")
    hardship_class = django_tables2.Column(_("Hardship"), default="–")
    operation_class = django_tables2.Column(_("Operation area"), default="–")
    units_below = NumberColumn(verbose_name=_("Units below"))
    opened_on = DayColumn(verbose_name=_("Opened"))
    caption = _("Units")

    def __init__(self, *args: Any, on: date, classes: dict[int, str], day_query: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.classes, self.day_query = on, classes, day_query

    def render_shown_name(self, value: str, record: Any) -> Any:
        url = reverse("desk:unit", args=[record.code]) + self.day_query
        return format_html('<a href="{}">{}</a>', url, value)

    def render_shown_type(self, value: str) -> Any:
        return UnitType(value).label

    def render_hardship_class(self, value: int) -> str:
        return self.classes.get(value, "")

    def render_operation_class(self, value: int) -> str:
        return self.classes.get(value, "")

    def render_units_below(self, value: int, record: Any) -> Any:
        if not value:
            return "0"
        query = urlencode({"under": record.code, "below": "all", "on": self.on.isoformat()})
        return format_html('<a href="{}?{}">{}</a>', reverse("organisation:units"), query, f"{value:,}")
