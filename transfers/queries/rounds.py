"""Rounds and rule books as pages read them. What is being prepared is seen by those who prepare and those who sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.jobs.models import Job
from transfers.models import (
    Award,
    Certificate,
    Participation,
    RequestState,
    Round,
    RoundRun,
    RoundState,
    RuleBook,
    RuleBookState,
    RunKind,
    Standing,
)
from transfers.policies.rounds import holds

JOBS = ("round-freeze", "round-compute", "round-publish")
PREPARE = (P.MANAGE_ROUNDS, P.SIGN_ROUNDS)
SEE_RESULT = (P.MANAGE_ROUNDS, P.SIGN_ROUNDS, P.SIT_ON_TRANSFER_BOARD)
OUT = (RoundState.PUBLISHED, RoundState.CLOSED)


def prepares(user: Any, *, on: date) -> bool:
    """Whether the reader sees what is still being prepared."""
    return any(holds(user, each, on=on) for each in PREPARE)


def rounds_visible_to(user: Any, *, on: date) -> QuerySet[Round]:
    """The rounds a signed-in reader may see: all that were announced, and drafts for those who prepare."""
    found = Round.objects.select_related("rule_book", "created_by", "accepted_by", "signed_by")
    return found if prepares(user, on=on) else found.exclude(state=RoundState.DRAFT)


def access_round(user: Any, code: str, *, on: date) -> Round:
    """The round with this code. Errors: NotFound when it is not there or not for this reader."""
    found = rounds_visible_to(user, on=on).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def published_round(code: str) -> Round:
    """A round as people outside the service see it, once it is published. Errors: NotFound before."""
    found = Round.objects.select_related("rule_book", "certificate").filter(code=code, state__in=OUT).first()
    if found is None:
        raise NotFound(code)
    return found


def certificate_of(round: Round) -> Certificate:
    """The certificate. Errors: NotFound before publication."""
    found = Certificate.objects.filter(round=round).first()
    if found is None:
        raise NotFound(round.code)
    return found


def books_visible_to(user: Any, *, on: date) -> QuerySet[RuleBook]:
    """The versions a signed-in reader may see: all that were published, and drafts for those who prepare."""
    found = RuleBook.objects.select_related("drafted_by", "published_by")
    return found if prepares(user, on=on) else found.exclude(state=RuleBookState.DRAFT)


def access_book(user: Any, ref: str, *, on: date) -> RuleBook:
    """One version. Errors: NotFound when it is not there or not for this reader."""
    found = books_visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def versions_of(book: RuleBook, user: Any, *, on: date) -> list[RuleBook]:
    """All versions of the same rule book that the reader may see, the newest first."""
    return list(books_visible_to(user, on=on).filter(code=book.code).order_by("-version"))


def books_in_force() -> QuerySet[RuleBook]:
    """Versions that a round may be prepared under."""
    return RuleBook.objects.filter(state=RuleBookState.PUBLISHED).order_by("code", "-version")


def jobs_of(round: Round) -> list[Job]:
    """The long work done for the round, the latest first."""
    return list(
        Job.objects.filter(kind__in=JOBS, once=round.ref).select_related("started_by").order_by("-queued_at")[:3]
    )


def counts_of(round: Round) -> dict[str, int]:
    """Who waits for the round before the freeze, and who takes part after it. One statement."""
    if round.frozen_at is None:
        return {"waiting": round.requests.filter(state=RequestState.POOLED).count()}
    counted = Participation.objects.filter(round=round).aggregate(
        participants=Count("pk"), due=Count("pk", filter=Q(standing=Standing.DUE))
    )
    return {"participants": counted["participants"], "due": counted["due"]}


def by_rank(round: Round) -> list[dict[str, Any]]:
    """Participants of each rank: one market each."""
    rows = Participation.objects.filter(round=round).values("rank__code", "rank__name_en", "rank__order")
    counted = rows.annotate(participants=Count("pk"), due=Count("pk", filter=Q(standing=Standing.DUE)))
    return [dict(each) for each in counted.order_by("rank__order")]


def official_run(round: Round, user: Any, *, on: date) -> RoundRun | None:
    """The result in figures: for everyone once it is published, before that for those who prepare, judge and sign it."""
    if round.state not in OUT and not any(holds(user, each, on=on) for each in SEE_RESULT):
        return None
    return round.runs.filter(kind=RunKind.OFFICIAL).first()


def participation_of(user: Any, round: Round) -> Participation | None:
    """The reader's own part in the round."""
    rows = Participation.objects.filter(round=round, officer__user=user)
    return rows.select_related("rank", "skill", "from_unit", "officer").first()


def award_of(participation: Participation) -> Award | None:
    """What the round gave, once it is published."""
    if participation.round.state not in OUT:
        return None
    return Award.objects.select_related("to_unit", "to_skill", "varied_to").filter(participation=participation).first()


def result_of(round: Round) -> RoundRun | None:
    """The computation of a published round."""
    return round.runs.filter(kind=RunKind.OFFICIAL).first()
