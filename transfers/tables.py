"""The lists of this module."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from hcims.ui import parts
from hcims.ui.tables import DayColumn, NumberColumn, PickColumn, Table
from transfers import words
from transfers.queries.effect import Effect, Side
from transfers.queries.queue import Extras, office_of


def case_link(request: Any) -> SafeString:
    """The officer's number, leading to the transfer, and the name."""
    officer, url = request.officer, reverse("transfers:case", args=[request.ref])
    rank = officer.rank.code if officer.rank else ""
    return format_html('<a href="{}">{}</a> {}<br>{}', url, officer.service_number, rank, officer.full_name)


def side_words(side: Side, sign: str) -> SafeString:
    """One end of a move: strength of the rank before and after against the posts, and the skills it touches."""
    strength = f"{side.before} → {side.after}"
    if side.posts is not None:
        strength = _("%(strength)s of %(posts)s") % {"strength": strength, "posts": side.posts}
    tone = "bad" if side.is_over or side.is_bare or (side.skills and sign == "−") else "off"
    skills = ", ".join(f"{sign}{skill}" for skill in side.skills)
    return format_html(
        "{}<br>{}{}",
        side.unit.name,
        parts.chip(strength, tone),
        format_html(" <small>{}</small>", skills) if skills else "",
    )


class QueueTable(Table):
    """Transfers that wait, with their pens."""

    caption = _l("Transfers")
    empty_title = _l("Nothing waits here")
    ref = PickColumn(
        label=lambda request: _("Choose the transfer of %(number)s") % {"number": request.officer.service_number}
    )
    officer = django_tables2.Column(
        verbose_name=_l("Officer"), order_by=("officer__service_number",), attrs={"td": {"class": "nowrap"}}
    )
    kind = django_tables2.Column(verbose_name=_l("Kind and state"), attrs={"td": {"class": "nowrap"}})
    pen = django_tables2.Column(verbose_name=_l("Who holds the pen"), empty_values=(), orderable=False)
    waits_since = NumberColumn(verbose_name=_l("Days"))
    stops = django_tables2.Column(verbose_name=_l("Held by"), empty_values=(), orderable=False)
    losing = django_tables2.Column(verbose_name=_l("Leaves"), empty_values=(), orderable=False)
    gaining = django_tables2.Column(verbose_name=_l("Goes to"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        order_by = "waits_since"

    def __init__(self, *args: Any, may_pick: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_pick else ("ref",), **kwargs)
        self.extras: Extras

    def render_officer(self, record: Any) -> Any:
        return case_link(record)

    def render_kind(self, record: Any) -> Any:
        return format_html("{}<br><small>{}</small>", words.KINDS[record.kind], words.STATES[record.state])

    def render_pen(self, record: Any) -> Any:
        office = office_of(record)
        if not office:
            return {"approved": _("HR: publish the order"), "pooled": _("the round")}.get(record.state, "–")
        people = self.extras.people(record)
        names = ", ".join(each.full_name for each in people) or parts.chip(_("nobody holds this office"), "bad")
        return format_html("{}<br><small>{}</small>", names, office)

    def render_waits_since(self, record: Any) -> Any:
        days = self.extras.days(record)
        if not self.extras.is_stuck(record):
            return days
        return parts.chip(ngettext("%(n)s day, stuck", "%(n)s days, stuck", days) % {"n": days}, "bad")

    def render_stops(self, record: Any) -> Any:
        found = self.extras.stops.get(record.pk, [])
        return format_html_join(" ", "{}", ((parts.chip(str(words.STOPS[each.code]), "bad"),) for each in found)) or "–"

    def render_losing(self, record: Any) -> Any:
        effect = self._effect(record)
        return side_words(effect.losing, "−") if effect and effect.losing else "–"

    def render_gaining(self, record: Any) -> Any:
        effect = self._effect(record)
        if effect is None or (effect.gaining is None and effect.place is None):
            return "–"
        if effect.gaining is not None:
            return side_words(effect.gaining, "+")
        return _("any station in %(unit)s") % {"unit": effect.place.unit.name} if effect.place else "–"

    def _effect(self, record: Any) -> Effect | None:
        return self.extras.effects.get(record.pk)


class LiftedTable(Table):
    """Stops that were lifted, by whom and why."""

    caption = _l("Stops lifted")
    empty_title = _l("No stop was lifted")
    lifted_at = DayColumn(verbose_name=_l("Lifted on"))
    code = django_tables2.Column(verbose_name=_l("Stop"))
    lifted_by = django_tables2.Column(verbose_name=_l("By"), order_by=("lifted_by__full_name",))
    lift_reason = django_tables2.Column(verbose_name=_l("Why"), orderable=False, attrs={"td": {"class": "wrap"}})
    request = django_tables2.Column(verbose_name=_l("Transfer"), orderable=False)

    class Meta(Table.Meta):
        order_by = "-lifted_at"

    def render_code(self, record: Any) -> Any:
        return words.STOPS[record.code]

    def render_request(self, value: Any) -> Any:
        return case_link(value)
