"""What a counsellor reads of cases: one's own list, one case whole, one text. All of it by way of `case_access`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case as Either
from django.db.models import F, Q, QuerySet, When

from counselling import case_access
from counselling.case_access import CaseRow
from counselling.models import (
    Case,
    CaseEvent,
    CounsellingOffice,
    SealedReferral,
    SealedText,
    Session,
    TextKind,
    WellbeingRuleCode,
)
from counselling.prepared import NUMBER, Prepared
from counselling.queries.rules import number
from hcims.errors import NotFound
from hcims.periods import in_force

LATEST_READINGS = 500


@dataclass(frozen=True)
class Page:
    """Some of one's cases, and how many there are."""

    cases: list[CaseRow]
    pages: int
    total: int


def cases_visible_to(user: Any, *, state: str, page: int, at: datetime) -> Page:
    """A page of the user's cases in one statement however many there are: the next review first, or the end of keeping."""
    rows, total = case_access.read_page(user, state=state, page=page, at=at)
    return Page(rows, max(1, -(-total // case_access.PER_PAGE)), total)


class SessionRow(NamedTuple):
    """A session as it is read."""

    ref: str
    kind: str
    on: date
    minutes: int
    mode: str
    by: str


class TextRow(NamedTuple):
    """A text as it is read; `content` is None for an attachment, whose bytes are asked for one by one."""

    ref: str
    kind: str
    session: str | None
    author: str
    written_on: date
    replaces: str | None
    key_version: int
    size: int
    content: bytes | None


def _sessions(case: int) -> QuerySet[Any, tuple[Any, ...]]:
    found = Session.objects.filter(case=case).order_by("on", "pk")
    return found.values_list("ref", "kind", "on", "minutes", "mode", "by__ref")


def _texts(case: int) -> QuerySet[Any, tuple[Any, ...]]:
    content = Either(When(~Q(kind=TextKind.ATTACHMENT), then=F("ciphertext")))
    return SealedText.objects.filter(case=case).order_by("written_on", "pk").values_list(
        "ref", "kind", "session__ref", "author__ref", "written_on", "replaces__ref", "key_version", "size", content
    )  # fmt: skip


SESSIONS, TEXTS = Prepared(_sessions, case=NUMBER), Prepared(_texts, case=NUMBER)


def sessions_of(case: CaseRow) -> list[SessionRow]:
    """The sessions of a case, earliest first."""
    return [SessionRow(*row) for row in SESSIONS.rows(case=case.pk)]


def texts_of(case: CaseRow) -> list[TextRow]:
    """The texts of a case, earliest first."""
    return [TextRow(*row) for row in TEXTS.rows(case=case.pk)]


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


def is_rekey_due(case: CaseRow, *, at: datetime) -> bool:
    """Whether the case is to be given a new secret now: its old one was shown to others, and that time is over."""
    return case.rekey_due_at is not None and case.rekey_due_at <= at
