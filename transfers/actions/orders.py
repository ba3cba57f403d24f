"""Everything that happens to an order, from its publication to the arrival. One file an idea; call them from here."""

from transfers.actions.publishing import Publication, print_letters, publish, publish_many
from transfers.actions.publishing_requests import publish_request

__all__ = ["Publication", "print_letters", "publish", "publish_many", "publish_request"]
