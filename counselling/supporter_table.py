"""The list of peer supporters."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from counselling.models import LAPSES_SOON
from hcims.ui import parts
from hcims.ui.tables import DayColumn, Table


def training_chip(until: date | None, on: date) -> Any:
    """Until when training counts, with its tone."""
    if until is None:
        return parts.chip(_("not trained"), "bad")
    day = date_format(until, "j M Y")
    if until <= on:
        return parts.chip(_("lapsed %(day)s") % {"day": day}, "bad")
    if until <= on + LAPSES_SOON:
        return parts.chip(_("lapses %(day)s") % {"day": day}, "wait")
    return parts.chip(_("until %(day)s") % {"day": day}, "good")


class SupporterTable(Table):
    """The register of one area."""

    caption = _l("Peer supporters")
    empty_title = _l("Nobody here")
    user = django_tables2.Column(verbose_name=_l("Supporter"), order_by=("user__full_name",))
    county = django_tables2.Column(verbose_name=_l("County"), order_by=("county__name",))
    unit = django_tables2.Column(verbose_name=_l("Area"), order_by=("unit__name",))
    trained_until = django_tables2.Column(verbose_name=_l("Training"), empty_values=())
    supervised_on = DayColumn(verbose_name=_l("Supervised"))
    next_supervision = DayColumn(verbose_name=_l("Next supervision"))
    availability = django_tables2.Column(verbose_name=_l("In the directory"), order_by=("is_listed",))
    may_log = django_tables2.Column(verbose_name=_l("May log contacts"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def render_user(self, record: Any) -> Any:
        url = reverse("counselling:supporter", args=[record.ref])
        return format_html('<a href="{}">{}</a><br><small>{}</small>', url, record.user.full_name, record.user.login)

    def render_trained_until(self, value: Any) -> Any:
        return training_chip(value, self.on)

    def render_availability(self, record: Any) -> Any:
        return record.get_availability_display() if record.is_listed else parts.chip(_("not shown"), "off")

    def render_may_log(self, value: bool) -> Any:
        return parts.chip(_("yes"), "good") if value else parts.chip(_("no appointment"), "wait")
