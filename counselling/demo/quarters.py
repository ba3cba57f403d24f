"""Invented past quarters: tallies of supporters, cases and sessions of other counsellors, and the publications made of them.

The cases are real ciphertext of invented words; their keys were thrown away, so nobody opens them, and their counsellors do not
sign in. They are there to be counted.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from accounts.models import User, UserKind
from counselling import grants
from counselling.actions.publications import publish
from counselling.demo.sealing import CaseSecret
from counselling.models import (
    Case,
    CaseGrant,
    CaseState,
    Contact,
    ContactGrant,
    CounsellingOffice,
    GrantKind,
    GrantReason,
    Session,
    Supporter,
)
from counselling.queries import publications
from hcims.periods import in_force
from hcims.quarters import Quarter, closed

QUARTERS, COUNSELLORS, CASES_OF_A_REGION, SESSIONS_OF_A_CASE = 4, 12, 66, 4
WORDS = ("amber", "bright", "cedar", "dawn", "ember", "fern", "gentle", "hazel", "ivory", "meadow", "north", "willow")
KINDS = {"individual": 50, "follow-up": 24, "family": 10, "crisis": 8, "group": 8}
WAITED = {"today": 18, "week": 40, "fortnight": 20, "month": 13, "longer": 9}


def make(people: dict[str, User], chance: random.Random, *, on: date, at: datetime) -> str:
    """This function will fill the last closed quarters and publish each of them once."""
    past = [each for each in closed(on, back=QUARTERS + 1) if publications.is_closed(each, on=on)][:QUARTERS]
    _tallies(past, chance, on)
    counsellors = _counsellors(at)
    held = sum(_sessions(quarter, counsellors, chance, on, at) for quarter in past)
    for quarter in reversed(past):
        publish(quarter=quarter, by=people["wellbeing-lead"], at=at)
    return f"Counselling: {len(past)} quarters published, {held:,} sessions of earlier cases among what they count"


def _tallies(past: list[Quarter], chance: random.Random, on: date) -> None:
    """Contacts that supporters entered from paper in those quarters, several alike in a line."""
    supporters = list(Supporter.objects.in_force(on).select_related("user", "county").order_by("pk"))
    owned = [
        (each.user, _tally(chance, month, each))
        for each in supporters
        for quarter in past
        for month in quarter.months
        for _line in range(chance.choice([0, 1, 2, 3]))
    ]
    permission = grants.permission_of(Contact)
    Contact.objects.bulk_create([contact for _user, contact in owned])
    ContactGrant.objects.bulk_create(
        [ContactGrant(user=user, permission=permission, content_object=contact) for user, contact in owned]
    )


def _tally(chance: random.Random, month: str, supporter: Supporter) -> Contact:
    kind = chance.choice(["one-to-one", "one-to-one", "one-to-one", "follow-up", "group", "defusing", "family"])
    theme = chance.choice(
        ["work", "work", "incident", "incident", "transfer", "family", "money", "grief", "alcohol", "safety"]
    )
    referral = chance.choice(["none", "none", "none", "counsellor", "chaplain"])
    return Contact(
        month=month, county=supporter.county, kind=kind, theme=theme, referral=referral, source="paper",
        count=chance.randint(2, 9),
    )  # fmt: skip


def _counsellors(at: datetime) -> list[User]:
    """Counsellors who have left; their accounts are closed."""
    made = []
    for number in range(COUNSELLORS):
        login = f"former.counsellor.{number + 1:02d}@hcims.example"
        user = User(
            login=login, email=login, kind=UserKind.OUTSIDE, full_name=f"Mshauri wa Awali {number + 1}", opened_at=at,
            is_active=False, closed_at=at,
        )  # fmt: skip
        user.set_unusable_password()
        user.save()
        made.append(user)
    return made


def _sessions(quarter: Quarter, counsellors: list[User], chance: random.Random, on: date, at: datetime) -> int:
    """Cases opened in the quarter, closed since, with their sessions: as many in each region, by several counsellors."""
    by_region: dict[str, list[CounsellingOffice]] = {}
    for office in CounsellingOffice.objects.filter(in_force(on)).select_related("unit__county"):
        if office.unit.county is not None:
            by_region.setdefault(office.unit.county.region, []).append(office)
    cases, holders = [], []
    for offices in by_region.values():
        for number in range(CASES_OF_A_REGION):
            cases.append(_case(chance.choice(offices), quarter, chance))
            holders.append(counsellors[number % COUNSELLORS])
    Case.objects.bulk_create(cases)
    permission = grants.permission_of(Case)
    CaseGrant.objects.bulk_create(
        CaseGrant(
            user=user, permission=permission, content_object=case, kind=GrantKind.OWNER, reason=GrantReason.OWN_CASE,
            given_by=user, starts_at=at, wrapped=WRAPPED,
        )
        for case, user in zip(cases, holders, strict=True)
    )  # fmt: skip
    made = [each for case, user in zip(cases, holders, strict=True) for each in _of_case(case, user, quarter, chance)]
    Session.objects.bulk_create(made)
    return len(made)


WRAPPED = CaseSecret().share(CaseSecret().recipient, CaseSecret().recipient)  # opens with nobody's key


def _case(office: CounsellingOffice, quarter: Quarter, chance: random.Random) -> Case:
    opened = quarter.starts_on + timedelta(days=chance.randrange(30))
    return Case(
        pseudonym=f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.randint(10, 99)}", recipient=CaseSecret().recipient,
        office=office, state=CaseState.CLOSED, opened_on=opened, closed_on=quarter.ends_on,
        keep_until=quarter.ends_on.replace(year=quarter.ends_on.year + 7), waited=_drawn(chance, WAITED),
    )  # fmt: skip


def _of_case(case: Case, by: User, quarter: Quarter, chance: random.Random) -> list[Session]:
    days = (quarter.ends_on - case.opened_on).days
    return [
        Session(
            case=case, kind=_drawn(chance, KINDS) if number else "intake", minutes=50, by=by,
            on=case.opened_on + timedelta(days=chance.randrange(days) if number else 0),
            mode=chance.choice(["in-person", "in-person", "phone"]),
        )
        for number in range(chance.randint(2, SESSIONS_OF_A_CASE))
    ]  # fmt: skip


def _drawn(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
