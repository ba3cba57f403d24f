"""Every write of this module, one file an idea."""

from deployment.actions.closing import close_unit
from deployment.actions.decided import DecidedMove, issue_decided, order_of
from deployment.actions.duties import change_duty
from deployment.actions.exits import leave_service
from deployment.actions.orders import (
    arrive,
    cancel_order,
    depart,
    issue_order,
    record_arrival,
    record_departure,
    report_later,
    take_back,
)
from deployment.actions.postings import (
    end_posting,
    record_absence,
    record_posting,
    record_return,
    void_posting,
)
from deployment.actions.stations import confirm_station, resolve_line

__all__ = [
    "DecidedMove",
    "arrive",
    "cancel_order",
    "change_duty",
    "close_unit",
    "confirm_station",
    "depart",
    "end_posting",
    "issue_decided",
    "issue_order",
    "leave_service",
    "order_of",
    "record_absence",
    "record_arrival",
    "record_departure",
    "record_posting",
    "record_return",
    "report_later",
    "resolve_line",
    "take_back",
    "void_posting",
]
