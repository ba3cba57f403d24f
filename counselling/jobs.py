"""The nightly opening of contacts, and the nightly end of openings. They run at a fixed hour whatever waits, and their rows
say nothing of what they found: a job that begins because something came would record when it came."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.actions.contacts import receive_contacts
from counselling.actions.openings import end_over
from counselling.receiving import keys_in
from hcims import clock
from hcims.jobs.errors import JobFailed
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job

KIND, CASES = "receive-contacts", "end-openings"
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
    return _hour_has_come(KIND, at)


@titled(gettext_lazy("Nightly work of counselling"))
def end_openings(job: Job, progress: Any) -> dict[str, int]:
    """This function will end openings whose time is over, and destroy wrapped keys that have run out."""
    end_over(at=clock.now())
    return {}


def cases_are_due(*, at: datetime) -> bool:
    """Whether tonight's hour has come and the job was not queued since, whatever there is to do."""
    return _hour_has_come(CASES, at)


def _hour_has_come(kind: str, at: datetime) -> bool:
    local = timezone.localtime(at)
    hour = timezone.make_aware(datetime.combine(local.date(), HOUR))
    if local < hour:
        hour -= timedelta(days=1)
    return not Job.objects.filter(kind=kind, queued_at__gte=hour).exists()
