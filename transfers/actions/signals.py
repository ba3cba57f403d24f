"""Signals: the moves of a command under one number and one letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.letters.actions import issue
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from hcims.references import new_reference
from organisation.models import Unit
from transfers import links, signal_letter
from transfers.models import Signal, TransferOrder
from transfers.policies import signals as policies
from transfers.queries import signals as queries
from transfers.queries.commands import commanders_of


@action
def issue_signal(*, command: Unit, orders: Sequence[TransferOrder], by: Any, on: date, at: datetime) -> Signal:
    """This function will issue the signal of a command: number, letter, list, and word to its commanders.

    Errors: NotAllowed but for the HR desk of the command; RuleBroken for no move, for too many, and for an order that a
    signal of this command lists already or that was taken back meanwhile.
    """
    keys = [each.pk for each in orders]
    # Two desks with the same list: the second waits here, and finds the moves listed.
    list(TransferOrder.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
    chosen = list(queries.listed(TransferOrder.objects.filter(pk__in=keys)))
    policies.check_can_issue(by, command, chosen, most=queries.AT_ONCE, on=on)
    wait = queries.waiting(by, command, on=on, at=at).filter(pk__in=keys)
    policies.check_all_wait(chosen, set(wait.values_list("pk", flat=True)))
    ref = new_reference()
    paper = signal_letter.draft(command, chosen, ref=ref, signed=[by.full_name, by.office(on=on)])
    issued = issue(signal_letter.SIGNAL.code, paper, by=by, at=at)
    signal = Signal.objects.create(ref=ref, command=command, letter=issued.letters[0], made_by=by, made_at=at)
    signal.transfers.add(*chosen)
    notify_many(commanders_of([command.pk], on=on), Notice.SIGNAL_ISSUED, at=at, link=links.signal(ref))
    details = {"number": signal.letter.number, "count": len(chosen), "command": command.code}
    trail.record(Event.SIGNAL_ISSUED, target=signal, by=by, at=at, details=details)
    return signal
