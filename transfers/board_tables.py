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
from transfers import allowances
from transfers.forms.appeals import GROUND_WORDS, REMEDIES, STATES, TONES
from transfers.models import Standing
from transfers.words import LANGUAGES


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


class LetterTable(Table):
    """Awards as publication would carry them out, each with its letter as a draft."""

    caption = _l("Officers")
    empty_title = _l("Nobody")
    officer = django_tables2.Column(accessor="award", verbose_name=_l("Officer"), orderable=False)
    rank = django_tables2.Column(accessor="award__participation__rank__code", verbose_name=_l("Rank"), orderable=False)
    leaves = django_tables2.Column(
        accessor="award__participation__from_unit", verbose_name=_l("Serves at"), orderable=False
    )
    goes = django_tables2.Column(verbose_name=_l("Goes to"), empty_values=(), orderable=False)
    allowance = django_tables2.Column(verbose_name=_l("Allowance"), orderable=False)
    gets = django_tables2.Column(verbose_name=_l("How it reaches them"), empty_values=(), orderable=False)
    letter = django_tables2.Column(accessor="award__ref", verbose_name=_l("Letter"), orderable=False)

    class Meta(Table.Meta):
        order_by = ()

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def render_officer(self, value: Any) -> Any:
        officer = value.participation.officer
        url = reverse("transfers:award", args=[value.ref])
        return format_html('<a href="{}">{}</a> {}', url, officer.service_number, officer.full_name)

    def render_goes(self, record: Any) -> Any:
        return record.goes or (parts.chip(str(WHY_NOT[record.why_not]), "wait") if record.why_not else _("stays"))

    def render_allowance(self, value: str) -> Any:
        return allowances.WORDS[value] if value else "–"

    def render_gets(self, record: Any) -> Any:
        if record.goes is None:
            return _("notice on the account") if record.has_account else "–"
        language = LANGUAGES[record.language]
        if record.has_account:
            return _("account and notice, in %(language)s") % {"language": language}
        return _("on paper, by the HR desk of the unit")

    def render_letter(self, value: str, record: Any) -> Any:
        if record.goes is None:
            return "–"
        url = f"{reverse('transfers:round_letter', args=[self.code])}?of={value}"
        return format_html('<a href="{}">{}</a>', url, _("Draft (PDF)"))


class CommanderTable(Table):
    """Commanders of the units that officers of a round leave or come to."""

    caption = _l("Commanders")
    empty_title = _l("Nobody")
    full_name = django_tables2.Column(verbose_name=_l("Name"), orderable=False)
    officer = django_tables2.Column(
        verbose_name=_l("Service number"), accessor="officer__service_number", orderable=False
    )
    rank = django_tables2.Column(verbose_name=_l("Rank"), accessor="officer__rank__code", orderable=False)
    unit = django_tables2.Column(verbose_name=_l("Serves at"), accessor="officer__unit", orderable=False)

    class Meta(Table.Meta):
        order_by = ()


WHY_NOT = {
    "left-service": _l("left the service"), "open-order": _l("has another order"), "moved-since": _l("moved since"),
    "unit-closed": _l("unit closed"),
}  # fmt: skip


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
