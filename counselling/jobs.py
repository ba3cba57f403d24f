"""The nightly opening of contacts. It runs at a fixed hour whatever waits, and its row says nothing of what it found:
a job that begins because something came would record when it came."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.actions.contacts import receive_contacts
from counselling.receiving import keys_in
from hcims import clock
from hcims.jobs.errors import JobFailed
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job

KIND = "receive-contacts"
HOUR = time(2, 0)  # in Nairobi


@titled(gettext_lazy("Nightly work of peer support"))
def receive(job: Job, progress: Any) -> dict[str, int]:
    """This function will open what waits. Errors: JobFailed where this worker cannot read the private keys."""
    try:
        keys = keys_in(Path(settings.RECEIVING_KEY_FILE))
    except (OSError, ValueError) as error:
        raise JobFailed(_("This worker cannot read the file that HCIMS_RECEIVING_KEY_FILE names.")) from error
    receive_contacts(keys=keys, on=clock.today())
    return {}


def is_due(*, at: datetime) -> bool:
    """Whether tonight's hour has come and the job was not queued since; never where this machine holds no key."""
    if not settings.RECEIVING_KEY_FILE or not Path(settings.RECEIVING_KEY_FILE).exists():
        return False
    local = timezone.localtime(at)
    hour = timezone.make_aware(datetime.combine(local.date(), HOUR))
    if local < hour:
        hour -= timedelta(days=1)
    return not Job.objects.filter(kind=KIND, queued_at__gte=hour).exists()
