"""A few hundred nameless contacts of the past quarters, by the demonstration's peer supporters; and the receiving key."""

from __future__ import annotations

import io
import random
from datetime import date, datetime

from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from counselling import grants
from counselling.models import (
    Contact,
    ContactDuration,
    ContactGrant,
    ContactKind,
    ContactMode,
    ContactTheme,
    ReceivingKey,
    ReferralOffered,
    Supporter,
)
from counselling.receiving import month_of
from organisation.models import County

MONTHS = 14
KINDS = {"one-to-one": 60, "follow-up": 16, "group": 7, "defusing": 6, "family": 5, "debriefing": 3, "pastoral": 3}
THEMES = {
    "work": 22, "incident": 16, "transfer": 15, "family": 14, "money": 12, "grief": 8, "alcohol": 6, "health": 4, "safety": 2,
    "other": 1,
}  # fmt: skip
REFERRALS = {"none": 70, "counsellor": 18, "chaplain": 5, "hospital": 4, "supporter": 2, "emergency": 1}


def make(people: dict[str, User], chance: random.Random, *, on: date, at: datetime) -> str:
    """This function will enter contacts of the last months for the supporters on the register; a line to print."""
    if settings.RECEIVING_KEY_FILE and not ReceivingKey.objects.exists():
        call_command("make_receiving_key", stdout=io.StringIO())
    owned = [
        (supporter.user, _contact(chance, month_of(on, earlier=earlier), supporter.county))
        for supporter in Supporter.objects.in_force(on).select_related("user", "county").order_by("pk")
        for earlier in range(MONTHS)
        for _ in range(chance.choice([0, 0, 0, 1, 1, 2, 3]))
    ]
    permission = grants.permission_of(Contact)
    Contact.objects.bulk_create([contact for _user, contact in owned])
    ContactGrant.objects.bulk_create(
        [ContactGrant(user=user, permission=permission, content_object=contact) for user, contact in owned]
    )
    return f"Peer support: {len(owned):,} contacts of the last {MONTHS} months"


def _contact(chance: random.Random, month: str, county: County) -> Contact:
    return Contact(
        month=month,
        county=county,
        kind=ContactKind(_drawn(chance, KINDS)),
        theme=ContactTheme(_drawn(chance, THEMES)),
        duration=chance.choice(ContactDuration.values),
        mode=chance.choice([ContactMode.IN_PERSON, ContactMode.IN_PERSON, ContactMode.PHONE]),
        referral=ReferralOffered(_drawn(chance, REFERRALS)),
    )


def _drawn(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
