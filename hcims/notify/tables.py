"""The list of messages for the administrator: that they went out, not to whom and not about what."""

from __future__ import annotations

import django_tables2
from django.utils.translation import gettext_lazy as _

from hcims.notify.models import Message
from hcims.ui.tables import ChipColumn, NumberColumn, Table

TONES = {"waiting": "wait", "sent": "good", "given-up": "bad"}


class MessageTable(Table):
    """One line a message."""

    caption = _("Messages")
    ref = django_tables2.Column(verbose_name=_("Reference"))
    channel = django_tables2.Column(verbose_name=_("Channel"))
    state = ChipColumn(verbose_name=_("State"), tones=TONES)
    queued_at = django_tables2.DateTimeColumn(verbose_name=_("Asked for"), format="j M Y, H:i")
    attempts = NumberColumn(verbose_name=_("Attempts"))
    problem = django_tables2.Column(verbose_name=_("Problem"))
    next_try_at = django_tables2.DateTimeColumn(
        verbose_name=_("Next attempt"), format="j M Y, H:i", accessor="waits_until", order_by="next_try_at"
    )
    over_at = django_tables2.DateTimeColumn(verbose_name=_("Over"), format="j M Y, H:i")

    class Meta(Table.Meta):
        model = Message
        fields = ("ref", "channel", "state", "queued_at", "attempts", "problem", "next_try_at", "over_at")
        order_by = "-queued_at"
