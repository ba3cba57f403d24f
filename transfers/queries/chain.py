"""The chain of approval: which step is next for a transfer, at which unit, and who holds the pen there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import Appointment, User
from hcims.periods import in_force
from organisation.models import Rank, Unit
from organisation.queries import ancestors
from transfers.models import ApprovalStep, RequestState, Round, Side, Stage, TransferKind, TransferRequest

WAITING = (RequestState.ADVICE, RequestState.DECISION)
_LOWEST = 10_000  # of those without a rank: civilian members


def steps_of(request: TransferRequest, stages: Iterable[Stage], *, on: date) -> list[ApprovalStep]:
    """The steps in force for the kind and the rank, by their sequence."""
    rank: Rank | None = request.rank or request.officer.rank
    found = ApprovalStep.objects.in_force(on).filter(kind=request.kind, stage__in=list(stages))
    order = rank.order if rank else Rank.objects.order_by("-order").values_list("order", flat=True).first() or _LOWEST
    reach = found.filter(highest_rank__order__lte=order, lowest_rank__order__gte=order)
    return sorted(reach, key=lambda step: step.sequence)


def next_step(request: TransferRequest, *, on: date) -> tuple[ApprovalStep, Unit] | None:
    """The step at which the transfer waits next and the unit whose office-holder has the pen; None where nobody may decide.

    A protected request knows one step alone. Advice that was given is not asked for again, nor that of the officer or of
    whoever proposed the move; nobody decides on what he or she put forward. A frozen decision is a step like any other:
    the transfer waits there, visibly. A frozen advice is passed over.
    """
    stages = [Stage.PROTECTED] if request.is_protected else [Stage.ADVICE, Stage.DECISION]
    line = _Line(request, on)
    done = set() if request.pk is None else set(request.advice.values_list("step__code", flat=True))
    steps = sorted(steps_of(request, stages, on=on), key=lambda step: (step.stage == Stage.DECISION, step.sequence))
    for step in steps:
        if step.stage == Stage.ADVICE and (step.is_frozen or step.code in done):
            continue
        unit = line.unit_of(step)
        if unit is not None and not line.is_involved(step, unit):
            return step, unit
    return None


class _Line:
    """The commands above both ends of a move, and the offices that those involved in it hold."""

    def __init__(self, request: TransferRequest, on: date) -> None:
        self.request, self.on = request, on
        self.losing = self._above(request.from_unit or request.officer.unit)
        self._gaining: list[Unit] | None = None
        self.involved = _offices_of([request.officer.user_id, request.proposed_by_id], on)

    def _above(self, unit: Unit | None) -> list[Unit]:
        return ancestors(unit, on=self.on)[::-1] if unit else []

    @property
    def gaining(self) -> list[Unit]:
        if self._gaining is None:
            place = self.request.to_unit
            if place is None and self.request.pk is not None:
                first = self.request.places.select_related("unit").first()
                place = first.unit if first else None
            self._gaining = self._above(place)
        return self._gaining

    def unit_of(self, step: ApprovalStep) -> Unit | None:
        side = self.gaining if step.side == Side.GAINING else self.losing
        fitting = [unit for unit in side if not step.at_type or unit.type == step.at_type]
        if step.kind == TransferKind.WITHIN_COMMAND:  # whoever commands both ends, and nobody lower
            fitting = [unit for unit in fitting if unit in self.gaining]
        if not step.at_type:
            held = _units_where_held(step.role, fitting, self.on)
            fitting = [unit for unit in fitting if unit.pk in held] or fitting[-1:]
        return fitting[0] if fitting else None

    def is_involved(self, step: ApprovalStep, unit: Unit) -> bool:
        return (step.role, unit.pk) in self.involved


def _offices_of(users: Iterable[int | None], on: date) -> set[tuple[str, int]]:
    wanted = [user for user in users if user is not None]
    found = Appointment.objects.filter(in_force(on), user__in=wanted, state="approved") if wanted else []
    return {(each.role, each.unit_id) for each in found}


def _units_where_held(role: str, units: list[Unit], on: date) -> set[int]:
    found = Appointment.objects.filter(in_force(on), role=role, unit__in=units, state="approved")
    return set(found.values_list("unit", flat=True))


def holders(step: ApprovalStep, unit: Unit, *, on: date) -> list[User]:
    """Those who hold the step's office at the unit on the day."""
    return _in_office([(step.role, unit.pk)], on).get((step.role, unit.pk), [])


def holders_of(requests: Iterable[TransferRequest], *, on: date) -> dict[tuple[str, int], list[User]]:
    """Who holds the pen of each of many waiting transfers, by role and unit. One query; `step` must be at hand."""
    wanted = {(each.step.role, each.waits_at_id) for each in requests if each.step and each.waits_at_id}
    return _in_office(wanted, on)


def _in_office(offices: Iterable[tuple[str, int]], on: date) -> dict[tuple[str, int], list[User]]:
    wanted = set(offices)
    rows = Appointment.objects.filter(
        in_force(on),
        state="approved",
        user__is_active=True,
        role__in={role for role, _unit in wanted},
        unit__in={unit for _role, unit in wanted},
    ).select_related("user")
    found: dict[tuple[str, int], list[User]] = {}
    for each in rows.order_by("user__pk"):
        office = (each.role, each.unit_id)
        if office in wanted and each.user not in found.setdefault(office, []):
            found[office].append(each.user)
    return found


def offices_of(user: Any, *, on: date) -> list[tuple[str, int]]:
    """Role and unit of each office that the user holds on the day; read once a request."""
    return [(each.role, each.unit_id) for each in user.appointments_on(on)] if user.is_active else []


def holds_pen(user: Any, request: TransferRequest, *, on: date) -> bool:
    """Whether the user has the say at the step where the transfer waits. Never about oneself, never on one's own proposal."""
    if request.state not in WAITING or request.step is None:
        return False
    if user.pk in (request.officer.user_id, request.proposed_by_id) or is_party(user, request):
        return False
    return (request.step.role, request.waits_at_id) in offices_of(user, on=on)


def is_party(user: Any, request: TransferRequest) -> bool:
    """Whether the user is one of the officers who would exchange places."""
    return request.kind == TransferKind.EXCHANGE and request.parties.filter(officer__user=user).exists()


def waiting_for(user: Any, *, on: date) -> Q:
    """A filter for the transfers whose pen the user holds. It costs no query of its own."""
    here = Q(pk__in=[])
    for role, unit in offices_of(user, on=on):
        here |= Q(step__role=role, waits_at=unit)
    return Q(state__in=WAITING) & here & ~Q(officer__user=user) & ~own_proposal(user)


def own_proposal(user: Any) -> Q:
    """A filter for what the user put forward."""
    return Q(proposed_by__isnull=False, proposed_by=user)


def round_for(request: TransferRequest, *, on: date) -> Round | None:
    """The round whose lists are open for the officer's rank: an ordinary request waits for it."""
    if request.kind != TransferKind.REQUEST or request.is_protected:
        return None
    rank = request.rank or request.officer.rank
    open_now = Round.objects.filter(state="open", ranks=rank, opens_on__lte=on, closes_on__gt=on)
    return open_now.order_by("closes_on").first()
