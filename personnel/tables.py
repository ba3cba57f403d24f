"""The queues of this module: each row says how long it waits and for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from hcims.ui import parts
from hcims.ui.tables import Table
from personnel.forms.requests import section_label

LATE = 14  # days after which a waiting row stands out


def waiting_for(days: int) -> Any:
    """How long something waits, marked when that is too long."""
    text = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return parts.chip(text, "bad") if days >= LATE else text


class CorrectionTable(Table):
    caption = _l("Corrections asked for")
    empty_title = _l("Nothing waits for an answer")
    asked = django_tables2.Column(_l("Request"), empty_values=(), orderable=False)
    officer = django_tables2.Column(_l("Officer"), empty_values=(), orderable=False)
    unit = django_tables2.Column(_l("Unit"), empty_values=(), orderable=False)
    age = django_tables2.Column(_l("Waiting"), empty_values=(), orderable=False)
    stuck = django_tables2.Column(_l("Why it waits"), empty_values=(), orderable=False)

    def __init__(self, *args: Any, user: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.at = user, at

    def render_asked(self, record: Any) -> Any:
        return format_html(
            '<a href="{}">{}</a>', reverse("personnel:correction", args=[record.ref]), section_label(record.section)
        )

    def render_officer(self, record: Any) -> str:
        return str(record.officer)

    def render_unit(self, record: Any) -> str:
        return record.officer.unit.name if record.officer.unit else "–"

    def render_age(self, record: Any) -> Any:
        end = record.decided_at or self.at
        days = (end - record.asked_at).days
        return (
            waiting_for(days)
            if record.state == "asked"
            else ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
        )

    def render_stuck(self, record: Any) -> Any:
        if record.state != "asked":
            return parts.chip(
                _(record.get_state_display()), {"made": "good", "refused": "bad"}.get(record.state, "off")
            )
        if record.officer.user_id == self.user.pk or record.asked_by_id == self.user.pk:
            return _("for another HR officer: this one is your own")
        return _("for an HR officer")


class ClaimTable(Table):
    caption = _l("Skills to check")
    empty_title = _l("No skill waits to be checked")
    skill = django_tables2.Column(_l("Skill"), orderable=False)
    officer = django_tables2.Column(_l("Officer"), empty_values=(), orderable=False)
    unit = django_tables2.Column(_l("Unit"), empty_values=(), orderable=False)
    source = django_tables2.Column(_l("Certificate"), empty_values=(), orderable=False)
    age = django_tables2.Column(_l("Waiting"), empty_values=(), orderable=False)
    stuck = django_tables2.Column(_l("Why it waits"), empty_values=(), orderable=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def render_skill(self, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("personnel:check_skill", args=[record.ref]), record.skill)

    def render_officer(self, record: Any) -> str:
        return str(record.officer)

    def render_unit(self, record: Any) -> str:
        return record.officer.unit.name if record.officer.unit else "–"

    def render_source(self, record: Any) -> str:
        return record.source or (_("photograph sent") if record.evidence else "–")

    def render_age(self, record: Any) -> Any:
        return waiting_for((self.at - record.submitted_at).days) if record.submitted_at else _("from the roll")

    def render_stuck(self, record: Any) -> str:
        return _("for an HR officer") if record.evidence or record.source else _("no certificate came with it")
