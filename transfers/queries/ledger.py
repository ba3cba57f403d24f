"""The public ledger: every order that moves somebody outside a round, counted by command.

Counts by command are of orders, which everyone sees come and go; they say whether a move was the officer's wish, a rotation by
rule, a need of the service or a deployment inside the command, and no more. One that carries out a protected request counts
like any other, among the needs of the service: left out, it would show as the difference to the orders themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils import timezone

from hcims.access.permissions import Permission
from organisation.models import Unit
from organisation.queries import in_scope
from transfers.models import TransferOrder
from transfers.openness import GROUPS, LEDGER_GROUPS, NEED
from transfers.reasons import NEUTRAL

OUT, IN = "out", "in"


def outside_rounds(starts_on: date, ends_on: date) -> QuerySet[TransferOrder]:
    """Orders published in a half-open period that no award of a round stands behind."""
    return between(starts_on, ends_on).filter(award__isnull=True)


def between(starts_on: date, ends_on: date) -> QuerySet[TransferOrder]:
    """All orders published in a half-open period."""
    return TransferOrder.objects.filter(within("published_at", starts_on, ends_on))


def within(name: str, starts_on: date, ends_on: date) -> Q:
    """A filter for moments that lie in a half-open period of days."""
    first, last = (timezone.make_aware(datetime.combine(day, time())) for day in (starts_on, ends_on))
    return Q(**{f"{name}__gte": first, f"{name}__lt": last})


def grouped() -> Case:
    """The group an order is counted under, as an expression. The same as `openness.group_of`."""
    kinds = [When(kind=kind, then=Value(group)) for kind, group in GROUPS.items()]
    return Case(When(reason_code=NEUTRAL, then=Value(NEED)), *kinds, default=Value(NEED), output_field=CharField())


@dataclass
class Line:
    """A command: orders that took somebody out of it, brought somebody in, or moved somebody inside it, by group."""

    code: str
    name: str
    out: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEDGER_GROUPS, 0))
    into: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEDGER_GROUPS, 0))

    @property
    def total_out(self) -> int:
        return sum(self.out.values())

    @property
    def total_in(self) -> int:
        return sum(self.into.values())


@dataclass(frozen=True)
class Ledger:
    """The lines by name, and every order once."""

    lines: list[Line]
    by_group: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_group.values())


def ledger(starts_on: date, ends_on: date) -> Ledger:
    """Moves outside rounds in a period by losing and gaining command. One query."""
    rows = outside_rounds(starts_on, ends_on).order_by().annotate(group=grouped())
    pairs = rows.values_list(
        "group", "from_command__code", "from_command__name", "to_command__code", "to_command__name"
    )
    lines: dict[str, Line] = {}
    by_group = dict.fromkeys(LEDGER_GROUPS, 0)
    for group, from_code, from_name, to_code, to_name in pairs:
        by_group[group] += 1
        if from_code:
            lines.setdefault(from_code, Line(from_code, from_name)).out[group] += 1
        lines.setdefault(to_code, Line(to_code, to_name)).into[group] += 1
    return Ledger(sorted(lines.values(), key=lambda line: line.name), by_group)


def reason_pairs(starts_on: date, ends_on: date) -> Iterator[tuple[str, str]]:
    """Group and reason code of each order outside rounds; the neutral one reads as the need of the service."""
    rows = outside_rounds(starts_on, ends_on).order_by().annotate(group=grouped())
    for group, code in rows.values_list("group", "reason_code"):
        yield group, NEED if code == NEUTRAL else code


@dataclass(frozen=True)
class Opened:
    """What stands behind a count: the orders the reader may see, and how many there are."""

    command: Unit | None  # all of them
    orders: QuerySet[TransferOrder]
    count: int


def behind(user: Any, code: str, way: str, group: str, *, starts_on: date, ends_on: date, on: date) -> Opened | None:
    """The orders of a command, or of all, behind one figure of the ledger, as far as the reader's own office reaches; None: no
    such command. Orders show number, officer and places: neither the request nor why it was asked for."""
    command = Unit.objects.filter(code=code).first()
    if code and command is None:
        return None
    rows = outside_rounds(starts_on, ends_on).annotate(group=grouped())
    if command is not None:
        rows = rows.filter(**{"to_command" if way == IN else "from_command": command})
    if group in LEDGER_GROUPS:
        rows = rows.filter(group=group)
    scope = user.scope(Permission.SEE_POSTINGS, on=on)
    reach = in_scope(scope, on=on, field="order__from_unit") | in_scope(scope, on=on, field="order__to_unit")
    own = Q(order__officer__user=user)
    seen = rows.filter(reach | own).select_related(
        "order__officer__rank", "order__from_unit", "order__to_unit", "from_command", "to_command"
    )
    return Opened(command, seen.order_by("-published_at", "-pk"), rows.count())
