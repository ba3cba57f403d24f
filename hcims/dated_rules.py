"""Rules that are numbers: what a page flags, what is limited, how long something is kept. Dated data with their basis.

A module has a table of its own for its rules, with its codes; what such a table is made of stands here.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hcims.periods import Period


def one_in_force(name: str) -> models.UniqueConstraint:
    """The constraint that a rule has one value without an end."""
    return models.UniqueConstraint(
        fields=["code"],
        condition=models.Q(ends_on__isnull=True),
        name=name,
        violation_error_message=_("One value of this rule is in force; end it before entering the next."),
    )


class DatedRule(Period):
    """The value of one rule while it is in force. A table adds `code`, with its choices, and its constraints."""

    value = models.PositiveIntegerField()
    legal_basis = models.CharField(max_length=300)
    is_confirmed = models.BooleanField(
        default=False
    )  # counsel has confirmed the basis; shown as unconfirmed until then

    class Meta(Period.Meta):
        abstract = True
        ordering = ["code", "-starts_on"]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.value}"  # type: ignore[attr-defined]
