"""The list of trainees behind a number of a report."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hcims.ui.tables import ChipColumn, DayColumn, NumberColumn, Table

TONES = {"passed": "good", "failed": "bad", "no-show": "bad", "left": "off", "called": "wait", "joined": "info"}


class TraineeTable(Table):
    """Trainees of several cohorts. A number leads to the file only for readers who may open files."""

    caption = _("Trainees")
    empty_title = _("No trainees")
    may_see_file = False
    officer = django_tables2.Column(verbose_name=_("Officer"), order_by=("officer__service_number",))
    rank = django_tables2.Column(accessor="officer__rank", verbose_name=_("Rank"), order_by=("officer__rank__order",))
    unit = django_tables2.Column(accessor="officer__unit", verbose_name=_("Unit"), order_by=("officer__unit__name",))
    course = django_tables2.Column(
        accessor="cohort__version__course", verbose_name=_("Course"), order_by=("cohort__version__course__order",)
    )
    cohort = django_tables2.Column(verbose_name=_("Cohort"), order_by=("cohort__title",))
    first_on = DayColumn(accessor="cohort__first_on", verbose_name=_("From"))
    state = ChipColumn(verbose_name=_("State"), tones=TONES)
    mark = NumberColumn(verbose_name=_("Mark"))

    class Meta(Table.Meta):
        order_by = ("-first_on", "officer")

    def render_officer(self, value: Any) -> Any:
        if not self.may_see_file:
            return f"{value.service_number} {value.full_name}"
        url = reverse("desk:officer", args=[value.service_number])
        return format_html('<a href="{}">{}</a> {}', url, value.service_number, value.full_name)

    def render_rank(self, value: Any) -> str:
        return str(value.code)

    def render_cohort(self, value: Any) -> Any:
        url = reverse("training:cohort", args=[value.ref])
        return format_html('<a href="{}">{}</a><br><small>{}</small>', url, value.title, value.unit.name)
