"""The catalogue of courses."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import parts
from hcims.ui.tables import DayColumn, NumberColumn, Table
from training import lengths


def _page_of(course: Any) -> str:
    return reverse("training:course", args=[course.code])


class CourseTable(Table):
    """Courses with the version in force."""

    caption = _l("Courses")
    name = django_tables2.Column(verbose_name=_l("Course"), accessor="code", order_by=("name_en",))
    kind = django_tables2.Column(verbose_name=_l("Kind"), order_by=("order", "code"))
    version_number = django_tables2.Column(verbose_name=_l("Version in force"), empty_values=())
    days = NumberColumn(verbose_name=_l("Days"), default="–")
    minutes = django_tables2.Column(verbose_name=_l("Hours"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    muamko = NumberColumn(verbose_name=_l("Muamko Mpya parts"), link=lambda each: f"{_page_of(each)}#units")
    conditions_now = NumberColumn(verbose_name=_l("Conditions"), link=lambda each: f"{_page_of(each)}#conditions")
    given = NumberColumn(verbose_name=_l("Given at"), link=lambda each: f"{_page_of(each)}#given")
    next_on = DayColumn(verbose_name=_l("Next intake"), default="–")

    class Meta(Table.Meta):
        order_by = "kind"

    def render_name(self, record: Any) -> SafeString:
        gone = "" if record.in_use else parts.chip(_("given up"), "off")
        return format_html('<a href="{}">{}</a> {}', _page_of(record), record, gone)

    def render_kind(self, record: Any) -> str:
        return str(record.get_kind_display())

    def render_minutes(self, value: int) -> str:
        return lengths.in_words(value) if value else "–"

    def render_version_number(self, record: Any) -> SafeString:
        now = format_html(
            '<a href="{}">{}</a>', reverse("training:course_version", args=[record.version_ref]), record.version_number
        ) if record.version_ref else parts.chip(_("none"), "wait")  # fmt: skip
        if not record.begun_ref:
            return now
        words = _("next waits") if record.begun_state == "submitted" else _("next in draft")
        url = reverse("training:course_version", args=[record.begun_ref])
        return format_html(
            '{} <a href="{}">{}</a>',
            now,
            url,
            parts.chip(words, "wait" if record.begun_state == "submitted" else "info"),
        )
