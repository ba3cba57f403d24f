"""Certificates: printed for those who passed, numbered, checked by a stranger; withdrawn with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.letters import actions as letters
from personnel.validity import lapses_on
from training import certificate_letter
from training.actions.calls import locked_enrolment
from training.actions.cohorts import locked, tell_officers
from training.models import Certificate, Cohort, Enrolment, EnrolmentState
from training.policies import results as policies
from training.queries.given import skills_given

__all__ = ["Issued", "issue_certificates", "standing_certificate", "withdraw", "withdraw_certificate"]
TOGETHER = 50  # certificates of one deed: a few seconds of printing


@dataclass
class Issued:
    """The certificates issued, and how many who passed still wait for theirs."""

    certificates: list[Certificate] = field(default_factory=list)
    left: int = 0


@action
def issue_certificates(cohort: Cohort, *, by: Any, on: date, at: datetime) -> Issued:
    """This function will print the certificates of those who passed and have none, at most TOGETHER at once.

    One's own is for another person. Errors: NotAllowed, InvalidTransition before the course runs.
    """
    cohort = locked(cohort)
    policies.check_can_certify(by, cohort, on=on)
    standing = Certificate.objects.filter(enrolment=OuterRef("pk"), withdrawn_on__isnull=True)
    waiting = (
        cohort.enrolments.select_for_update(of=("self",))
        .filter(~Exists(standing), state=EnrolmentState.PASSED)
        .exclude(officer__user=by)
        .select_related(*certificate_letter.AT_HAND)
        .order_by("pk")
    )
    rows = list(waiting[:TOGETHER])
    issued = Issued(left=max(0, waiting.count() - len(rows)))
    if not rows:
        return issued
    until = {each.pk: valid_until(each) for each in rows}
    printed = letters.issue_many(
        "training-certificate",
        [certificate_letter.draft(each, expires_on=until[each.pk]) for each in rows],
        by=by,
        at=at,
        joined=False,
    )
    for enrolment, letter in zip(rows, printed.letters, strict=True):
        issued.certificates.append(
            Certificate.objects.create(enrolment=enrolment, letter=letter, issued_on=on, expires_on=until[enrolment.pk])
        )
        _rest_on(enrolment, letter.number, by=by, at=at)
    digest = trail.digest(",".join(each.ref for each in issued.certificates))
    details = {"count": len(rows), "first": printed.letters[0].number, "digest": digest}
    trail.record(Event.CERTIFICATE_ISSUED, target=cohort, by=by, at=at, details=details)
    tell_officers([each.officer_id for each in rows], at=at)
    return issued


def _rest_on(enrolment: Enrolment, number: str, *, by: Any, at: datetime) -> None:
    """The record now names the certificate as its paper."""
    from training.actions.results import keep_in_record  # results correct certificates: one of the two comes second

    keep_in_record(enrolment, paper=number, by=by, at=at)


def valid_until(enrolment: Enrolment) -> date | None:
    """When the first of what the course gives lapses; none where nothing does."""
    days = [
        lapses_on(enrolment.result_on, given.months or given.skill.validity_months)
        for given in skills_given(enrolment.cohort)
    ]
    return min((each for each in days if each is not None), default=None)


def standing_certificate(enrolment: Enrolment) -> Certificate | None:
    """The certificate that was not withdrawn, if there is one."""
    found: Certificate | None = (
        enrolment.certificates.filter(withdrawn_on__isnull=True).select_related("letter").first()
    )
    return found


@action
def withdraw_certificate(certificate: Certificate, *, reason: str, by: Any, on: date, at: datetime) -> Certificate:
    """This function will withdraw a certificate: whoever checks it is told so; the result itself stands.

    Errors: NotAllowed for one's own and for anyone who does not run the training; InvalidTransition; RuleBroken.
    """
    enrolment = locked_enrolment(certificate.enrolment)
    certificate = Certificate.objects.select_related("letter", "enrolment__officer", "enrolment__cohort__unit").get(
        pk=certificate.pk
    )
    policies.check_can_withdraw_certificate(by, certificate, reason=reason, on=on)
    withdraw(certificate, reason, by=by, on=on, at=at)
    tell_officers([enrolment.officer_id], at=at)
    return certificate


def withdraw(certificate: Certificate, reason: str, *, by: Any, on: date, at: datetime) -> None:
    """This function will mark certificate and letter as withdrawn; the caller has checked who may."""
    certificate.withdrawn_on, certificate.withdrawn_why = on, reason.strip()[:200]
    certificate.save(update_fields=["withdrawn_on", "withdrawn_why"])
    letters.withdraw(certificate.letter, by=by, at=at, reason=reason)
    trail.record(Event.CERTIFICATE_WITHDRAWN, target=certificate, by=by, at=at, reason=reason)
