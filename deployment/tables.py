"""The lists of this module."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hcims.ui import parts
from hcims.ui.tables import ChipColumn, DayColumn, Table
from personnel.retirement import retires

ORDER_TONES = {"issued": "wait", "departed": "wait", "arrived": "good", "cancelled": "off"}


def officer_link(officer: Any, *, may_open: bool = True) -> Any:
    if not may_open:
        return f"{officer.service_number} {officer.full_name}"
    return format_html(
        '<a href="{}">{}</a> {}', reverse("desk:officer", args=[officer.service_number]), officer.service_number,
        officer.full_name,
    )  # fmt: skip


def unit_link(unit: Any) -> Any:
    return format_html('<a href="{}">{}</a>', reverse("desk:unit", args=[unit.code]), unit.name) if unit else "–"


class PostingTable(Table):
    """Postings in force or missing a paper."""

    caption = gettext_lazy("Postings")
    empty_title = gettext_lazy("No postings")
    officer = django_tables2.Column(verbose_name=gettext_lazy("Officer"), order_by=("officer__service_number",))
    kind = django_tables2.Column(verbose_name=gettext_lazy("What"))
    unit = django_tables2.Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__name",))
    post_rank = django_tables2.Column(verbose_name=gettext_lazy("Post"), order_by=("post_rank__order",))
    duty = django_tables2.Column(verbose_name=gettext_lazy("Duty"), order_by=("duty__order",))
    starts_on = DayColumn(verbose_name=gettext_lazy("From"))
    ends_on = DayColumn(verbose_name=gettext_lazy("To"))
    order_reference = django_tables2.Column(verbose_name=gettext_lazy("Order"))
    ref = django_tables2.Column(verbose_name="", orderable=False)

    def render_officer(self, value: Any) -> Any:
        return officer_link(value)

    def render_unit(self, value: Any) -> Any:
        return unit_link(value)

    def render_post_rank(self, value: Any, record: Any) -> Any:
        return f"{value.code} · {record.post_skill}" if record.post_skill_id else value.code

    def render_starts_on(self, value: Any, record: Any, column: Any) -> Any:
        return column.render(value, table=self) if record.start_known else parts.chip(_("unknown"), "wait")

    def render_ref(self, value: Any, record: Any) -> Any:
        label = _("Open the posting of %(number)s") % {"number": record.officer.service_number}
        return format_html(
            '<a href="{}" aria-label="{}">{}</a>', reverse("deployment:posting", args=[value]), label, _("Open")
        )


class OrderTable(Table):
    """Posting orders with the day they are due and who holds the pen."""

    caption = gettext_lazy("Posting orders")
    empty_title = gettext_lazy("No orders on the way")
    number = django_tables2.Column(verbose_name=gettext_lazy("Order"))
    officer = django_tables2.Column(verbose_name=gettext_lazy("Officer"), order_by=("officer__service_number",))
    from_unit = django_tables2.Column(verbose_name=gettext_lazy("From"), order_by=("from_unit__name",))
    to_unit = django_tables2.Column(verbose_name=gettext_lazy("To"), order_by=("to_unit__name",))
    issued_on = DayColumn(verbose_name=gettext_lazy("Issued"))
    report_by = DayColumn(verbose_name=gettext_lazy("Report by"))
    state = ChipColumn(verbose_name=gettext_lazy("State"), tones=ORDER_TONES)
    waiting = django_tables2.Column(verbose_name=gettext_lazy("Waiting for"), empty_values=(), orderable=False)

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def render_number(self, value: Any, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("deployment:order", args=[record.ref]), value)

    def render_officer(self, value: Any) -> Any:
        return officer_link(value)

    def render_from_unit(self, value: Any) -> Any:
        return unit_link(value)

    def render_to_unit(self, value: Any) -> Any:
        return unit_link(value)

    def render_waiting(self, record: Any) -> Any:
        pen = type(record).PENS[record.state]
        late = (self.on - record.report_by).days
        if record.state not in ("issued", "departed"):
            return "–"
        if late > 0:
            return parts.chip(_("%(pen)s; %(days)s days overdue") % {"pen": pen, "days": late}, "bad")
        return _("%(pen)s, for %(days)s days") % {"pen": pen, "days": (self.on - record.issued_on).days}


class LineTable(Table):
    """Answers of station returns that nobody has dealt with yet."""

    caption = gettext_lazy("Answers to look at")
    empty_title = gettext_lazy("Every answer has been dealt with")
    unit = django_tables2.Column(accessor="station_return__unit", verbose_name=gettext_lazy("Unit"), orderable=False)
    answer = ChipColumn(verbose_name=gettext_lazy("Answer"), tones={"gone": "bad", "new": "wait", "wrong": "wait"})
    officer = django_tables2.Column(verbose_name=gettext_lazy("Officer"), empty_values=(), orderable=False)
    note = django_tables2.Column(verbose_name=gettext_lazy("Note"), orderable=False)
    said = DayColumn(accessor="station_return__confirmed_at", verbose_name=gettext_lazy("Said on"))
    ref = django_tables2.Column(verbose_name="", orderable=False)

    def render_unit(self, value: Any) -> Any:
        return unit_link(value)

    def render_officer(self, record: Any) -> Any:
        return officer_link(record.officer) if record.officer_id else record.service_number

    def render_ref(self, value: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("deployment:resolve", args=[value]), _("Deal with it"))


class DiscrepancyTable(Table):
    """Officers whom a roll shows elsewhere, with the unit on record and the unit on the roll."""

    caption = gettext_lazy("Differences to resolve")
    empty_title = gettext_lazy("The rolls and the record agree")
    officer = django_tables2.Column(verbose_name=gettext_lazy("Officer"), order_by=("officer__service_number",))
    record = django_tables2.Column(accessor="posting__unit", verbose_name=gettext_lazy("On record"), orderable=False)
    unit = django_tables2.Column(verbose_name=gettext_lazy("On the roll"), order_by=("unit__name",))
    since = DayColumn(verbose_name=gettext_lazy("There since"))
    roll_on = DayColumn(verbose_name=gettext_lazy("Roll of"))
    ref = django_tables2.Column(verbose_name="", orderable=False)

    def render_officer(self, value: Any) -> Any:
        return officer_link(value)

    def render_record(self, value: Any) -> Any:
        return unit_link(value)

    def render_unit(self, value: Any) -> Any:
        return unit_link(value)

    def render_ref(self, value: Any, record: Any) -> Any:
        label = _("Resolve the difference about %(number)s") % {"number": record.officer.service_number}
        address = reverse("deployment:discrepancy", args=[value])
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, label, _("Resolve"))


class LeavingTable(Table):
    """Members who leave by a rule or a contract."""

    caption = gettext_lazy("Members")
    empty_title = gettext_lazy("Nobody leaves in this time")
    service_number = django_tables2.Column(verbose_name=gettext_lazy("Officer"))
    rank = django_tables2.Column(verbose_name=gettext_lazy("Rank"), order_by=("rank__order",))
    unit = django_tables2.Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__name",))
    born_on = DayColumn(verbose_name=gettext_lazy("Born"))
    contract_ends_on = DayColumn(verbose_name=gettext_lazy("Contract ends"))
    retires = django_tables2.Column(
        verbose_name=gettext_lazy("Retires"), empty_values=(), order_by=("born_on",), orderable=False
    )

    def __init__(self, *args: Any, rules: Any, may_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.may_open = rules, may_open

    def render_service_number(self, record: Any) -> Any:
        return officer_link(record, may_open=self.may_open)

    def render_rank(self, value: Any) -> Any:
        return value.code

    def render_unit(self, value: Any) -> Any:
        return unit_link(value)

    def render_retires(self, record: Any) -> Any:
        found = retires(record.born_on, record.member, record.rank_id, self.rules)
        return f"{found.on:%-d %b %Y}" if found else "–"
