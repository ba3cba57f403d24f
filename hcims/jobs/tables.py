"""The list of jobs: that they run, not what is in them."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hcims.jobs import kinds, progress_file
from hcims.jobs.models import Job
from hcims.jobs.templatetags.jobs import TONES
from hcims.ui.tables import ChipColumn, NumberColumn, Table
from hcims.ui.templatetags.ui import whole


class JobTable(Table):
    """One line a job, newest first."""

    caption = _("Long work")
    kind = django_tables2.Column(verbose_name=_("Work"))
    state = ChipColumn(verbose_name=_("State"), tones=TONES)
    queued_at = django_tables2.DateTimeColumn(verbose_name=_("Asked for"), format="j M Y, H:i")
    started_at = django_tables2.DateTimeColumn(verbose_name=_("Begun"), format="H:i:s")
    finished_at = django_tables2.DateTimeColumn(verbose_name=_("Over"), format="H:i:s")
    done = NumberColumn(verbose_name=_("Steps done"))
    attempts = NumberColumn(verbose_name=_("Attempts"))
    worker = django_tables2.Column(verbose_name=_("Worker"))

    class Meta(Table.Meta):
        model = Job
        fields = ("kind", "state", "queued_at", "started_at", "finished_at", "done", "attempts", "worker")
        order_by = "-queued_at"

    def render_kind(self, value: str, record: Any) -> str:
        return format_html('<a href="{}">{}</a>', reverse("jobs:job", args=[record.ref]), kinds.title_of(value))

    def render_done(self, record: Any) -> str:
        seen = progress_file.merged(record)
        return f"{whole(seen.done)} / {whole(seen.total)}" if seen.total else whole(seen.done)
