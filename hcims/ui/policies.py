"""What may be kept as a view, and by whom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hcims.errors import NotAllowed, RuleBroken
from hcims.ui.models import SavedView
from hcims.ui.navigation import url_of


def check_can_keep(page: str, name: str) -> None:
    """Errors: RuleBroken when the view has no name, or its list is no page of this product."""
    if not name.strip():
        raise RuleBroken(_("Give the view a name."))
    if not url_of(page):
        raise RuleBroken(_("There is no such list."))


def check_is_own(by: Any, view: SavedView) -> None:
    """Errors: NotAllowed for another person's view."""
    if view.user_id != by.pk:
        raise NotAllowed(_("This view belongs to another person."))
