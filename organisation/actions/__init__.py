"""Every write of the organisation. One file a subject; call them from here."""

from organisation.actions.bulk import open_units
from organisation.actions.establishment import (
    approve_version,
    draft_version,
    return_version,
    revise_version,
    set_posts,
    submit_version,
    withdraw_version,
)
from organisation.actions.units import (
    change_unit,
    class_unit,
    close_unit,
    move_unit,
    open_unit,
    rename_unit,
    reopen_unit,
)

__all__ = [
    "approve_version",
    "change_unit",
    "class_unit",
    "close_unit",
    "draft_version",
    "move_unit",
    "open_unit",
    "open_units",
    "rename_unit",
    "reopen_unit",
    "return_version",
    "revise_version",
    "set_posts",
    "submit_version",
    "withdraw_version",
]
