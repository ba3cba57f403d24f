"""What a counsellor reads of cases: one's own list, one case whole, one text. All of it by way of `case_access`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as Either
from django.db.models import Count, F, Q, QuerySet, When, Window

from counselling import case_access
from counselling.models import (
    Case,
    CaseEvent,
    CaseGrant,
    CounsellingOffice,
    SealedReferral,
    SealedText,
    Session,
    TextKind,
    WellbeingRuleCode,
)
from counselling.queries.rules import number
from hcims.errors import NotFound
from hcims.periods import in_force

PER_PAGE = 50
LATEST_READINGS = 500


@dataclass(frozen=True)
class Page:
    """Some of one's cases, and how many there are."""

    grants: Sequence[CaseGrant]
    pages: int
    total: int


def cases_visible_to(user: Any, *, state: str, page: int, at: datetime) -> Page:
    """A page of the user's cases, the next review first, in one statement however many cases there are."""
    found = case_access.own_grants(user, at=at).filter(content_object__state=state)
    ordered = found.order_by(F("content_object__review_due_on").asc(nulls_last=True), "content_object__pk")
    start = (page - 1) * PER_PAGE
    rows = list(ordered.annotate(total=Window(Count("*")))[start : start + PER_PAGE])
    total = rows[0].total if rows else (found.count() if page > 1 else 0)
    return Page(rows, max(1, -(-total // PER_PAGE)), total)


def sessions_of(case: Case) -> QuerySet[Session]:
    """The sessions of a case, earliest first."""
    return case.sessions.select_related("by").order_by("on", "pk")


def texts_of(case: Case) -> QuerySet[SealedText]:
    """The texts of a case, earliest first, each with its bytes as `content`; attachments' are asked for one by one."""
    small = When(~Q(kind=TextKind.ATTACHMENT), then=F("ciphertext"))
    found = case.texts.select_related("author", "session").defer("ciphertext")
    return found.annotate(content=Either(small), replaces_ref=F("replaces__ref")).order_by("written_on", "pk")


def access_text(case: Case, ref: str) -> SealedText:
    """One text of a case. Errors: NotFound."""
    found = case.texts.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def access_session(case: Case, ref: str) -> Session:
    """One session of a case. Errors: NotFound."""
    found = case.sessions.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def readings_of(case: Case) -> list[CaseEvent]:
    """What the case log has about one case, the latest first."""
    return list(CaseEvent.objects.filter(case_ref=case.ref).order_by("-sequence")[:LATEST_READINGS])


def referrals_to(user: Any) -> QuerySet[SealedReferral]:
    """Referrals that colleagues sealed to the user and that were not declined."""
    return (
        SealedReferral.objects.filter(to__user=user, to__retired_on=None).exclude(state="declined").select_related("by")
    )


def access_referral(user: Any, ref: str) -> SealedReferral:
    """A referral to the user. Errors: NotFound."""
    found = SealedReferral.objects.filter(to__user=user, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def offices_on(on: date) -> QuerySet[CounsellingOffice]:
    """Counselling offices in service on a day."""
    return CounsellingOffice.objects.filter(in_force(on)).order_by("name")


def access_office(ref: str, *, on: date) -> CounsellingOffice:
    """An office in service. Errors: NotFound."""
    found = offices_on(on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def kept_until(closed_on: date, *, on: date) -> date:
    """The day up to which a case closed on that day is kept."""
    years = number(WellbeingRuleCode.CASE_YEARS_KEPT, on=on)
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:  # 29 February
        return closed_on.replace(year=closed_on.year + years, day=28)


def opening_ends(at: datetime, *, on: date) -> datetime:
    """The moment up to which a case opened now stays open to its reader."""
    return at + timedelta(hours=number(WellbeingRuleCode.OPENING_HOURS, on=on))


def is_rekey_due(case: Case, *, at: datetime) -> bool:
    """Whether the case is to be given a new secret now: its old one was shown to others, and that time is over."""
    return case.rekey_due_at is not None and case.rekey_due_at <= at
