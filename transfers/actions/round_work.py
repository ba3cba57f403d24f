"""The long work of a round, asked for: refused at once where it could not be done, and otherwise put in the queue, once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.jobs.actions import enqueue
from hcims.jobs.models import Job
from transfers.models import Certificate, Round, RoundState
from transfers.policies import rounds as policies


def link(round: Round) -> str:
    """Where the result of the work is read."""
    return f"/transfers/rounds/{round.code}/"


@action
def ask_freeze(*, round: Round, by: Any, on: date, at: datetime) -> Job:
    """This function will put the freeze in the queue. Errors: NotAllowed; RuleBroken before the claims have ended."""
    policies.check_can_manage(by, on=on)
    policies.check_can_freeze(round, on=on)
    return enqueue("round-freeze", by=by, at=at, args={"round": round.ref}, link=link(round), once=round.ref)


@action
def ask_compute(*, round: Round, by: Any, on: date, at: datetime) -> Job:
    """This function will put the computation in the queue. Errors: NotAllowed; RuleBroken before the draw."""
    policies.check_can_manage(by, on=on)
    policies.check_state(round, [RoundState.DRAWN], _("computed"))
    return enqueue("round-compute", by=by, at=at, args={"round": round.ref}, link=link(round), once=round.ref)


@action
def ask_publish(*, round: Round, report_by: date, by: Any, on: date, at: datetime) -> Job:
    """This function will put the publication in the queue. Errors: NotAllowed; RuleBroken before acceptance or with less
    notice than the rule asks for."""
    policies.check_can_publish_round(by, round, on=on)
    policies.check_report_day(round, report_by, on=on)
    args: dict[str, str | int | bool] = {"round": round.ref, "report_by": report_by.isoformat()}
    return enqueue("round-publish", by=by, at=at, args=args, link=link(round), once=round.ref)


@action
def record_sealed_reading(*, certificate: Certificate, by: Any, at: datetime) -> None:
    """This function will put on record who took the sealed tier away."""
    details = {"what": "sealed tier", "sha256": certificate.sealed_sha256}
    trail.record(Event.EXPORTED, target=certificate.round, by=by, at=at, details=details)
