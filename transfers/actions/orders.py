"""Everything that happens to an order, from its publication to the arrival. One file an idea; call them from here."""

from transfers.actions.deferments import ask_deferment, decide_deferment
from transfers.actions.files import forward_file, receive_file
from transfers.actions.journey import arrive, depart
from transfers.actions.payments import confirm_payment, let_leave_unpaid, record_payment
from transfers.actions.publishing import Publication, print_letters, publish, publish_many
from transfers.actions.publishing_requests import publish_request
from transfers.actions.release import decide_release, refuse_release, release
from transfers.actions.taking_back import cancel, resume, reverse, suspend

__all__ = [
    "Publication",
    "arrive",
    "ask_deferment",
    "cancel",
    "confirm_payment",
    "decide_deferment",
    "decide_release",
    "depart",
    "forward_file",
    "let_leave_unpaid",
    "print_letters",
    "publish",
    "publish_many",
    "publish_request",
    "receive_file",
    "record_payment",
    "refuse_release",
    "release",
    "resume",
    "reverse",
    "suspend",
]
