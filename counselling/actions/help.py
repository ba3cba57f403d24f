"""Help lines and consent words: entering, trying, ending, replacing. Nothing is overwritten that was given out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import ConsentWords, HelpLine
from counselling.policies import supporters as policies
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken


@action
def enter_line(*, fields: dict[str, Any], by: Any, at: datetime, replaces: HelpLine | None = None) -> HelpLine:
    """This function will put a help line on the page of danger from today on, in place of another where one is named.

    The number and the hours that were given out before stay on record: the old row ends today.
    """
    on = timezone.localdate(at)
    policies.check_leads_everywhere(by, on=on)
    if replaces is not None:
        _end(replaces, on)
    made = HelpLine.objects.create(**fields, starts_on=on)
    details = {"replaces": replaces.ref} if replaces else {}
    trail.record(Event.HELP_LINE_CHANGED, target=made, by=by, at=at, source=fields.get("source", ""), details=details)
    return made


@action
def end_line(*, line: HelpLine, by: Any, at: datetime) -> HelpLine:
    """This function will take a help line off the page of danger."""
    on = timezone.localdate(at)
    policies.check_leads_everywhere(by, on=on)
    line = _end(line, on)
    trail.record(Event.HELP_LINE_CHANGED, target=line, by=by, at=at, details={"ended": True})
    return line


@action
def record_try(*, line: HelpLine, tried_on: date, was_answered: bool, by: Any, at: datetime) -> HelpLine:
    """This function will record that somebody called a help line, and whether it was answered."""
    on = timezone.localdate(at)
    policies.check_leads(by, on=on)
    policies.check_not_ahead(tried_on, on=on)
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    if line.last_tried_on is not None and tried_on < line.last_tried_on:
        raise RuleBroken(_("The line was tried later than that already."))
    line.last_tried_on, line.was_answered, line.tried_by = tried_on, was_answered, by
    line.save(update_fields=["last_tried_on", "was_answered", "tried_by"])
    trail.record(Event.HELP_LINE_TRIED, target=line, by=by, at=at, details={"answered": was_answered})
    return line


@action
def publish_words(
    *, purpose: str, body_en: str, body_sw: str, state: str, source: str, by: Any, at: datetime
) -> ConsentWords:
    """This function will bring a new version of the consent words into force today; the one before ends."""
    on = timezone.localdate(at)
    policies.check_leads_everywhere(by, on=on)
    before = ConsentWords.objects.select_for_update().filter(purpose=purpose).order_by("-version").first()
    if before is not None and before.ends_on is None:
        before.ends_on = max(on, before.starts_on)
        before.save(update_fields=["ends_on"])
    made = ConsentWords.objects.create(
        purpose=purpose, version=(before.version if before else 0) + 1, state=state, body_en=body_en, body_sw=body_sw,
        source=source, starts_on=on,
    )  # fmt: skip
    details = {"purpose": purpose, "version": made.version, "state": state}
    trail.record(Event.WORDS_CHANGED, target=made, by=by, at=at, source=source, details=details)
    return made


def _end(line: HelpLine, on: date) -> HelpLine:
    found: HelpLine = HelpLine.objects.select_for_update().get(pk=line.pk)
    if found.ends_on is not None:
        raise RuleBroken(_("This line is off the list already."))
    found.ends_on = on
    found.save(update_fields=["ends_on"])
    return found
