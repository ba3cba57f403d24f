"""Cover of the roll-out at full size: statements, CPU and bytes; and plans of calls beside every plan there is."""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Iterator
from datetime import timedelta

from benchmarks import _service
from benchmarks.measuring import Figure

DATABASES = ("postgresql", "sqlite")
TRAINED = 50  # of 1,000 officers
ADDRESSES = {
    "cover of the service": "/training/cover/",
    "wards of the service": "/training/cover/?level=wards",
    "ranks of the service": "/training/cover/NPS/?level=ranks",
    "cover of a county": "/training/cover/C-047/",
    "trained officers of the service": "/training/cover/NPS/officers/",
}


def run(scale: int) -> Iterator[Figure]:
    """A service is invented first, and one officer in twenty trained; that is not measured."""
    user = _service.make(scale)
    yield Figure("trained officers invented", train(scale * TRAINED // 1_000), "officers")
    client = _service.browser_of(user)
    for name, address in ADDRESSES.items():
        cost, page = _service.read(client, address)
        yield Figure(f"{name}, statements", cost.statements, "statements", reach=15)
        yield Figure(f"{name}, CPU", cost.cpu * 1000, "ms")
        if cost.database:
            yield Figure(f"{name}, CPU of the database beside it", cost.database * 1000, "ms")
        yield Figure(f"{name}, page", len(gzip.compress(page)) / 1000, "kB gz", reach=100)
        if weight := _service.first_visit(page):
            yield Figure(f"{name}, first visit with its files", weight, "kB gz", reach=100)
    yield from plans()


def train(number: int) -> int:
    """This function will pass that many serving officers, drawn by chance, in cohorts of thirty."""
    from accounts.models import User
    from hcims import clock
    from organisation.models import Unit
    from personnel.models import Officer
    from training.models import Cohort, CourseVersion, Enrolment

    chance, today, now = random.Random(5), clock.today(), clock.now()
    versions = list(CourseVersion.objects.filter(course__kind__in=["leaders", "peers"], state="approved"))
    serving = list(Officer.objects.filter(unit__isnull=False, rank__isnull=False).values_list("pk", flat=True))
    units, by = list(Unit.objects.filter(type="county")), User.objects.order_by("pk")[0]
    chosen = chance.sample(serving, min(number, len(serving)))
    cohorts = Cohort.objects.bulk_create(
        Cohort(version=chance.choice(versions), unit=chance.choice(units), title=f"Invented {place}", seats=30,
               first_on=today - timedelta(days=100), last_on=today - timedelta(days=10), state="finished",
               planned_by=by, planned_at=now)
        for place in range(len(chosen) // 30 + 1)
    )  # fmt: skip
    Enrolment.objects.bulk_create(
        Enrolment(cohort=cohorts[place // 30], officer_id=pk, state="passed", result_on=today - timedelta(days=10))
        for place, pk in enumerate(chosen)
    )
    return len(chosen)


def plans() -> Iterator[Figure]:
    """Plans of the country; small cases beside every plan there is: what the published order loses, which is nothing."""
    from training.reach import Candidate, Seats, Ward, plan

    chance = random.Random(1)
    wards = [Ward(pk, f"{pk:04}", pk % 47, chance.randint(5, 60)) for pk in range(1450)]
    candidates = []
    for number in range(60_000):
        ward = chance.randrange(1450)
        candidates.append(Candidate(number, f"{number:06}", ward, ward % 47 % 9, chance.choice("MMMMMMMF"),
                                    days=chance.randint(1, 3000)))  # fmt: skip
    for seats in (60, 300, 1_450):
        kinds = [*(Seats(seats // 20, region=each) for each in range(9)), Seats(seats // 5, sex="F")]
        kinds.append(Seats(seats - sum(each.number for each in kinds)))
        began = time.process_time()
        found = plan(kinds, wards, candidates, {county: (0, 31) for county in range(47)})
        spent = time.process_time() - began
        yield Figure(f"plan of {seats:,} seats from 60,000 officers: CPU", spent, "s", reach=1)
        yield Figure(f"plan of {seats:,} seats: wards reached, floor the most possible", found.reached, "wards",
                     floor=found.at_best)  # fmt: skip
    yield from _beside_every_plan()


def _beside_every_plan() -> Iterator[Figure]:
    from tests.training.test_reach import best_of_all, case
    from training.reach import plan

    chance, reached, best, cases = random.Random(2), 0, 0, 500
    for _ in range(cases):
        seats, wards, candidates = case(chance)
        reached += plan(seats, wards, candidates, {}).reached
        best += best_of_all(seats, wards, candidates)
    yield Figure(
        f"{cases} small cases: wards reached, floor the best of every plan", reached, "wards", floor=best, reach=1
    )
