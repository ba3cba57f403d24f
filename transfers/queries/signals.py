"""Signals: which there are for a reader, and which orders of a command wait for one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from deployment.models import OrderState
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure, UnitType
from organisation.queries import below, in_scope, units_visible_to
from transfers.models import Signal, TransferOrder, TransferOrderState
from transfers.queries.commands import COMMANDS
from transfers.queries.order_pages import orders_of_area

LISTED_FOR = timedelta(days=365)  # an order that no signal listed within a year is told by its letter alone
AT_ONCE = 300  # moves in one signal: about ten pages
COMPOSABLE = (UnitType.REGION, *COMMANDS)
_DEAD = (TransferOrderState.CANCELLED, TransferOrderState.SUSPENDED)


def signals_visible_to(user: Any, *, on: date) -> QuerySet[Signal]:
    """Signals of the commands where the user sees postings, the newest first, each with its number of moves."""
    here = in_scope(user.scope(Permission.SEE_POSTINGS, on=on), on=on, field="command")
    found = Signal.objects.filter(here).select_related("command", "letter", "made_by")
    return found.annotate(moves=Count("transfers")).order_by("-made_at", "-pk")


def access_signal(user: Any, ref: str, *, on: date) -> Signal:
    """The signal of that reference, if the user sees the postings of its command. Errors: NotFound."""
    found = signals_visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def moves_of(signal: Signal) -> QuerySet[TransferOrder]:
    """The orders that a signal lists, with what a line names, in the order of the paper."""
    return listed(TransferOrder.objects.filter(signals=signal))


def signals_with(user: Any, transfer: TransferOrder, *, on: date) -> list[Signal]:
    """The signals that list an order, as far as the user sees them."""
    return list(signals_visible_to(user, on=on).filter(pk__in=transfer.signals.values("pk")))


def composable_by(user: Any, *, on: date) -> QuerySet[Unit]:
    """The commands for which the user's HR desk issues signals."""
    return units_visible_to(user, on=on, permission=Permission.PROCESS_TRANSFERS).filter(type__in=COMPOSABLE)


def access_command(user: Any, code: str, *, on: date) -> Unit:
    """The command of that code, if the user's desk issues its signals. Errors: NotFound."""
    found = composable_by(user, on=on).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def live(orders: QuerySet[TransferOrder], *, at: datetime) -> QuerySet[TransferOrder]:
    """Those that a signal may list: in force or carried out, and not older than a year."""
    alive = orders.exclude(state__in=_DEAD).exclude(order__state=OrderState.CANCELLED)
    return alive.filter(published_at__gt=at - LISTED_FOR)


def waiting(user: Any, command: Unit, *, on: date, at: datetime) -> QuerySet[TransferOrder]:
    """Orders into, out of or within the command that no signal of it lists yet, the oldest first; never the user's own."""
    ends = below([command.pk], on)
    orders = live(orders_of_area(user, on=on), at=at).filter(Q(from_command__in=ends) | Q(to_command__in=ends))
    told = Signal.transfers.through.objects.filter(transferorder=OuterRef("pk"), signal__command=command)
    return orders.exclude(Exists(told)).order_by("published_at", "pk")


def listed(orders: QuerySet[TransferOrder]) -> QuerySet[TransferOrder]:
    """Orders with what a line of a signal names, in one statement."""
    return orders.select_related(
        "order__officer__rank", "order__from_unit", "order__to_unit", "order__duty"
    ).order_by("published_at", "pk")  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A command, and how many of its orders wait for a signal."""

    command: Unit
    count: int


def due(user: Any, *, on: date, at: datetime) -> list[Due]:
    """The user's commands with orders that wait for a signal. Four statements, whatever the number of commands."""
    commands = {each.pk: each for each in composable_by(user, on=on)}
    links = UnitClosure.objects.filter(in_force(on), ancestor__in=commands).values_list("descendant", "ancestor")
    above: dict[int, list[int]] = {}
    for unit, command in links:
        above.setdefault(unit, []).append(command)
    told = set(
        Signal.transfers.through.objects.filter(signal__made_at__gt=at - LISTED_FOR).values_list(
            "transferorder", "signal__command"
        )
    )
    counts: Counter[int] = Counter()
    for order, *ends in live(orders_of_area(user, on=on), at=at).values_list("pk", "from_command", "to_command"):
        concerned = {command for end in ends for command in above.get(end, ())}
        counts.update(command for command in concerned if (order, command) not in told)
    found = [Due(commands[pk], count) for pk, count in counts.items()]
    return sorted(found, key=lambda each: (each.command.type != UnitType.REGION, each.command.name))
