"""Skills about to lapse, as a list that can be worked."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import parts
from hcims.ui.tables import DayColumn, PickColumn, Table


class LapsingTable(Table):
    """Officers whose certificate lapses."""

    caption = _l("About to lapse")
    empty_title = _l("Nothing is about to lapse")
    number = PickColumn(
        accessor="officer__service_number", label=lambda record: _("Choose %(officer)s") % {"officer": record.officer}
    )
    officer = django_tables2.Column(
        verbose_name=_l("Officer"), order_by=("officer__service_number",), attrs={"td": {"class": "nowrap"}}
    )
    unit = django_tables2.Column(
        verbose_name=_l("Unit"), accessor="officer__unit__name", order_by=("officer__unit__name",)
    )
    expires_on = DayColumn(verbose_name=_l("Lapses on"))
    source = django_tables2.Column(verbose_name=_l("Certificate"), orderable=False)
    named = django_tables2.Column(verbose_name=_l("Refresher"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        order_by = "expires_on"

    def __init__(self, *args: Any, may_pick: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_pick else ("number",), **kwargs)
        self.named_already: set[int] = set()

    def render_officer(self, value: Any) -> Any:
        rank = value.rank.code if value.rank else ""
        url = reverse("desk:officer", args=[value.service_number])
        return format_html('<a href="{}">{}</a> {}<br>{}', url, value.service_number, rank, value.full_name)

    def render_named(self, record: Any) -> Any:
        if record.officer_id in self.named_already:
            return parts.chip(_("put forward"), "good")
        return "–"
