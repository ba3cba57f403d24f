"""Publishing a quarter: once, by the lead, frozen with its digest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import publishing
from counselling.models import Publication
from counselling.queries import publications as queries
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, RuleBroken
from hcims.quarters import Quarter

ONCE = "Counting rule: a quarter counted twice would differ by the people in between"


@action
def publish(*, quarter: Quarter, by: Any, at: datetime) -> Publication:
    """This function will count a closed quarter under the rule of `disclosure` and keep the result for good.

    Errors: RuleBroken for a quarter that is not closed, is too old to be whole, or is published already.
    """
    today = timezone.localdate(at)
    if not queries.leads_everywhere(by, on=today):
        raise NotAllowed(_("A quarter is published by the wellbeing lead of the whole service."))
    if not queries.is_closed(quarter, on=today):
        raise RuleBroken(_("Contacts of this quarter may still arrive. It is published when its last month is closed."))
    if not queries.is_whole(quarter, on=today):
        raise RuleBroken(_("Contacts of this quarter are deleted already: it cannot be counted any more."))
    if Publication.objects.filter(starts_on=quarter.starts_on).exists():
        raise RuleBroken(_("This quarter is published. It is never published a second time."), ONCE)
    content = publishing.content_of(quarter.code, queries.counted(quarter, on=today), queries.limits_on(today))
    made = Publication.objects.create(
        quarter=quarter.code, starts_on=quarter.starts_on, content=content, digest=publishing.digest_of(content),
        made_by=by, made_at=at,
    )  # fmt: skip
    details = {"quarter": quarter.code, "digest": made.digest}
    trail.record(Event.HELP_PUBLISHED, target=made, by=by, at=at, details=details)
    return made
