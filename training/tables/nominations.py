"""Names of a commander's area and where they stand."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.tables import ChipColumn, DayColumn, Table
from training import cohort_words as words
from training import reasons
from training.models import LIVE


def put_forward_words(nomination: Any) -> SafeString:
    """Who put the name forward; and where it was typed from paper, by whom and from which, apart."""
    name = nomination.put_forward_by.full_name
    if nomination.signed_by_id is None:
        return format_html("{}", name)
    typed = _("on paper (%(paper)s), entered by %(typist)s") % {
        "paper": nomination.paper, "typist": nomination.put_by.full_name,
    }  # fmt: skip
    return format_html("{}<br><small>{}</small>", name, typed)


class PutForwardTable(Table):
    """Names put forward, with the answer."""

    caption = _l("Names of your area")
    empty_title = _l("Nobody of your area is put forward")
    officer = django_tables2.Column(
        verbose_name=_l("Officer"), order_by=("officer__service_number",), attrs={"td": {"class": "nowrap"}}
    )
    cohort = django_tables2.Column(verbose_name=_l("Course"), order_by=("cohort__first_on",))
    put_at = DayColumn(verbose_name=_l("Put forward"))
    put_by = django_tables2.Column(verbose_name=_l("By"), orderable=False)
    state = ChipColumn(verbose_name=_l("State"), tones=words.NAME_TONES, words=words.NAMES)
    decision_code = django_tables2.Column(
        verbose_name=_l("Why"), empty_values=(), orderable=False, attrs={"td": {"class": "wrap"}}
    )
    ref = django_tables2.Column(verbose_name="", orderable=False)

    class Meta(Table.Meta):
        order_by = "-put_at"

    def __init__(self, *args: Any, commands: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if commands else ("ref",), **kwargs)

    def render_put_by(self, record: Any) -> Any:
        return put_forward_words(record)

    def render_officer(self, value: Any) -> Any:
        rank = value.rank.code if value.rank else ""
        url = reverse("desk:officer", args=[value.service_number])
        return format_html('<a href="{}">{}</a> {}<br>{}', url, value.service_number, rank, value.full_name)

    def render_cohort(self, value: Any) -> Any:
        return format_html("{}<br><small>{}, {}</small>", value.version.course, value.title, value.unit)

    def render_decision_code(self, record: Any) -> Any:
        found = reasons.of(record.decision_code)
        text = found.text(get_language() or "en") if found else ""
        return format_html("{} {}", text, record.decision_note)

    def render_ref(self, value: Any, record: Any) -> Any:
        goes_on = record.state in LIVE and record.cohort.state not in ("running", "finished")
        if not record.commanded or not goes_on:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("training:withdraw_name", args=[value]), _("Take back"))
