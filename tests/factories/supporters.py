"""Invented peer supporters and help lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from counselling.models import HelpLine, Supporter, SupporterTraining
from organisation.models import County
from tests.factories.accounts import UserFactory


def supporter_at(unit: Any, *, trained_until: date | None = date(2028, 1, 1), **fields: Any) -> Supporter:
    """A peer supporter at a unit, trained in 2025; listed only where `is_listed` says so."""
    county = unit.county or County.objects.order_by("code").first()
    given = {
        "user": None, "county": county, "command": unit, "sex": "F", "languages": ["sw", "en"], "paper": "Test paper 1",
        "starts_on": date(2025, 1, 1), "shown_name": "Amani", **fields,
    }  # fmt: skip
    given["user"] = given["user"] or UserFactory()
    made = Supporter.objects.create(unit=unit, **given)
    if trained_until:
        SupporterTraining.objects.create(
            supporter=made, course="Peer support", provider="Test centre", trained_on=date(2025, 2, 1),
            expires_on=trained_until, paper="C/1",
        )  # fmt: skip
    return made


def help_line(world: Any = None) -> str:
    """The reference of a help line in force."""
    return HelpLine.objects.create(
        kind="other", name_en="Test line", number="0800 000 000", starts_on=date(2020, 1, 1), source="test"
    ).ref
