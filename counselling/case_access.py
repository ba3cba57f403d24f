"""A case and who may open it: the only file, beside `grants`, that touches the grants of cases.

Reading goes through `grants` (one statement, superusers and closed accounts refused). A grant is given with its wrapped
key in the same row, and taken away with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Window

from counselling import grants
from counselling.models import HOLDING, Case, CaseGrant, CaseState, CustodianKey, CustodianShare, GrantKind, Opening
from counselling.prepared import MOMENT, NAME, NUMBER, Prepared, PreparedPage
from hcims.errors import NotAllowed, NotFound


def own_grants(user: Any, *, at: datetime) -> QuerySet[CaseGrant]:
    """The user's grants on cases, each with its case and office, in one statement."""
    return grants.grants_of(Case, user=user, at=at).select_related("content_object__office")


def access_case(user: Any, ref: str, *, at: datetime) -> CaseGrant:
    """The user's grant on the case of this reference, the case with it. Errors: NotFound, unseen like absent."""
    grant = own_grants(user, at=at).filter(content_object__ref=ref).first()
    if grant is None:
        raise NotFound(ref)
    return grant


class CaseRow(NamedTuple):
    """A case as whoever holds a grant reads it: plain values, without the cost of a row of each table."""

    pk: int
    ref: str
    pseudonym: str
    state: str
    opened_on: date
    review_due_on: date | None
    closed_on: date | None
    keep_until: date | None
    recipient: str
    key_version: int
    rekey_due_at: datetime | None
    waited: str
    office_ref: str | None
    office_name: str | None
    kind: str
    ends_at: datetime | None
    wrapped: bytes
    lookup: str
    face_ref: str | None
    face_author: str | None
    face_written_on: date | None
    face_replaces: str | None
    face_ciphertext: bytes | None


OF_CASE = (
    "pk", "ref", "pseudonym", "state", "opened_on", "review_due_on", "closed_on", "keep_until", "recipient", "key_version",
    "rekey_due_at", "waited", "office__ref", "office__name",
)  # fmt: skip
OF_FACE = ("face__ref", "face__author__ref", "face__written_on", "face__replaces__ref", "face__ciphertext")
PER_PAGE = 50
COLUMNS = (
    *(f"content_object__{name}" for name in OF_CASE), "kind", "ends_at", "wrapped", "lookup",
    *(f"content_object__{name}" for name in OF_FACE),
)  # fmt: skip


def _grants_of(holder: int, at: datetime) -> QuerySet[CaseGrant]:
    """The grants of somebody of whom `grants.may_hold` was asked already."""
    return own_grants(SimpleNamespace(pk=holder, is_authenticated=True, is_active=True, is_superuser=False), at=at)


def _one_case(holder: int, ref: str, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _grants_of(holder, at).filter(content_object__ref=ref).values_list(*COLUMNS)[:1]


@lru_cache(maxsize=64)
def _one_page(state: str, page: int) -> Prepared:
    """A page of one's cases, and how many there are: the next review first, or the end of keeping."""
    day, start = "keep_until" if state == CaseState.CLOSED else "review_due_on", (page - 1) * PER_PAGE
    order = (F(f"content_object__{day}").asc(nulls_last=True), "content_object__pk")

    def build(holder: int, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
        found = _grants_of(holder, at).filter(content_object__state=state).annotate(total=Window(Count("*")))
        return found.order_by(*order).values_list("pk", "total")[start : start + PER_PAGE]

    return PreparedPage(
        build, CaseGrant.objects.order_by().values_list("pk", *COLUMNS),
        f'shown."content_object__{day}" NULLS LAST, shown."content_object__pk"', holder=NUMBER, at=MOMENT,
    )  # fmt: skip


def read_page(user: Any, *, state: str, page: int, at: datetime) -> tuple[list[CaseRow], int]:
    """A page of the user's cases and how many there are in all, in one statement however many exist."""
    if not grants.may_hold(user):
        return [], 0
    rows = _one_page(state, page).rows(holder=user.pk, at=at)
    if not rows and page > 1:
        return [], own_grants(user, at=at).filter(content_object__state=state).count()
    return [CaseRow._make(row[1:-1]) for row in rows], rows[0][-1] if rows else 0


ONE_CASE = Prepared(_one_case, holder=NUMBER, ref=NAME, at=MOMENT)


def read_case(user: Any, ref: str, *, at: datetime) -> CaseRow:
    """The case of this reference to be read, in one statement. Errors: NotFound, unseen like absent."""
    if grants.may_hold(user):
        for values in ONE_CASE.rows(holder=user.pk, ref=ref, at=at):
            return CaseRow(*values)
    raise NotFound(ref)


def access_own_case(user: Any, ref: str, *, at: datetime) -> CaseGrant:
    """The same, for deeds that are the case holder's alone. Errors: NotFound, NotAllowed."""
    grant = access_case(user, ref, at=at)
    if grant.kind not in HOLDING:
        raise NotAllowed("Only the counsellor whose case it is does this.", "rule: a case belongs to one counsellor")
    return grant


def lock_case(grant: CaseGrant, *, at: datetime) -> Case:
    """The case of a grant as it stands now, locked for a deed. Errors: NotFound where the grant was taken meanwhile."""
    case = Case.objects.select_for_update().get(pk=grant.content_object_id)
    if not CaseGrant.objects.filter(CaseGrant.in_force(at), pk=grant.pk).exists():
        raise NotFound(case.ref)
    grant.content_object = case
    return case


def case_to_open(ref: str) -> Case:
    """The case that somebody asks to have opened: found by its reference alone. Errors: NotFound."""
    found = Case.objects.exclude(state=CaseState.ERASED).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def readers(case: Case, *, at: datetime) -> QuerySet[CaseGrant]:
    """The grants on a case that hold at the moment `at`, whose case it is first."""
    return (
        CaseGrant.objects.filter(CaseGrant.in_force(at), content_object=case)
        .select_related("user")
        .order_by("starts_at")
    )


def _readers_shown(case: int, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    found = CaseGrant.objects.filter(CaseGrant.in_force(at), content_object=case).order_by("starts_at")
    return found.values_list("user__ref", "user__full_name", "kind", "starts_at", "ends_at")


READERS = Prepared(_readers_shown, case=NUMBER, at=MOMENT)


def readers_shown(case: CaseRow, *, at: datetime) -> list[tuple[Any, ...]]:
    """Reference and name of each who can open the case at the moment `at`, the kind of grant, from when and until when."""
    return READERS.rows(case=case.pk, at=at)


def is_reader(user: Any, case: Case, *, at: datetime) -> bool:
    """Whether the user can open the case at the moment `at`."""
    return CaseGrant.objects.filter(CaseGrant.in_force(at), content_object=case, user=user).exists()


def holder(case: Case) -> Any:
    """The counsellor whose case it is, None where nobody's grant is left."""
    found = CaseGrant.objects.filter(content_object=case, kind__in=HOLDING).select_related("user").first()
    return found.user if found else None


def holders_of(cases: Iterable[int]) -> dict[int, int]:
    """Whose each case is, by primary keys; one that was erased is nobody's. For counts."""
    held = CaseGrant.objects.filter(content_object__in=list(cases), kind__in=HOLDING)
    return dict(held.values_list("content_object", "user"))


def is_held(user: Any) -> bool:
    """Whether anything is wrapped to the user."""
    return CaseGrant.objects.filter(user=user).exists()


def give(
    *,
    case: Case,
    to: Any,
    kind: GrantKind,
    reason: str,
    wrapped: bytes,
    by: Any,
    at: datetime,
    ends_at: datetime | None = None,
    lookup: str = "",
) -> CaseGrant:
    """This function will open a case to a person, right and wrapped key in one row. What has run out goes first."""
    forget_ended(case=case, at=at)
    return CaseGrant.objects.create(
        user=to, permission=grants.permission_of(Case), content_object=case, kind=kind, reason=reason, given_by=by,
        starts_at=at, ends_at=ends_at, wrapped=wrapped, lookup=lookup,
    )  # fmt: skip


def take(*, case: Case, of: Any = None, kinds: tuple[str, ...] = ()) -> int:
    """This function will destroy the grants of a person, of some kinds, or all, wrapped keys with them; says how many."""
    found = CaseGrant.objects.filter(content_object=case)
    if of is not None:
        found = found.filter(user=of)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.delete()[0]


def forget_ended(*, at: datetime, case: Case | None = None) -> int:
    """This function will destroy grants whose time is over, of one case or of all; says how many."""
    found = CaseGrant.objects.filter(ends_at__lte=at)
    return (found.filter(content_object=case) if case else found).delete()[0]


def mark_anew(grant: CaseGrant, lookup: str) -> None:
    """This function will exchange the mark by which the holder's browser finds the case again."""
    grant.lookup = lookup
    grant.save(update_fields=["lookup"])


def rewrap(*, case: Case, wrapped: dict[int, bytes], at: datetime) -> None:
    """This function will put the new secret of a case, wrapped anew, into each grant; by primary key of the user."""
    forget_ended(case=case, at=at)
    for grant in CaseGrant.objects.select_for_update().filter(content_object=case).order_by("pk"):
        grant.wrapped = wrapped[grant.user_id]
        grant.save(update_fields=["wrapped"])


def renew_key_from(case: Case, at: datetime | None) -> None:
    """This function will ask for a new secret of the case from a moment on: somebody has the old one who shall not any more."""
    if at is not None and (case.rekey_due_at is None or at < case.rekey_due_at):
        case.rekey_due_at = at
        case.save(update_fields=["rekey_due_at"])


def openings_in_hand(case: Case, *, at: datetime) -> QuerySet[Opening]:
    """Openings of the case that are asked for, half done or running; one whose time is over need not be marked so yet."""
    return case.openings.filter(state__in=["requested", "half-open", "open"]).exclude(state="open", ends_at__lte=at)


def rekeys_due(user: Any, *, at: datetime) -> list[datetime]:
    """Since when the cases that are the user's are to be given a new secret."""
    found = own_grants(user, at=at).filter(kind__in=HOLDING, content_object__rekey_due_at__lte=at)
    return [due for due in found.values_list("content_object__rekey_due_at", flat=True) if due]


def opened_between(first: date, until: date) -> QuerySet[Any, tuple[Any, ...]]:
    """Cases opened from one day to before another: region of the office, how long was waited, case, whose it is. For counts."""
    held = CaseGrant.objects.filter(
        kind__in=HOLDING, content_object__opened_on__gte=first, content_object__opened_on__lt=until
    )
    return held.order_by().values_list(
        "content_object__office__unit__county__region", "content_object__waited", "content_object", "user"
    )


def share_anew(custodian: CustodianKey, *, at: datetime) -> None:
    """This function will ask that cases shared with a key that is out of use get a new secret and new shares."""
    shared = CustodianShare.objects.filter(Q(outer=custodian) | Q(inner=custodian)).values("case")
    Case.objects.filter(pk__in=shared, rekey_due_at__isnull=True).update(rekey_due_at=at)
