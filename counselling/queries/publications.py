"""What a quarter is counted from, which quarters can be published, and what was published."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count as Number
from django.db.models import QuerySet, Sum

from counselling import case_access
from counselling.disclosure import Count, Limits
from counselling.models import (
    HARM_RELATED,
    ContactKind,
    ContactTheme,
    CounsellingOffice,
    CriticalIncident,
    HealingGroupMonth,
    IncidentKind,
    Opening,
    OpeningGround,
    Publication,
    ReferralOffered,
    SealedReferral,
    Session,
    SessionKind,
    Supporter,
    Waited,
    WellbeingRuleCode,
)
from counselling.publishing import EVERYWHERE, NOWHERE, Counted, Provision, Star
from counselling.queries import contacts, rules
from deployment.models import Posting
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.quarters import Quarter, quarter_of
from organisation.models import County

HARM = frozenset({*map(str, HARM_RELATED), ReferralOffered.EMERGENCY.value})
BACK = 7  # quarters that the lead's page looks back


def limits_on(on: date) -> Limits:
    """The rules in force on the day. Errors: RuleBroken where one has no value."""
    return Limits(
        smallest=rules.number(WellbeingRuleCode.SMALL_CELL, on=on),
        harm=rules.number(WellbeingRuleCode.HARM_CELL, on=on),
        step=rules.number(WellbeingRuleCode.ROUNDING, on=on),
    )


def is_closed(quarter: Quarter, *, on: date) -> bool:
    """Whether nothing more is taken for any of its months."""
    return contacts.is_closed(quarter.months[-1], on=on)


def is_whole(quarter: Quarter, *, on: date) -> bool:
    """Whether its first contacts are still there to be counted."""
    return quarter.months[0] > contacts.month_of(on, earlier=contacts.months_kept(on=on))


def published() -> QuerySet[Publication]:
    """What was published, the latest first. Everyone signed in may read it."""
    return Publication.objects.select_related("made_by")


def published_quarters() -> list[date]:
    """The first days of the quarters that were published."""
    return list(Publication.objects.order_by("starts_on").values_list("starts_on", flat=True))


def access_quarter(code: str) -> Quarter:
    """The quarter of that code. Errors: NotFound for anything else."""
    try:
        year, number = code.split("-q")
        quarter = Quarter(date(int(year), int(number) * 3 - 2, 1))
    except ValueError:
        raise NotFound(code) from None
    return quarter


@dataclass(frozen=True)
class Due:
    """A quarter on the lead's page."""

    quarter: Quarter
    publication: Publication | None
    is_closed: bool
    is_whole: bool


def quarters_of(on: date) -> list[Due]:
    """The last quarters, whether they are published, and whether they can be."""
    made = {each.starts_on: each for each in published()}
    found, quarter = [], quarter_of(on)
    for _each in range(BACK):
        found.append(Due(quarter, made.get(quarter.starts_on), is_closed(quarter, on=on), is_whole(quarter, on=on)))
        quarter = quarter.before
    return found


def leads_everywhere(user: Any, *, on: date) -> bool:
    """Whether the reader leads wellbeing for the whole service."""
    return bool(user.scope(Permission.LEAD_WELLBEING, on=on).everywhere)


def counted(quarter: Quarter, *, on: date) -> Counted:
    """Everything a publication of the quarter is made from. A fixed number of statements."""
    regions = sorted(set(County.objects.values_list("region", flat=True)))
    everywhere = [*regions, NOWHERE]
    return Counted(
        stars={
            "contacts": _contacts(quarter, regions, on),
            "sessions": _sessions(quarter, everywhere),
            "incidents": _incidents(quarter, everywhere),
            "opened": _opened(quarter, everywhere),
            "openings": _openings(quarter),
        },
        single={
            "cases": _cases(quarter),
            "referrals": _referrals(quarter),
            "offered": _offered(quarter),
            "group_people": _group_people(quarter),
        },
        exact=_groups(quarter),
        provision=_provision(regions, quarter.ends_on - timedelta(days=1)),
    )


def _contacts(quarter: Quarter, regions: list[str], on: date) -> Star:
    """Contacts of the quarter by kind, theme, where they were led on to, and month."""
    found = list(contacts.closed_contacts(quarter.months, on=on))

    def by(column: str) -> list[Count]:
        return [Count(each.region, getattr(each, column), each.count, (f"u{each.person}",)) for each in found]

    columns = {
        "kind": ContactKind.values, "theme": ContactTheme.values, "referral": ReferralOffered.values,
        "month": quarter.months,
    }  # fmt: skip
    return Star(regions, {name: by(name) for name in columns}, columns, HARM)


def _sessions(quarter: Quarter, regions: list[str]) -> Star:
    """Sessions by kind and month, where the office lies. Nobody's case and no counsellor makes half of a number."""
    rows = _held(quarter)
    found = rows.values_list("case__office__unit__county__region", "kind", "on", "case", "by")
    kinds, months = [], []
    for region, kind, day, case, by in found:
        persons = (f"c{case}", f"u{by}")
        kinds.append(Count(region or NOWHERE, kind, 1, persons))
        months.append(Count(region or NOWHERE, f"{day:%Y-%m}", 1, persons))
    return Star(regions, {"kind": kinds, "month": months}, {"kind": SessionKind.values, "month": quarter.months})


def _opened(quarter: Quarter, regions: list[str]) -> Star:
    """Cases opened, by how long the person had waited; those of whom the counsellor does not know it are left out."""
    rows = case_access.opened_between(quarter.starts_on, quarter.ends_on)
    found = [
        Count(region or NOWHERE, waited, 1, (f"c{case}", f"u{user}")) for region, waited, case, user in rows if waited
    ]
    return Star(regions, {"waited": found}, {"waited": Waited.values})


def _incidents(quarter: Quarter, regions: list[str]) -> Star:
    rows = _incidents_of(quarter).values_list("unit__county__region", "kind", "unit")
    found = [Count(region or NOWHERE, kind, 1, (f"n{unit}",)) for region, kind, unit in rows]
    return Star(regions, {"kind": found}, {"kind": IncidentKind.values})


def _incidents_of(quarter: Quarter) -> QuerySet[CriticalIncident]:
    period = {"happened_on__gte": quarter.starts_on, "happened_on__lt": quarter.ends_on}
    return CriticalIncident.objects.filter(**period, withdrawn_at=None).order_by()


def _offered(quarter: Quarter) -> list[Count]:
    rows = _incidents_of(quarter).values_list("unit", "posted_there")
    return [Count("", "", posted, (f"n{unit}",)) for unit, posted in rows]


def _held(quarter: Quarter) -> QuerySet[Session]:
    return Session.objects.filter(on__gte=quarter.starts_on, on__lt=quarter.ends_on).order_by()


def _cases(quarter: Quarter) -> list[Count]:
    """Cases with a session in the quarter, each laid at the door of everyone who held one."""
    holders: dict[int, set[str]] = {}
    for case, by in _held(quarter).values_list("case", "by"):
        holders.setdefault(case, set()).add(f"u{by}")
    return [Count("", "", 1, tuple(sorted(persons))) for persons in holders.values()]


def _referrals(quarter: Quarter) -> list[Count]:
    rows = SealedReferral.objects.filter(sent_on__gte=quarter.starts_on, sent_on__lt=quarter.ends_on)
    return [Count("", "", 1, (f"c{case}", f"u{by}")) for case, by in rows.values_list("case", "by")]


def _group_people(quarter: Quarter) -> list[Count]:
    """People in healing groups, by what each group said last."""
    rows = HealingGroupMonth.objects.filter(month__gte=quarter.starts_on, month__lt=quarter.ends_on)
    last = dict(rows.order_by("month").values_list("group", "people"))
    return [Count("", "", people, (f"g{group}",)) for group, people in last.items()]


# What became of an opening that was asked for in the quarter.
OUTCOMES = {
    "open": "opened",
    "ended": "opened",
    "refused": "refused",
    "requested": "undecided",
    "half-open": "undecided",
}


def _openings(quarter: Quarter) -> Star:
    """Openings of a case for risk to life or by order, in one row for the whole country, under the rule like all else."""
    asked = Opening.objects.filter(
        requested_at__date__gte=quarter.starts_on, requested_at__date__lt=quarter.ends_on
    ).exclude(ground=OpeningGround.SUCCESSION)
    rows = asked.order_by().values_list("state", "case")
    holders = case_access.holders_of(case for _state, case in rows)
    found = [Count(EVERYWHERE, OUTCOMES[state], 1, (f"c{case}", f"u{holders.get(case, '')}")) for state, case in rows]
    return Star([EVERYWHERE], {"outcome": found}, {"outcome": list(dict.fromkeys(OUTCOMES.values()))})


def _groups(quarter: Quarter) -> dict[str, int]:
    rows = HealingGroupMonth.objects.filter(month__gte=quarter.starts_on, month__lt=quarter.ends_on)
    found = rows.aggregate(groups=Number("group", distinct=True), meetings=Sum("meetings"))
    return {"groups": found["groups"], "group_meetings": found["meetings"] or 0}


def _provision(regions: list[str], on: date) -> list[Provision]:
    """Officers, offices, counsellors and trained supporters of each region."""
    held = Posting.objects.in_force(on).filter(kind="substantive", voided_at=None, post_rank__isnull=False).order_by()
    officers = dict(held.values_list("unit__county__region").annotate(Number("pk")))
    supporters = Counter(Supporter.objects.accredited(on).order_by().values_list("county__region", flat=True))
    offices = list(CounsellingOffice.objects.in_force(on).values_list("unit__county__region", "counsellors"))
    found = []
    for region in [*regions, None]:
        staff = [counsellors for where, counsellors in offices if where == region]
        known = [each for each in staff if each is not None]
        found.append(
            Provision(
                region or NOWHERE, officers.get(region, 0), len(staff), sum(known) if known or not staff else None,
                supporters[region],
            )
        )  # fmt: skip
    return found
