"""The lists of the board, of trials and of appeals."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import parts
from hcims.ui.tables import ChipColumn, DayColumn, NumberColumn, Table
from transfers.forms.appeals import GROUND_WORDS, REMEDIES, STATES, TONES
from transfers.models import Standing


class AwardTable(Table):
    """The awards of a round."""

    caption = _l("Awards")
    empty_title = _l("No award fits")
    officer = django_tables2.Column(
        accessor="participation__officer",
        verbose_name=_l("Officer"),
        order_by=("participation__officer__service_number",),
    )
    rank = django_tables2.Column(accessor="participation__rank__code", verbose_name=_l("Rank"))
    standing = django_tables2.Column(accessor="participation__standing", verbose_name=_l("Why in the round"))
    points = NumberColumn(accessor="participation__points", verbose_name=_l("Points"))
    leaves = django_tables2.Column(accessor="participation__from_unit", verbose_name=_l("Serves at"), orderable=False)
    goes = django_tables2.Column(accessor="ref", verbose_name=_l("Goes to"), orderable=False)
    choice = NumberColumn(verbose_name=_l("Choice"))

    class Meta(Table.Meta):
        order_by = ()

    def render_officer(self, value: Any, record: Any) -> Any:
        url = reverse("transfers:award", args=[record.ref])
        return format_html('<a href="{}">{}</a> {}', url, value.service_number, value.full_name)

    def render_standing(self, record: Any) -> Any:  # of a field with choices the library hands over words, not the code
        is_due = record.participation.standing == Standing.DUE
        return parts.chip(_("due to move"), "wait") if is_due else _("asked")

    def render_goes(self, record: Any) -> Any:
        words = record.goes_to.name if record.goes_to else _("stays")
        return format_html("{} {}", words, parts.chip(_("varied"), "info") if record.is_varied else "")


class StrengthTable(Table):
    """The officers behind a strength. Who takes no part is named by number alone: the board decides nothing about them."""

    caption = _l("Officers")
    empty_title = _l("Nobody")
    service_number = django_tables2.Column(verbose_name=_l("Officer"))
    rank = django_tables2.Column(accessor="rank__code", verbose_name=_l("Rank"), orderable=False)
    part = django_tables2.Column(verbose_name=_l("In the round"), empty_values=(), orderable=False)
    serves = django_tables2.Column(verbose_name=_l("Served at when frozen"), empty_values=(), orderable=False)
    goes = django_tables2.Column(verbose_name=_l("Goes to"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        order_by = ()

    def render_service_number(self, value: str, record: Any) -> Any:
        if not record.taking:
            return value
        url = reverse("transfers:award", args=[record.taking[0].award.ref])
        return format_html('<a href="{}">{}</a> {}', url, value, record.full_name)

    def render_rank(self, value: str, record: Any) -> str:
        return record.taking[0].rank.code if record.taking else value

    def render_part(self, record: Any) -> Any:
        if not record.taking:
            return _("takes no part")
        return (
            parts.chip(_("due to move"), "wait")
            if record.taking[0].standing == Standing.DUE
            else _("takes part: asked")
        )

    def render_serves(self, record: Any) -> str:
        return str(record.taking[0].from_unit if record.taking else record.posts[0].unit)

    def render_goes(self, record: Any) -> Any:
        if not record.taking:
            return "–"
        award = record.taking[0].award
        if award.goes_to is None:
            return _("stays")
        return format_html("{} {}", award.goes_to, parts.chip(_("varied"), "info") if award.is_varied else "")


class AppealTable(Table):
    """Appeals, the one that is due first on top."""

    caption = _l("Appeals")
    empty_title = _l("No appeal waits here")
    ref = django_tables2.Column(verbose_name=_l("Appeal"), orderable=False)
    officer = django_tables2.Column(verbose_name=_l("Officer"), orderable=False)
    ground = django_tables2.Column(verbose_name=_l("Ground"), orderable=False)
    state = ChipColumn(verbose_name=_l("State"), tones=TONES, words=STATES)
    lodged_at = DayColumn(verbose_name=_l("Lodged on"))
    due_on = DayColumn(verbose_name=_l("Answer due"))
    remedy = django_tables2.Column(verbose_name=_l("Remedy"), orderable=False)

    class Meta(Table.Meta):
        order_by = "due_on"

    def __init__(self, *args: Any, open_matters: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_matters = open_matters

    def render_ref(self, value: str) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("transfers:appeal", args=[value]), value)

    def render_officer(self, value: Any, record: Any) -> Any:
        if record.is_sealed and record.pk not in self.open_matters:
            return _("protected")
        return f"{value.service_number} {value.full_name}"

    def render_ground(self, value: str, record: Any) -> Any:
        return "–" if record.is_sealed and record.pk not in self.open_matters else GROUND_WORDS[record.ground]

    def render_remedy(self, record: Any) -> Any:
        if record.state != "upheld":
            return "–"
        words = REMEDIES[record.remedy]
        return (
            words if record.carried_out_at else format_html("{} {}", words, parts.chip(_("to be carried out"), "wait"))
        )
