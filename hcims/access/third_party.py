"""Audiences of the views that come with libraries, by namespace or by view name; all others must say it themselves."""

from hcims.access.guards import EVERYONE, Audience
from hcims.access.permissions import Permission

BY_NAMESPACE: dict[str, Audience] = {
    # The admin holds reference data only; which tables, its registry says.
    "admin": Audience("permitted", frozenset({Permission.EDIT_REFERENCE})),
}
BY_NAME: dict[str, Audience] = {
    "set_language": EVERYONE,
}
