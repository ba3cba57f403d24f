"""Programmes, the versions of their curricula, and the orders that bind institutions to teach them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Unit
from training.actions import dated, versions
from training.actions.institutions import changed
from training.models import CurriculumVersion, IntegrationOrder, Part, PartSession, Programme
from training.policies import institutions as papers
from training.policies import versions as policies
from training.slugs import free_slug

FACTS = ("name_en", "name_sw", "kind", "owner", "source")
PART = ("name_en", "name_sw", "order", "minutes")


@action
def keep_programme(*, programme: Programme | None, by: Any, at: datetime, **facts: Any) -> Programme:
    """This function will add a programme, or change what is said of one; its code stays. Shape: FACTS."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    papers.check_paper(facts.get("source", ""))
    if programme is None:
        taken = set(Programme.objects.values_list("code", flat=True))
        programme = Programme.objects.create(code=free_slug(facts["name_en"], taken), **facts)
        details: dict[str, Any] = {"code": programme.code}
    else:
        details = {"code": programme.code, "changed": sorted(changed(programme, facts, FACTS))}
        programme.save(update_fields=FACTS)
    trail.record(Event.CURRICULUM_DRAFTED, target=programme, by=by, at=at, source=programme.source, details=details)
    return programme


@action
def draft_version(*, programme: Programme, by: Any, at: datetime) -> CurriculumVersion:
    """This function will begin the next version of a curriculum as a copy of the one approved last: parts and sessions."""
    draft: CurriculumVersion
    draft, before = versions.begin(programme, "programme", by=by, at=at)
    for each in before.parts.prefetch_related("sessions") if before else []:
        part = Part.objects.create(version=draft, code=each.code, **{name: getattr(each, name) for name in PART})
        PartSession.objects.bulk_create(
            PartSession(part=part, title=one.title, order=one.order, minutes=one.minutes) for one in each.sessions.all()
        )
    return draft


@action
def change_version(
    *, version: CurriculumVersion, parts: list[dict[str, Any]], by: Any, at: datetime, **facts: Any
) -> CurriculumVersion:
    """This function will write a draft anew: its facts, its parts in order, and the sessions of each.

    Shape: a part that was there has its `ref`, and keeps its code; `sessions` are (title, minutes).
    """
    locked = versions.write_in(version, by=by, at=at, facts=facts)
    known = {each.ref: each for each in locked.parts.all()}
    codes, kept = {each.code for each in known.values()}, set()
    for order, row in enumerate(parts, start=1):
        part = known.get(row.get("ref", "")) or Part(version=locked, code=free_slug(row["name_en"], codes))
        codes.add(part.code)
        for name in PART:
            setattr(part, name, order if name == "order" else row[name])
        part.save()
        kept.add(part.ref)
        part.sessions.all().delete()
        PartSession.objects.bulk_create(
            PartSession(part=part, title=title, minutes=minutes, order=number)
            for number, (title, minutes) in enumerate(row.get("sessions", []), start=1)
        )
    locked.parts.exclude(ref__in=kept).delete()
    versions.record_written(locked, by=by, at=at, parts=len(parts))
    return locked


@action
def enter_order(
    *, programme: Programme, unit: Unit, authority: str, starts_on: date, deadline: date, by: Any, at: datetime
) -> IntegrationOrder:
    """This function will enter the order that a programme is taught in every course under a unit, by a day."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    papers.check_paper(authority)
    if deadline < starts_on:
        raise RuleBroken(_("It would be carried out before it was given: name a later day."))
    made = IntegrationOrder.objects.create(
        programme=programme, unit=unit, authority=authority, starts_on=starts_on, deadline=deadline, entered_by=by
    )
    _record(made, "entered", by=by, at=at, source=authority, deadline=deadline)
    return made


@action
def end_order(*, order: IntegrationOrder, ends_on: date, paper: str, by: Any, at: datetime) -> IntegrationOrder:
    """This function will end an order from a day on, for one that is lifted or followed by another."""
    locked = dated.end(order, ends_on, paper=paper, by=by, at=at)
    _record(locked, "ended", by=by, at=at, source=paper, on=ends_on)
    return locked


@action
def confirm_order(*, order: IntegrationOrder, by: Any, at: datetime) -> IntegrationOrder:
    """This function will say that the paper of an order has been seen."""
    dated.confirm(order, by=by, at=at)
    _record(order, "confirmed", by=by, at=at, source=order.authority)
    return order


def _record(order: IntegrationOrder, what: str, *, by: Any, at: datetime, source: str, **more: Any) -> None:
    details = {"what": what, "programme": order.programme.code, "unit": order.unit.code, **more}
    trail.record(Event.INTEGRATION_ORDERED, target=order, by=by, at=at, source=source, details=details)
