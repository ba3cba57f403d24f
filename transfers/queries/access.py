"""Who sees a transfer, and one transfer with access in the same statement.

Its officer, always. Whoever holds the pen now, or held it. The HR desk of the unit the officer leaves. Whoever may lift a stop
that holds it, or reviews it. A protected request is seen by its officer and by the protection authority, and by nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from transfers.models import (
    Advice,
    ApprovalStep,
    ExchangeParty,
    RequestState,
    Stage,
    Stop,
    TransferKind,
    TransferRequest,
)
from transfers.queries import chain

AT_HAND = (
    "officer__rank", "officer__unit", "officer__user", "officer__home_county", "from_unit", "rank", "step", "waits_at",
    "to_unit", "duty", "post_rank", "post_skill", "entered_by", "proposed_by", "decided_by", "typed_by", "reviewed_by",
    "round", "family_impact",
)  # fmt: skip


def visible_to(user: Any, on: date) -> QuerySet[TransferRequest]:
    """The transfers that the user may see on the day, drafts of others never among them."""
    return TransferRequest.objects.filter(
        _own(user) | _sealed(user, on) | (Q(is_protected=False) & _of_office(user, on))
    )


def _own(user: Any) -> Q:
    party = ExchangeParty.objects.filter(request=OuterRef("pk"), officer__user=user)
    mine = Q(officer__user=user) | Exists(party)
    return mine & (~Q(state=RequestState.DRAFT) | Q(entered_by=user))


def _sealed(user: Any, on: date) -> Q:
    if user.scope(Permission.DECIDE_PROTECTED, on=on).is_empty:
        return Q(pk__in=[])
    return Q(is_protected=True) & ~Q(state=RequestState.DRAFT)


def _of_office(user: Any, on: date) -> Q:
    took_part = Q(entered_by=user) | Q(proposed_by=user) | Q(decided_by=user) | Q(typed_by=user) | Q(reviewed_by=user)
    return took_part | (
        ~Q(state=RequestState.DRAFT)
        & (
            chain.waiting_for(user, on=on)
            | _advised(user, on)
            | desk(user, on=on)
            | liftable(user, on=on)
            | _reviewed(user, on)
        )
    )


def _advised(user: Any, on: date) -> Q:
    """Advice stays with the office that gave it, and with whoever gave it."""
    given = Q(advised_by=user) | Q(typed_by=user)
    for role, unit in chain.offices_of(user, on=on):
        given |= Q(step__role=role, unit=unit)
    return Q(Exists(Advice.objects.filter(given, request=OuterRef("pk"))))


def desk(user: Any, *, on: date) -> Q:
    """A filter for the transfers that the user's HR desk processes; one's own is not among them."""
    scope = user.scope(Permission.PROCESS_TRANSFERS, on=on)
    return in_scope(scope, on=on, field="from_unit") & Q(is_protected=False) & ~Q(officer__user=user)


def liftable(user: Any, *, on: date) -> Q:
    """A filter for the transfers that a stop holds and whose stops the user's office may lift."""
    scope = user.scope(Permission.LIFT_STOPS, on=on)
    if scope.is_empty:
        return Q(pk__in=[])
    holding = Stop.objects.filter(request=OuterRef("pk"), lifted_at__isnull=True, gone_at__isnull=True).exclude(
        lifted_by_role=""
    )
    return in_scope(scope, on=on, field="from_unit") & Q(Exists(holding), is_protected=False) & ~Q(officer__user=user)


def to_review(user: Any, *, on: date) -> Q:
    """A filter for the emergency moves that the user's office reviews afterwards, and has not yet."""
    return _reviewed(user, on) & Q(reviewed_at__isnull=True, review_by__isnull=False)


def _reviewed(user: Any, on: date) -> Q:
    roles = {role for role, _unit in chain.offices_of(user, on=on)}
    if not roles:
        return Q(pk__in=[])
    reviewing = ApprovalStep.objects.in_force(on).filter(stage=Stage.REVIEW, role__in=roles)
    emergency = Q(kind=TransferKind.EMERGENCY, review_by__isnull=False, is_protected=False)
    return Q(Exists(reviewing)) & emergency & ~Q(officer__user=user)


def access_request(user: Any, ref: str, on: date) -> TransferRequest:
    """The transfer of that reference, if the user may see it. Errors: NotFound, the same for both reasons."""
    found = visible_to(user, on).select_related(*AT_HAND).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


@dataclass(frozen=True)
class Reading:
    """How much of a transfer a reader is shown."""

    is_own: bool
    is_desk: bool  # the HR desk of the officer's unit
    holds_pen: bool
    names_grounds: bool  # else a personal ground reads "verified personal ground"
    opens_papers: bool  # evidence, details and the statement in the officer's own words
    sees_answers: bool  # about the family; advisers read only that they were given


def reading(user: Any, request: TransferRequest, *, on: date) -> Reading:
    """What this reader is shown of a transfer that he or she may see."""
    is_own = request.officer.user_id == user.pk
    pen = chain.holds_pen(user, request, on=on)
    sealed = request.is_protected and not user.scope(Permission.DECIDE_PROTECTED, on=on).is_empty
    is_desk = not is_own and not request.is_protected and _reaches(user, request, on)
    decides = user.pk == request.decided_by_id or (
        pen and request.step is not None and request.step.stage != Stage.ADVICE
    )
    # Inside the line of command, whoever decides weighs what a ground was found to be, not what it is.
    at_the_top = decides and request.step is not None and request.step.at_type == "service"
    return Reading(
        is_own=is_own,
        is_desk=is_desk,
        holds_pen=pen,
        names_grounds=is_own or is_desk or sealed or at_the_top,
        opens_papers=is_own or is_desk or sealed,
        sees_answers=is_own or is_desk or sealed or decides,
    )


def _reaches(user: Any, request: TransferRequest, on: date) -> bool:
    return request.from_unit is not None and user.can(Permission.PROCESS_TRANSFERS, at=request.from_unit, on=on)
