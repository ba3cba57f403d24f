"""Who teaches at an institution, and what each is certified to teach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from personnel.models import Officer
from training.models import Institution, Instructor, InstructorCertificate
from training.policies import institutions as policies


@action
def appoint_instructor(
    *, institution: Institution, service_number: str, starts_on: date, authority: str, by: Any, at: datetime
) -> Instructor:
    """This function will put an officer who serves at the institution on its list of instructors."""
    policies.check_can_run(by, institution.unit, on=timezone.localdate(at))
    policies.check_paper(authority)
    here = Officer.objects.filter(unit=institution.unit).serving(timezone.localdate(at))
    found = here.filter(service_number=service_number.strip()).first()
    officer = policies.check_serves_at(found, institution.unit)
    made = Instructor.objects.create(
        institution=institution, officer=officer, starts_on=starts_on, authority=authority
    )  # fmt: skip
    _record(made, "appointed", by=by, at=at, source=authority, on=starts_on)
    return made


@action
def end_instructor(*, instructor: Instructor, ends_on: date, paper: str, by: Any, at: datetime) -> Instructor:
    """This function will take an instructor off the list from a day on; what he or she taught stays."""
    policies.check_can_run(by, instructor.institution.unit, on=timezone.localdate(at))
    policies.check_paper(paper)
    instructor = _locked(instructor)
    policies.check_in_force(instructor, on=timezone.localdate(at))
    policies.check_ends_after(instructor.starts_on, ends_on)
    instructor.ends_on = ends_on
    instructor.save(update_fields=["ends_on"])
    _record(instructor, "ended", by=by, at=at, source=paper, on=ends_on)
    return instructor


@action
def add_certificate(
    *, instructor: Instructor, number: str, issued_on: date, expires_on: date | None, by: Any, at: datetime, **what: Any
) -> InstructorCertificate:
    """This function will record what an instructor is certified to teach. Shape: one of programme, course, skill."""
    on = timezone.localdate(at)
    policies.check_can_run(by, instructor.institution.unit, on=on)
    if issued_on > on:
        raise RuleBroken(_("A certificate is recorded once it has been issued: this day is still to come."))
    certificate = InstructorCertificate.objects.create(
        instructor=instructor, number=number, issued_on=issued_on, expires_on=expires_on, **what
    )
    details = {name: str(value.code) for name, value in what.items() if value is not None}
    _record(instructor, "certified", by=by, at=at, source=number, ref=certificate.ref, until=expires_on, **details)
    return certificate


@action
def withdraw_certificate(*, certificate: InstructorCertificate, reason: str, by: Any, at: datetime) -> None:
    """This function will withdraw a certificate, or one entered in error; the entry stays and counts no more."""
    on = timezone.localdate(at)
    policies.check_can_run(by, certificate.instructor.institution.unit, on=on)
    if not reason.strip():
        raise RuleBroken(_("Say why the certificate no longer counts."))
    if certificate.withdrawn_on is not None:
        raise RuleBroken(_("This certificate has been withdrawn already."))
    certificate.withdrawn_on = on
    certificate.save(update_fields=["withdrawn_on"])
    _record(certificate.instructor, "certificate-withdrawn", by=by, at=at, reason=reason, ref=certificate.ref)


def _locked(instructor: Instructor) -> Instructor:
    rows = Instructor.objects.select_for_update(of=("self",)).select_related("institution__unit")
    return rows.get(pk=instructor.pk)


def _record(instructor: Instructor, what: str, *, by: Any, at: datetime, **more: Any) -> None:
    source, reason = more.pop("source", ""), more.pop("reason", "")
    trail.record(
        Event.INSTRUCTOR_RECORDED, target=instructor, by=by, at=at, source=source, reason=reason,
        details={"what": what, "at": instructor.institution.unit.code, **more},
    )  # fmt: skip
