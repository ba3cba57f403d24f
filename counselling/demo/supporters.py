"""Invented peer supporters in every county, some of whose training lapses; a help line that answers day and night."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Appointment, AppointmentState, User, UserKind
from counselling.actions import help as lines
from counselling.actions import supporters as actions
from counselling.models import HelpLine, Supporter
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure
from personnel.models import Officer

A_COUNTY = 3  # supporters each
PAPER = "Demonstration: NPS/WB/PS/{:03d}"
# Besides Kiswahili and English, what is spoken in the region.
REGIONAL = {
    "Central": "ki", "Nyanza": "luo", "Western": "luy", "Eastern": "kam", "Rift Valley": "kln", "North Eastern": "so",
}  # fmt: skip
WHEN = ["days", "days", "any", "evenings", "weekends", "away"]


def make(people: dict[str, User], chance: random.Random, *, on: date, at: datetime) -> str:
    """This function will put invented supporters on the register and return a line to print."""
    lead = people["wellbeing-lead"]
    officers = _officers(chance, on)
    own = Officer.objects.select_related("unit__county").filter(user=people.get("peer-supporter")).first()
    if own is not None and own.unit is not None and own.unit.county_id:
        officers.insert(0, own)
    for number, officer in enumerate(officers):
        _supporter(officer, number, chance, lead, on=on, at=at)
    _appoint([each.user for each in officers if each.user], people, on=on, at=at)
    _help_lines(lead, on=on, at=at)
    return f"Peer support: {len(officers)} supporters, help lines, consent words"


def _officers(chance: random.Random, on: date) -> list[Officer]:
    """A few constables and corporals of each county who hold no other office."""
    busy = Appointment.objects.filter(in_force(on)).values("user")
    found = Officer.objects.filter(rank__order__gte=10, unit__county__isnull=False, unit__type__in=["station", "post"])
    found = found.exclude(user__in=busy).select_related("user", "unit__county").order_by("service_number")
    by_county: dict[int, list[Officer]] = {}
    for each in found:
        by_county.setdefault(each.unit.county_id, []).append(each)  # type: ignore[union-attr,arg-type]
    return [each for group in by_county.values() for each in chance.sample(group, min(A_COUNTY, len(group)))]


def _supporter(officer: Officer, number: int, chance: random.Random, lead: User, *, on: date, at: datetime) -> None:
    user, unit = _account(officer, at), officer.unit
    if unit is None or unit.county is None or user == lead:
        return
    begun = on - timedelta(days=chance.randrange(200, 360))
    spoken = ["sw", "en"] + [code for name, code in REGIONAL.items() if unit.county.region == name]
    made = actions.add_supporter(
        user=user, unit=_above(unit, "ward", on) or unit, county=unit.county, command=_above(unit, "county", on) or unit,
        sex=officer.sex, languages=spoken, starts_on=begun, paper=PAPER.format(number + 1), by=lead, at=_noon(begun),
    )  # fmt: skip
    if number % 31 != 30:  # one in thirty-one was never trained
        days = chance.choice([-40, 20, 60, 200, 300, 400, 500, 600, 650])
        until = on + timedelta(days=days)
        trained = max(begun, until - timedelta(days=730))
        actions.record_training(
            supporter=made, course="Peer support, five days", provider="National Police College, Kiganjo",
            trained_on=trained, expires_on=until, paper=f"PSC/{number + 1:03d}", by=lead, at=at,
        )  # fmt: skip
    if number % 4:
        held = on - timedelta(days=chance.randrange(5, 100))
        actions.record_supervision(
            supporter=made, kind=chance.choice(["alone", "group"]), held_on=held, next_on=held + timedelta(days=91),
            supervisor="Counselling Unit, regional counsellor", by=lead, at=at,
        )  # fmt: skip
    if number % 7 != 6:
        _publish(made, number, chance, at)


def _publish(made: Supporter, number: int, chance: random.Random, at: datetime) -> None:
    """Four in five show a telephone: numbers of a range that nobody has."""
    telephone = f"07000{number:05d}" if number % 5 < 4 else ""
    actions.choose_what_is_shown(
        supporter=made, is_listed=True, shown_name=made.user.full_name.split()[0], telephone=telephone,
        shows_command=number % 6 != 5, languages=made.languages, availability=chance.choice(WHEN), by=made.user, at=at,
    )  # fmt: skip


def _account(officer: Officer, at: datetime) -> User:
    if officer.user is not None:
        return officer.user
    user = User.objects.enter(
        login=officer.service_number, kind=UserKind.OFFICER, full_name=officer.full_name, opened_at=at
    )
    officer.user = user
    Officer.objects.filter(pk=officer.pk).update(user=user)
    return user


def _above(unit: Unit, kind: str, on: date) -> Unit | None:
    link = (
        UnitClosure.objects.filter(in_force(on), descendant=unit, ancestor__type=kind)
        .select_related("ancestor")
        .first()
    )
    return link.ancestor if link else None


def _appoint(users: list[Any], people: dict[str, User], *, on: date, at: datetime) -> None:
    """The appointment that lets them log contacts, by two others."""
    held = Appointment.objects.filter(in_force(on), role="peer-supporter").values_list("user", flat=True)
    without = [each for each in users if each.pk not in set(held)]
    whole = Unit.objects.get(type="service")
    Appointment.objects.bulk_create(
        Appointment(
            user=user, role="peer-supporter", unit=whole, authority="Demonstration gazette 1",
            state=AppointmentState.APPROVED, starts_on=on - timedelta(days=200),
            proposed_by=people["system-administrator"], proposed_at=at, decided_by=people["npsc-commissioner"],
            decided_at=at,
        )
        for user in without
    )  # fmt: skip


def _help_lines(lead: User, *, on: date, at: datetime) -> None:
    unit = HelpLine.objects.get(code="counselling-unit")
    lines.record_try(line=unit, tried_on=on - timedelta(days=9), was_answered=True, by=lead, at=at)
    fields = {
        "kind": "crisis", "name_en": "Duty counsellor (demonstration, nobody answers)",
        "name_sw": "Mshauri wa zamu (maonyesho, hakuna anayejibu)", "number": "0800 000 000", "is_24h": True,
        "hours_en": "Every day of the year", "hours_sw": "Kila siku ya mwaka", "order": 5,
        "source": "Demonstration paper 7",
    }  # fmt: skip
    made = lines.enter_line(fields=fields, by=lead, at=at)
    lines.record_try(line=made, tried_on=on, was_answered=True, by=lead, at=at)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
