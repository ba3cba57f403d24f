"""Lists of accounts and appointments."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.policies.appointments import may_decide
from accounts.queries.accounts import state_of
from hcims.ui import parts
from hcims.ui.tables import DayColumn, Table

STATE_WORDS = {
    "waiting": (gettext_lazy("not activated"), "wait"),
    "open": (gettext_lazy("open"), "good"),
    "closed": (gettext_lazy("closed"), "off"),
}


def state_chip(state: str) -> Any:
    """The state of an account as a chip."""
    words, tone = STATE_WORDS[state]
    return parts.chip(str(words), tone)


class AccountTable(Table):
    """Accounts: who, how they sign in, and whether they do."""

    login = django_tables2.Column(verbose_name=gettext_lazy("Sign-in name"), attrs={"td": {"class": "tabular"}})
    full_name = django_tables2.Column(verbose_name=gettext_lazy("Name"))
    kind = django_tables2.Column(verbose_name=gettext_lazy("Kind"))
    state = django_tables2.Column(
        verbose_name=gettext_lazy("State"), accessor="is_active", order_by=("is_active", "activated_at")
    )
    last_login = django_tables2.DateTimeColumn(
        verbose_name=gettext_lazy("Last sign-in"), format="j M Y, H:i", default="–"
    )
    opened_at = DayColumn(verbose_name=gettext_lazy("Opened"), default="–")

    caption = gettext_lazy("Accounts")
    empty_title = gettext_lazy("No account fits")

    def render_login(self, value: str, record: Any) -> Any:
        return format_html('<a href="/accounts/{}/">{}</a>', record.ref, value)

    def render_state(self, record: Any) -> Any:
        return state_chip(state_of(record))


class AppointmentTable(Table):
    """Appointments: who, what, where, from when, and what holds them up."""

    user = django_tables2.Column(verbose_name=gettext_lazy("Person"), order_by=("user__full_name",))
    role = django_tables2.Column(verbose_name=gettext_lazy("Role"))
    unit = django_tables2.Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__name",))
    starts_on = DayColumn(verbose_name=gettext_lazy("From"))
    ends_on = DayColumn(verbose_name=gettext_lazy("Until"), default="–")
    waits = django_tables2.Column(verbose_name=gettext_lazy("Where it stands"), accessor="state", orderable=False)

    caption = gettext_lazy("Appointments")
    empty_title = gettext_lazy("No appointment here")

    def __init__(self, *args: Any, reader: Any, on: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.on, self.at = reader, on, at

    def render_user(self, value: Any, record: Any) -> Any:
        return format_html(
            '<a href="/appointments/{}/">{}</a> <span class="muted tabular">{}</span>',
            record.ref,
            value.full_name,
            value.login,
        )

    def render_role(self, record: Any) -> Any:
        return _(record.role_name)

    def render_unit(self, value: Any) -> Any:
        return format_html('{} <span class="muted">{}</span>', value.name, value.code)

    def render_waits(self, record: Any) -> Any:
        return standing(record, reader=self.reader, on=self.on, at=self.at)


def standing(appointment: Any, *, reader: Any, on: Any, at: Any) -> Any:
    """Where an appointment stands, in words: for how long it has waited, and for whom."""
    if appointment.state == "proposed":
        age = (at - appointment.proposed_at).days
        who = _("you") if may_decide(reader, appointment, on=on) else _("an approving authority")
        if reader.pk == appointment.proposed_by_id:
            who = _("an approving authority other than you")
        words = ngettext("waits %(days)s day for %(who)s", "waits %(days)s days for %(who)s", age)
        words = words % {"days": age, "who": who}
        return parts.chip(words, "wait")
    if appointment.state == "approved":
        if appointment.ends_on is not None and appointment.ends_on <= on:
            return parts.chip(_("ended"), "off")
        if appointment.starts_on > on:
            return parts.chip(_("begins later"), "info")
        return parts.chip(_("in force"), "good")
    return parts.chip(str(appointment.get_state_display()).lower(), "off")
