"""What pages and other modules read about units and establishment. One file a subject; call them from here."""

from organisation.queries.access import (
    access_unit,
    ancestors,
    below,
    children,
    highest_unit_of,
    in_scope,
    only_top_unit_of,
    open_to_reader,
    rights_at,
    units_visible_to,
)
from organisation.queries.naming import named_on
from organisation.queries.versions import access_version, changes_of, versions_visible_to

__all__ = [
    "access_unit",
    "access_version",
    "ancestors",
    "below",
    "changes_of",
    "children",
    "highest_unit_of",
    "in_scope",
    "named_on",
    "only_top_unit_of",
    "open_to_reader",
    "rights_at",
    "units_visible_to",
    "versions_visible_to",
]
