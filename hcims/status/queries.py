"""What the status page says: each line a fact, whether it is well, and what to do when it is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hcims.audit import reading
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent
from hcims.jobs import queries as jobs
from hcims.notify import queries as notify
from hcims.version import VERSION

CHECKPOINT_DUE = timedelta(days=7)
LITTLE_SPACE = 2 * 1024**3


@dataclass(frozen=True)
class Line:
    """One fact. The tone is that of a chip: good, wait, bad or info."""

    label: str
    text: str
    tone: str = "good"
    note: str = ""
    url: str = ""


Teller = Callable[[datetime], Line | None]
_TELLERS: list[Teller] = []


def tell(teller: Teller) -> None:
    """This function will ask a module's teller for a line about its work whenever the page is shown."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def groups(*, at: datetime) -> list[tuple[str, list[Line]]]:
    """The page, group by group."""
    return [
        (_("Work"), [*_work(at), *filter(None, (teller(at) for teller in _TELLERS))]),
        (_("Messages"), _messages(at)),
        (_("Audit trail"), _audit(at)),
        (_("Installation"), [*_installation(), *_storage()]),
    ]


def database_answers() -> bool:
    """Whether the database answers at all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def database_name() -> str:
    """The database in use, with its version."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def other_database() -> str:
    """The database that is not in use."""
    return "PostgreSQL" if connection.vendor == "sqlite" else "SQLite"


@dataclass(frozen=True)
class Guarantee:
    """One promise, and how each database keeps it; `here` is that of the one in use."""

    promise: str
    sqlite: str
    postgresql: str
    differs: bool = True

    @property
    def here(self) -> str:
        return self.sqlite if connection.vendor == "sqlite" else self.postgresql

    @property
    def elsewhere(self) -> str:
        return self.postgresql if connection.vendor == "sqlite" else self.sqlite


def guarantees() -> list[Guarantee]:
    """What holds on both databases, and what only one of them can do."""
    held = _("held by the database")
    return [
        Guarantee(_("Postings and other periods do not overlap"), held, held, differs=False),
        Guarantee(_("The audit trail cannot be changed"), held, held, differs=False),
        Guarantee(_("An import is applied whole or not at all"), held, held, differs=False),
        Guarantee(_("Letters are numbered without gap or double"), held, held, differs=False),
        Guarantee(_("People write at the same time"), _("one after the other"), _("yes")),
        Guarantee(
            _("While a large import is applied"),
            _("others read; who writes waits, up to three minutes"),
            _("others read and write"),
        ),
        Guarantee(_("Several machines"), _("no: one machine, one file"), _("yes, workers too")),
        Guarantee(
            _("Power fails right after a change was confirmed"),
            _("the last changes may be missing; nothing is half done"),
            _("the change is kept"),
        ),
        Guarantee(_("The database knows who reads"), _("no"), _("yes, in each transaction")),
        Guarantee(_("Needs a database server"), _("no"), _("yes")),
    ]


def _moment(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j M Y, H:i:s") if moment else _("never")


def _work(at: datetime) -> list[Line]:
    queue, here = jobs.queue(at=at), reverse("jobs:jobs")
    alive = queue.worker_alive(at)
    lines = [
        Line(
            _("Worker last seen"),
            _moment(queue.worker_seen_at),
            "good" if alive else "bad",
            "" if alive else _("No worker is running: work and messages wait. Start one with “manage.py work”."),
        ),
        Line(
            _("Waiting"),
            str(queue.waiting),
            "good" if alive or not queue.waiting else "wait",
            url=f"{here}?state=queued",
        ),
        Line(_("Running"), str(queue.running), "info", url=f"{here}?state=running"),
        Line(
            _("Failed in the last 24 hours"),
            str(queue.failed_today),
            "wait" if queue.failed_today else "good",
            url=f"{here}?state=failed&lately=yes",
        ),
    ]
    if queue.oldest_waiting:
        lines.append(Line(_("Oldest waiting since"), _moment(queue.oldest_waiting.queued_at), "info"))
    return lines


def _messages(at: datetime) -> list[Line]:
    outbox, here = notify.outbox(at=at), reverse("notify:messages")
    gateway = "" if outbox.sms_configured else _("Set HCIMS_SMS_BACKEND to the gateway’s class.")
    tried = ngettext("%(count)s of them was tried before", "%(count)s of them were tried before", outbox.late)
    return [
        Line(
            _("SMS gateway"),
            _("configured") if outbox.sms_configured else _("none"),
            "bad" if gateway else "good",
            gateway,
        ),
        Line(
            _("Waiting to go out"),
            str(outbox.waiting),
            "wait" if outbox.late else "good",
            tried % {"count": outbox.late} if outbox.late else "",
            f"{here}?state=waiting",
        ),
        Line(_("Sent in the last 24 hours"), str(outbox.sent_today), "info", url=f"{here}?state=sent&lately=yes"),
        Line(
            _("Given up in the last 24 hours"),
            str(outbox.given_up_today + outbox.without_address_today),
            "wait" if outbox.given_up_today else "good",
            _for_want_of_an_address(outbox.without_address_today),
            f"{here}?state=given-up&lately=yes",
        ),
    ]


def _for_want_of_an_address(count: int) -> str:
    return _("%(count)s for want of an address") % {"count": count} if count else ""


def _audit(at: datetime) -> list[Line]:
    last = AuditEvent.objects.filter(event=Event.CHECKPOINT_EXPORTED).order_by("-sequence").first()
    fresh = last is not None and at - last.at < CHECKPOINT_DUE
    return [
        Line(_("Rows"), f"{reading.head().sequence:,}", "info"),
        Line(
            _("Last verified and vouched for by a checkpoint"),
            _moment(last.at if last else None),
            "good" if fresh else "wait",
            "" if fresh else _("Run “manage.py export_checkpoint FILE” weekly and keep the file elsewhere."),
        ),
    ]


def _installation() -> list[Line]:
    compulsory = settings.SECOND_FACTOR_COMPULSORY
    return [
        Line(_("Version"), VERSION, "info"),
        Line(_("Kind of installation"), settings.ENVIRONMENT, "info"),
        Line(
            _("Second factor"),
            _("compulsory for every role but officer and applicant") if compulsory else _("relaxed"),
            "good" if compulsory else "wait",
            "" if compulsory else _("For the demonstration only. Unset HCIMS_SECOND_FACTOR."),
        ),
    ]


def _storage() -> list[Line]:
    lines = []
    for label, path in ((_("Working folder"), settings.VAR_DIR), (_("Private files"), settings.PRIVATE_FILES_ROOT)):
        present = _nearest(Path(path))
        if not os.access(present, os.W_OK):
            lines.append(Line(label, _("cannot be written to"), "bad", str(path)))
            continue
        free = shutil.disk_usage(present).free
        text = _("writeable, %(space)s GB free") % {"space": f"{free / 1024**3:.1f}"}
        lines.append(Line(label, text, "good" if free > LITTLE_SPACE else "wait", str(path)))
    return lines


def _nearest(path: Path) -> Path:
    """The folder itself, or the one in which it will be made."""
    return path if path.exists() else _nearest(path.parent)
