"""The register of peer supporters: putting somebody on it, training, supervision, area, the end; and the own profile."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from counselling.models import Supervision, Supporter, SupporterTraining
from counselling.models.supporters import NEEDS_NAME
from counselling.policies import supporters as policies
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import County, Unit


@action
def add_supporter(
    *,
    user: Any,
    unit: Unit,
    county: County,
    command: Unit,
    sex: str,
    languages: list[str],
    starts_on: date,
    paper: str,
    by: Any,
    at: datetime,
) -> Supporter:
    """This function will put a person on the register. Nothing is published before the person says so.

    Errors: NotAllowed outside the area or for oneself, RuleBroken for somebody who is on it.
    """
    policies.check_leads(by, at=unit, on=timezone.localdate(at))
    policies.check_not_oneself(by, user)
    policies.check_area(unit, county)
    made = Supporter.objects.create(
        user=user, unit=unit, county=county, command=command, sex=sex, languages=languages, starts_on=starts_on,
        paper=paper,
    )  # fmt: skip
    trail.record(Event.SUPPORTER_ACCREDITED, target=made, by=by, at=at, source=paper, details={"unit": unit.code})
    return made


@action
def move_supporter(
    *, supporter: Supporter, unit: Unit, county: County, command: Unit, by: Any, at: datetime
) -> Supporter:
    """This function will give a supporter another area. Errors: NotAllowed where either lies outside one's own."""
    on = timezone.localdate(at)
    supporter = _locked(supporter)
    policies.check_leads(by, at=supporter.unit, on=on)
    policies.check_leads(by, at=unit, on=on)
    policies.check_in_service(supporter, on=on)
    policies.check_area(unit, county)
    supporter.unit, supporter.county, supporter.command = unit, county, command
    supporter.save(update_fields=["unit", "county", "command"])
    trail.record(Event.SUPPORTER_CHANGED, target=supporter, by=by, at=at, details={"unit": unit.code})
    return supporter


@action
def record_training(
    *,
    supporter: Supporter,
    course: str,
    provider: str,
    trained_on: date,
    expires_on: date,
    paper: str,
    by: Any,
    at: datetime,
) -> SupporterTraining:
    """This function will record that a supporter passed a course, and until when it counts."""
    on = timezone.localdate(at)
    policies.check_leads(by, at=supporter.unit, on=on)
    policies.check_in_service(supporter, on=on)
    policies.check_not_ahead(trained_on, on=on)
    made = SupporterTraining.objects.create(
        supporter=supporter, course=course, provider=provider, trained_on=trained_on, expires_on=expires_on, paper=paper
    )
    details = {"training": made.ref, "until": expires_on}
    trail.record(Event.SUPPORTER_TRAINED, target=supporter, by=by, at=at, source=paper, details=details)
    return made


@action
def record_supervision(
    *, supporter: Supporter, kind: str, held_on: date, next_on: date | None, supervisor: str, by: Any, at: datetime
) -> Supervision:
    """This function will record that a supporter was supervised; what was said is written nowhere."""
    on = timezone.localdate(at)
    policies.check_leads(by, at=supporter.unit, on=on)
    policies.check_in_service(supporter, on=on)
    policies.check_not_ahead(held_on, on=on)
    made = Supervision.objects.create(
        supporter=supporter, kind=kind, held_on=held_on, next_on=next_on, supervisor=supervisor
    )
    trail.record(Event.SUPPORTER_SUPERVISED, target=supporter, by=by, at=at, details={"supervision": made.ref})
    return made


@action
def end_supporter(*, supporter: Supporter, ends_on: date, reason: str, by: Any, at: datetime) -> Supporter:
    """This function will end a supporter's service on a day, and with it the place in the directory and requests that wait.

    Errors: RuleBroken for somebody who no longer serves, and for a day before the first.
    """
    on = timezone.localdate(at)
    supporter = _locked(supporter)
    policies.check_leads(by, at=supporter.unit, on=on)
    policies.check_in_service(supporter, on=on)
    supporter.ends_on, supporter.ended_reason = ends_on, reason
    if ends_on <= on:
        supporter.is_listed, supporter.telephone, supporter.call_key = False, "", ""
        supporter.calls.all().delete()
    supporter.save()
    trail.record(Event.SUPPORTER_ENDED, target=supporter, by=by, at=at, reason=reason)
    return supporter


@action
def choose_what_is_shown(
    *,
    supporter: Supporter,
    is_listed: bool,
    shown_name: str,
    telephone: str,
    shows_command: bool,
    languages: list[str],
    availability: str,
    by: Any,
    at: datetime,
) -> Supporter:
    """This function will keep what a supporter wants to have published. Errors: NotAllowed for anybody else.

    The trail learns that something changed and whether the supporter is listed, never the name or the number.
    """
    supporter = _locked(supporter)
    policies.check_own(by, supporter)
    policies.check_in_service(supporter, on=timezone.localdate(at))
    if is_listed and not shown_name.strip():
        raise RuleBroken(str(NEEDS_NAME))
    supporter.is_listed, supporter.shown_name, supporter.telephone = is_listed, shown_name.strip(), telephone.strip()
    supporter.shows_command, supporter.languages, supporter.availability = shows_command, languages, availability
    supporter.save()
    trail.record(Event.SUPPORTER_CHANGED, target=supporter, by=by, at=at, details={"listed": is_listed})
    return supporter


def _locked(supporter: Supporter) -> Supporter:
    found: Supporter = Supporter.objects.select_for_update().get(pk=supporter.pk)
    return found
