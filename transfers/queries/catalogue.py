"""Names of ranks, grounds and states, as the pages of rounds offer them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisation.models import County, Rank
from transfers.models import Ground
from transfers.rulebook import UPHELD_APPEAL

BOOK_STATES = {"draft": _("Draft"), "published": _("In force"), "superseded": _("Replaced")}


def rank_names() -> dict[str, str]:
    """Name of each rank by its code, the highest first."""
    return {each.code: str(each) for each in Rank.objects.order_by("order")}


def grounds() -> list[tuple[str, str]]:
    """Grounds that a rule book may give points for; protected ones never go through a round."""
    column = "name_sw" if get_language() == "sw" else "name_en"
    return [
        *Ground.objects.filter(is_protected=False).values_list("code", column),
        (UPHELD_APPEAL, str(_("Priority from an upheld appeal"))),
    ]


def ground_names(codes: Iterable[str]) -> list[str]:
    """The names of these grounds, in the language in force; in the order given."""
    names = dict(grounds())
    return [names.get(each, each) for each in codes]


def county_names() -> dict[str, str]:
    """Name of each county by its code."""
    return dict(County.objects.values_list("code", "name"))
