"""Lengths as people say them: minutes in the tables, hours on the page."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _


def in_words(minutes: int) -> str:
    """Such as "40 h", "2 h 30" or "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h") % {"hours": f"{hours:,}"} + (f" {rest:02d}" if rest else "")


def hours(minutes: int) -> Decimal:
    """The length in hours, for a box in a form."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize() + 0


def minutes(hours: Decimal) -> int:
    """The length in whole minutes."""
    return int((hours * 60).to_integral_value())
