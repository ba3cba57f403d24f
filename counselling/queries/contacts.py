"""What is read about contacts: one's own, the words that are taken, and closed months for whoever counts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from counselling import grants
from counselling.models import (
    Contact,
    ContactDuration,
    ContactGrant,
    ContactInbox,
    ContactKind,
    ContactMode,
    ContactTheme,
    EnvelopesLost,
    PhoneDevice,
    ReceivingKey,
    ReferralOffered,
    Supporter,
    WellbeingRuleCode,
)
from counselling.queries import rules
from counselling.receiving import Known, month_of, months_after, open_months
from hcims.errors import NotFound
from organisation.models import County


def months_late(*, on: date) -> int:
    """How many months after its own a contact is still taken."""
    return rules.number(WellbeingRuleCode.CONTACT_MONTHS_LATE, on=on)


def months_kept(*, on: date) -> int:
    """How many months after its own a contact is kept."""
    return rules.number(WellbeingRuleCode.CONTACT_MONTHS_KEPT, on=on)


def pin_tries(*, on: date) -> int:
    """How many wrong PINs make a phone forget whose it is."""
    return rules.number(WellbeingRuleCode.PIN_TRIES, on=on)


def months_open(*, on: date) -> list[str]:
    """The months in which contacts are taken and struck out on a day, the present one first."""
    return open_months(on, months_late(on=on))


def known_words(*, on: date) -> Known:
    """Everything that a phone may say on a day."""
    return Known(
        months=frozenset(months_open(on=on)),
        counties=frozenset(County.objects.values_list("code", flat=True)),
        kinds=frozenset(ContactKind.values),
        themes=frozenset(ContactTheme.values),
        durations=frozenset(ContactDuration.values),
        modes=frozenset(ContactMode.values),
        referrals=frozenset(ReferralOffered.values),
    )


def counties() -> QuerySet[County]:
    """Those a contact can belong to, by name."""
    return County.objects.order_by("name")


def county_of(user: Any, *, on: date) -> str:
    """The code of the county in which a supporter is on the register; empty where he or she is not."""
    found = Supporter.objects.in_force(on).filter(user=user.pk).values_list("county__code", flat=True)
    return found.first() or ""


def waiting_envelopes(*, after: UUID | None = None) -> QuerySet[ContactInbox]:
    """Envelopes nobody has opened yet, in the order of their random identifiers, from one of them on."""
    found = ContactInbox.objects.select_for_update().exclude(sealed=b"").order_by("client_id")
    return found if after is None else found.filter(client_id__gt=after)


def unopened_envelopes() -> QuerySet[ContactInbox]:
    """Envelopes that were tried and that no key at hand opened; kept until the month that they carry."""
    return ContactInbox.objects.exclude(sealed=b"").exclude(forget_from="")


@dataclass(frozen=True)
class Unopened:
    """Envelopes first tried in one month: still kept, up to the end of another, and given up."""

    month: str
    kept: int
    until: str
    lost: int


def unopened_by_month(*, on: date) -> list[Unopened]:
    """Envelopes that could not be opened, the latest month first. Numbers alone: nobody knows whose they were."""
    back = months_late(on=on) + 1
    ends = Counter(unopened_envelopes().values_list("forget_from", flat=True))
    kept = {months_after(until, -back): number for until, number in ends.items()}
    lost = dict(EnvelopesLost.objects.values_list("month", "number"))
    return [
        Unopened(month, kept.get(month, 0), months_after(month, back - 1), lost.get(month, 0))
        for month in sorted({*kept, *lost}, reverse=True)
    ]


def devices() -> QuerySet[PhoneDevice]:
    """Every phone that was enrolled; from those that were ended nothing is taken."""
    return PhoneDevice.objects.select_related("supporter")


def refused_lately(user: Any, *, on: date) -> list[tuple[str, int]]:
    """How much of what the supporter's phones sent was not taken: months in which it was opened, and counts."""
    recent = [month_of(on), month_of(on, earlier=1)]
    found: Counter[str] = Counter()
    for month, count in devices_of(user).filter(refused_month__in=recent).values_list("refused_month", "refused"):
        found[month] += count
    return sorted(found.items(), reverse=True)


def devices_of(user: Any) -> QuerySet[PhoneDevice]:
    """The phones a supporter enrolled, those in force first."""
    return PhoneDevice.objects.filter(supporter=user.pk).order_by("ended_month", "-enrolled_month", "ref")


def receiving_point() -> str:
    """The public key to which phones seal, in base64; empty before one is made."""
    return ReceivingKey.objects.filter(is_current=True).values_list("public_key", flat=True).first() or ""


@dataclass(frozen=True)
class MonthOfOwn:
    """One month of a supporter's own contacts."""

    month: str
    is_open: bool
    total: int
    contacts: list[Contact]


def own_contacts(user: Any, *, on: date, at: datetime) -> list[MonthOfOwn]:
    """One's own contacts by month, the newest first; the rows come in one statement."""
    still_open = set(months_open(on=on))
    mine = grants.records(Contact, user=user, at=at).select_related("county").order_by("-month", "kind", "theme", "pk")
    found = []
    for month, group in itertools.groupby(mine, key=lambda contact: contact.month):
        contacts = list(group)
        found.append(MonthOfOwn(month, month in still_open, sum(each.count for each in contacts), contacts))
    return found


def access_own_contact(user: Any, key: int, *, at: datetime) -> Contact:
    """One's own contact. Errors: NotFound when there is none, or it is another's."""
    found = grants.records(Contact, user=user, at=at).filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    return found


def is_closed(month: str, *, on: date) -> bool:
    """Whether nothing more is taken for a month."""
    return month < month_of(on, earlier=months_late(on=on))


@dataclass(frozen=True)
class Counted:
    """One contact, or several alike, for whoever counts closed months. `person` tells supporters apart, no more."""

    month: str
    region: str
    county: str
    kind: str
    theme: str
    referral: str
    count: int
    person: int


def closed_contacts(months: list[str], *, on: date) -> Iterator[Counted]:
    """The contacts of closed months, for counting under the rule of `disclosure`; never for a list or a page.

    `person` is a number of this reading alone: no cell may be half made by one person, and the rule needs to know.
    """
    closed = [month for month in months if is_closed(month, on=on)]
    persons: dict[int, int] = {}
    rows = ContactGrant.objects.filter(content_object__month__in=closed).order_by("content_object_id")
    for month, region, county, kind, theme, referral, count, user in rows.values_list(
        "content_object__month",
        "content_object__county__region",
        "content_object__county__code",
        "content_object__kind",
        "content_object__theme",
        "content_object__referral",
        "content_object__count",
        "user_id",
    ):
        yield Counted(month, region, county, kind, theme, referral, count, persons.setdefault(user, len(persons)))
