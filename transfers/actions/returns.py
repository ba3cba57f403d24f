"""The reversing order that stands ready after an appeal or a review: signed by a name, then published like any other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hcims.actions import action
from transfers.actions.taking_back import reverse_for
from transfers.models import Redress, TransferOrder
from transfers.policies import redress as policies
from transfers.queries import redress as queries


@action
def sign_return(owed: Redress, *, report_by: date, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will sign the order that stands ready to take a move back, and send the officer to the former post.

    Publishing it closes what is owed. Errors: NotAllowed for who decided the move; InvalidTransition for whoever comes
    second; RuleBroken where no former posting is on record.
    """
    list(Redress.objects.select_for_update().filter(pk=owed.pk).values_list("pk"))
    owed = Redress.objects.select_related(*queries.AT_HAND).get(pk=owed.pk)
    transfer = policies.check_can_sign(by, owed, on=on)
    return reverse_for(transfer, paper=owed.why, report_by=report_by, by=by, on=on, at=at)
