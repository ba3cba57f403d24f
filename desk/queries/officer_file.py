"""One officer's file: what stands on each of its parts, and which parts a reader may open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from deployment.models import Posting, PostingKind, PostingOrder
from deployment.queries.ledger import OPEN_ORDERS
from deployment.queries.tenure import Limits, counts_from, limits, months_between
from hcims.access.permissions import Permission as P
from personnel.models import Dependant, NextOfKin, Officer, Spouse
from personnel.queries import access_officer, permissions_at, retirement_of, retirement_rules
from personnel.retirement import Retirement
from transfers.queries.access import visible_to as transfers_visible_to
from transfers.queries.order_pages import orders_of_area

# The parts of a file, each with the permissions any of which opens it. Own reads are among `permissions_at` of one's own record.
PARTS: dict[str, frozenset[P]] = {
    "service": frozenset({P.SEE_FILE}),
    "skills": frozenset({P.SEE_FILE}),
    "family": frozenset({P.SEE_FAMILY}),
    "identity": frozenset({P.SEE_IDENTITY}),
    "conduct": frozenset({P.SEE_COMMENDATIONS, P.SEE_DISCIPLINE}),
    "transfers": frozenset({P.SEE_POSTINGS}),
    "changes": frozenset({P.SEE_FILE}),
}


@dataclass(frozen=True)
class File:
    """An officer with what the reader may do here."""

    officer: Officer
    permissions: frozenset[P]
    is_own: bool
    on: date
    reader: Any = None

    def may(self, permission: P) -> bool:
        return permission in self.permissions

    @property
    def parts(self) -> list[str]:
        found = [part for part, opened_by in PARTS.items() if opened_by & self.permissions]
        # One's own transfers stand on one's own pages, with what others may not read.
        return [part for part in found if part != "transfers" or not self.is_own]

    @property
    def may_edit(self) -> bool:
        return P.EDIT_OFFICERS in self.permissions and not self.is_own

    @property
    def may_edit_conduct(self) -> bool:
        return P.EDIT_DISCIPLINE in self.permissions and not self.is_own


@dataclass(frozen=True)
class Present:
    """Where the officer stands today, in the few facts that head the file."""

    posting: Posting | None
    away: list[Posting]
    order: PostingOrder | None
    months: int | None
    limit: int | None
    retirement: Retirement | None
    rank_since: Any = None
    over: bool = field(default=False)


def open_file(user: Any, number: str, *, on: date) -> File:
    """The file of that number, if the user may open it. Errors: NotFound."""
    officer = access_officer(user, number, P.SEE_FILE, on=on)
    own = officer.user_id is not None and officer.user_id == user.pk
    return File(officer, permissions_at(user, officer, on=on), own, on, user)


def postings_of(officer: Officer) -> QuerySet[Posting]:
    """Every posting and absence that counts, the latest first."""
    return (
        Posting.objects.filter(officer=officer, voided_at__isnull=True)
        .select_related("unit", "duty", "post_rank", "post_skill")
        .order_by("-starts_on", "-pk")
    )


def present(officer: Officer, postings: list[Posting], ranks: list[Any], *, on: date) -> Present:
    """What heads the file, from the postings and ranks already read."""
    now = [each for each in postings if each.is_in_force(on)]
    posting = next((each for each in now if each.kind == PostingKind.SUBSTANTIVE), None)
    found: Limits = limits(on)
    since = counts_from(posting) if posting else None
    months = months_between(since, on) if since else None
    limit = found.of(posting.unit_id) if posting else None
    order = PostingOrder.objects.filter(officer=officer, state__in=OPEN_ORDERS).select_related("to_unit").first()
    rank = next((each for each in ranks if each.is_in_force(on)), None)
    return Present(
        posting=posting,
        away=[each for each in now if each.kind != PostingKind.SUBSTANTIVE],
        order=order,
        months=months,
        limit=limit,
        retirement=retirement_of(officer, retirement_rules()) if officer.exited_on is None else None,
        rank_since=rank,
        over=bool(limit and months is not None and months >= limit),
    )


def orders_of(officer: Officer) -> QuerySet[PostingOrder]:
    """Every posting order about the officer, the latest first."""
    return PostingOrder.objects.filter(officer=officer).select_related("from_unit", "to_unit")


def ranks_of(officer: Officer) -> QuerySet[Any]:
    """The rank history, the latest first; steps entered in error are in the changes, not here."""
    return officer.rank_holdings.filter(voided_at__isnull=True).select_related("rank")


def transfers_of(officer: Officer, reader: Any, *, on: date) -> dict[str, Any]:
    """Requests and orders as far as the reader's office sees them. A protected request is in no file, for no reader."""
    requests = transfers_visible_to(reader, on).filter(officer=officer, is_protected=False)
    return {
        "requests": requests.select_related("from_unit", "to_unit", "step", "waits_at").order_by("-created_at"),
        "orders": orders_of_area(reader, on=on).filter(order__officer=officer).order_by("-published_at"),
    }


def learning_of(officer: Officer) -> dict[str, Any]:
    """Skills, qualifications and courses."""
    return {
        "skills": officer.skills.select_related("skill__category").order_by("skill__category__order", "skill__code"),
        "qualifications": officer.qualifications.select_related("qualification").order_by(
            "-qualification__order", "-year"
        ),
        "courses": officer.courses.all(),
    }


def family_of(officer: Officer) -> dict[str, Any]:
    """Family facts in force."""
    return {
        "next_of_kin": NextOfKin.objects.filter(officer=officer, ended_on__isnull=True),
        "spouses": Spouse.objects.filter(officer=officer, ended_on__isnull=True).select_related("in_service", "county"),
        "dependants": Dependant.objects.filter(officer=officer, ended_on__isnull=True)
        .select_related("school_county")
        .order_by("born_on"),
    }
