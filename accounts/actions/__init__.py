"""Every write about accounts, sign-in and appointments. One file an idea; other modules import the verbs from here."""

from accounts.actions.accounts import close_account, close_at_exit, open_account, rename_account, reopen_account
from accounts.actions.appointments import (
    approve_appointment,
    end_appointment,
    end_appointments_by_virtue,
    propose_appointment,
    refuse_appointment,
    withdraw_appointment,
)
from accounts.actions.letters import (
    IssuedCode,
    WrongCode,
    activate,
    cancel_letter,
    hand_over,
    issue_activation,
    note_wrong_code,
)
from accounts.actions.oneself import (
    WrongPassword,
    change_password,
    choose_language,
    end_other_sessions,
    note_second_factor,
)
from accounts.actions.phones import apply_due_phone_changes, ask_phone_change, some_are_due, stop_phone_change

__all__ = [
    "IssuedCode",
    "WrongCode",
    "WrongPassword",
    "activate",
    "apply_due_phone_changes",
    "approve_appointment",
    "ask_phone_change",
    "cancel_letter",
    "change_password",
    "choose_language",
    "close_account",
    "close_at_exit",
    "end_appointment",
    "end_appointments_by_virtue",
    "end_other_sessions",
    "hand_over",
    "issue_activation",
    "note_second_factor",
    "note_wrong_code",
    "open_account",
    "propose_appointment",
    "refuse_appointment",
    "rename_account",
    "reopen_account",
    "some_are_due",
    "stop_phone_change",
    "withdraw_appointment",
]
