"""The officer list, and the holders of the offices at a unit, as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.queries.tenure import Limits, counts_from, duration, months_between
from desk.queries.officer_list import rank_of, unit_of
from hcims.ui import parts
from hcims.ui.tables import DayColumn, PickColumn, Table

SHOWN_SKILLS = 3
NO_VALUE = "–"


def officer_url(number: str) -> str:
    return reverse("desk:officer", args=[number])


class OfficerTable(Table):
    """Number, name, rank, service, unit, duty, since, tenure, skills: of the day the list speaks of."""

    caption = _l("Officers")
    empty_title = _l("No officers here")
    tall = True
    pick = PickColumn("numbers", label=lambda officer: str(officer), accessor="service_number")
    number = django_tables2.Column(_l("Number"), accessor="service_number", order_by=("number",))
    name = django_tables2.Column(_l("Name"), empty_values=(), order_by=("name",))
    rank = django_tables2.Column(_l("Rank"), empty_values=(), order_by=("rank",))
    service = django_tables2.Column(_l("Service"), empty_values=(), order_by=("service",))
    unit = django_tables2.Column(_l("Unit"), empty_values=(), order_by=("unit",))
    duty = django_tables2.Column(_l("Duty"), empty_values=(), orderable=False)
    since = django_tables2.Column(_l("Since"), empty_values=(), order_by=("since",), attrs={"td": {"class": "nowrap"}})
    tenure = django_tables2.Column(
        _l("Time there"),
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "num nowrap"}, "th": {"class": "num"}},
    )
    skills = django_tables2.Column(_l("Skills"), empty_values=(), orderable=False, attrs={"td": {"class": "wrap"}})

    class Meta(Table.Meta):
        sequence = ("pick", "number", "name", "rank", "service", "unit", "duty", "since", "tenure", "skills")

    def __init__(
        self, lines: Any, *, on: date, today: date, limits: Limits, may_pick: bool, may_open: bool, **kwargs: Any
    ) -> None:
        super().__init__(lines, exclude=() if may_pick else ("pick",), order_by=lines.sorts, **kwargs)
        self.on, self.today, self.limits, self.may_open = on, today, limits, may_open

    def render_number(self, record: Any) -> Any:
        number = record.service_number
        return format_html('<a href="{}">{}</a>', officer_url(number), number) if self.may_open else number

    def render_name(self, record: Any) -> str:
        return f"{record.surname}, {record.other_names}"

    def render_rank(self, record: Any) -> Any:
        rank = rank_of(record, on=self.on, today=self.today)
        if rank is None:
            return _("Civilian") if record.member == "civilian" else NO_VALUE
        return format_html('<abbr title="{}">{}</abbr>', rank, rank.code)

    def render_service(self, record: Any) -> str:
        return record.service or NO_VALUE

    def render_unit(self, record: Any) -> Any:
        unit = unit_of(record, on=self.on, today=self.today)
        if unit is None:
            return parts.chip(_("no posting"), "wait")
        return format_html('<a href="{}">{}</a>', f"?unit={unit.code}", unit.name)

    def render_duty(self, record: Any) -> Any:
        duty = record.post.duty if record.post else None
        if duty is None:
            return NO_VALUE
        return str(duty) if duty.is_core else format_html('{} <span class="muted">({})</span>', duty, _("non-core"))

    def render_since(self, record: Any) -> str:
        if record.post is None:
            return NO_VALUE
        return date_format(record.post.starts_on, "j M Y") if record.post.start_known else _("unknown")

    def render_tenure(self, record: Any) -> Any:
        since = counts_from(record.post) if record.post else None
        if since is None:
            return NO_VALUE
        months = months_between(since, self.on)
        limit = self.limits.of(record.post.unit_id)
        return parts.chip(duration(months), "bad") if limit and months >= limit else duration(months)

    def render_skills(self, record: Any) -> Any:
        skills = record.skills_in_force
        if not skills:
            return NO_VALUE
        shown = [(str(held.skill), "" if held.state == "verified" else " ?") for held in skills[:SHOWN_SKILLS]]
        text = format_html_join(", ", "{}{}", shown)
        rest = len(skills) - SHOWN_SKILLS
        return format_html('{} <span class="muted">+{}</span>', text, rest) if rest > 0 else text


class HolderTable(Table):
    """Who holds the offices at a unit; without names for a reader who does not see officers there."""

    caption = _l("Offices")
    empty_title = _l("Nobody holds an office at this unit on this day.")
    office = django_tables2.Column(_l("Office"), accessor="role_name", orderable=False)
    name = django_tables2.Column(_l("Name"), accessor="user__full_name", order_by=("user__full_name", "pk"))
    since = DayColumn(_l("Since"), accessor="starts_on", order_by=("starts_on", "pk"))
