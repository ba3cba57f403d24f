"""What pages and other modules read about units and establishment. One file a subject; call them from here."""

from organisation.queries.access import access_unit, ancestors, below, children, in_scope, units_visible_to
from organisation.queries.naming import named_on
from organisation.queries.versions import access_version, changes_of, versions_visible_to

__all__ = [
    "access_unit",
    "access_version",
    "ancestors",
    "below",
    "changes_of",
    "children",
    "in_scope",
    "named_on",
    "units_visible_to",
    "versions_visible_to",
]
