"""What happens in a service: absences, orders on the way, station returns, exits, corrections, praise and discipline."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from accounts.models import User
from deployment.models import (
    Duty,
    Posting,
    PostingKind,
    PostingOrder,
    ReturnAnswer,
    StationReturn,
    StationReturnLine,
)
from deployment.queries.tenure import small_cell_threshold
from hcims.references import new_reference
from organisation.models import Unit
from personnel.actions import make_balance_report, note_opening
from personnel.models import (
    Commendation,
    CorrectionRequest,
    Dependant,
    DisciplineRecord,
    ExitReason,
    NextOfKin,
    Officer,
    OfficerBackground,
)
from personnel.purposes import Purpose
from personnel.queries.balance import report_days

PAPER = "Demonstration paper"
KINDS = [PostingKind.LEAVE, PostingKind.COURSE, PostingKind.ATTACHMENT, PostingKind.SUSPENSION, PostingKind.SECONDMENT]


def store(chance: random.Random, *, on: date, at: datetime, hr: User, officer: User, commander: User) -> None:
    """This function will add a plausible life to the invented service."""
    pks = list(Officer.objects.order_by("pk").values_list("pk", flat=True))
    few = max(20, len(pks) // 60)
    _absences(chance, chance.sample(pks, few), on)
    _orders(chance, chance.sample(pks, max(12, len(pks) // 400)), on, hr)
    _exits(chance, chance.sample(pks, max(30, len(pks) // 55)), on)
    _station_returns(chance, on, at, commander)
    _families(chance, chance.sample(pks, len(pks) // 2), on)
    _conduct(chance, chance.sample(pks, few), on, hr)
    _backgrounds(chance, pks, on)
    record = Officer.objects.filter(user=officer).first()
    _corrections(chance, record, at)
    if record:
        _readers(record, hr, commander, at)


def _readers(record: Officer, hr: User, commander: User, at: datetime) -> None:
    """The officer's file was opened: by HR, by the commander, and by HR for an investigation that auditors may hold back."""
    readings = [(9, hr, Purpose.RECORDS), (4, commander, Purpose.COMMAND), (2, hr, Purpose.INVESTIGATION)]
    for days, reader, purpose in readings:
        note_opening(officer=record, purpose=purpose, by=reader, at=at - timedelta(days=days))


def _absences(chance: random.Random, pks: list[int], on: date) -> None:
    away = Posting.objects.filter(officer__in=pks, ends_on__isnull=True, kind="substantive").select_related("officer")
    school = list(Unit.objects.filter(type="training"))
    rows = []
    for posting in away:
        kind = chance.choices(KINDS, [50, 25, 15, 6, 4])[0]
        unit = chance.choice(school) if kind in (PostingKind.COURSE, PostingKind.ATTACHMENT) else posting.unit
        starts = max(posting.starts_on, on - timedelta(days=chance.randint(1, 80)))
        rows.append(
            Posting(
                officer=posting.officer,
                kind=kind,
                unit=unit,
                duty_id=posting.duty_id,
                post_rank_id=posting.post_rank_id,
                starts_on=starts,
                ends_on=on + timedelta(days=chance.randint(5, 120)),
                source=PAPER,
                order_reference=f"ABS/{starts:%Y}/{posting.pk % 9000}",
            )
        )
    Posting.objects.bulk_create(rows, batch_size=500)


def _orders(chance: random.Random, pks: list[int], on: date, by: User) -> None:
    stations = list(Unit.objects.filter(type="station"))
    duty = Duty.objects.get(code="general")
    rows = []
    for index, officer in enumerate(
        Officer.objects.filter(pk__in=pks, rank__order__gte=11).select_related("unit", "rank")
    ):
        issued = on - timedelta(days=chance.randint(2, 40))
        rows.append(
            PostingOrder(
                number=f"SIG/{issued:%Y}/D{index + 1:04d}",
                officer=officer,
                from_unit=officer.unit,
                duty=duty,
                to_unit=chance.choice([each for each in stations if each.pk != officer.unit_id]),
                post_rank=officer.rank,
                reason="Over three years at the station",
                authority=PAPER,
                issued_on=issued,
                report_by=issued + timedelta(days=14),
                issued_by=by,
                state=chance.choice(["issued", "issued", "departed"]),
            )
        )
    PostingOrder.objects.bulk_create(rows, batch_size=500)


def _exits(chance: random.Random, pks: list[int], on: date) -> None:
    """People who left in the last three years; their records stay, their postings ended. Replacements filled the posts."""
    reasons = [
        ExitReason.RETIREMENT,
        ExitReason.RESIGNATION,
        ExitReason.DEATH,
        ExitReason.DISMISSAL,
        ExitReason.MEDICAL,
    ]
    gone = Officer.objects.filter(pk__in=pks, rank__order__gte=11, user__isnull=True)
    gone = gone.exclude(postings__returns__isnull=False)
    for officer in gone:
        last = on - timedelta(days=chance.randint(10, 1_090))
        officer.exited_on = last
        officer.exit_reason = chance.choices(reasons, [55, 22, 8, 8, 7])[0]
        officer.exit_authority = PAPER
        officer.unit = None
    Officer.objects.bulk_update(gone, ["exited_on", "exit_reason", "exit_authority", "unit"], batch_size=300)
    ends = {each.pk: each.exited_on for each in gone}
    held = list(Posting.objects.filter(officer__in=ends, ends_on__isnull=True))
    for row in held:
        row.starts_on = min(row.starts_on, ends[row.officer_id])
        row.ends_on = ends[row.officer_id]
    Posting.objects.filter(officer__in=ends, ends_on__isnull=False).delete()
    Posting.objects.bulk_update(held, ["starts_on", "ends_on"], batch_size=300)


def _station_returns(chance: random.Random, on: date, at: datetime, by: User) -> None:
    stations = list(Unit.objects.filter(type__in=["station", "company"]))
    months = [_first_of_month(on, back) for back in (0, 1, 2)]
    strength: dict[int, list[int]] = {}
    for unit, officer in Officer.objects.filter(unit__in=stations).values_list("unit_id", "pk"):
        strength.setdefault(unit, []).append(officer)
    returns, lines = [], []
    for month, share in zip(months, (0.58, 0.86, 0.9), strict=True):
        for station in stations:
            listed = strength.get(station.pk, [])
            if not listed or chance.random() > share:
                continue
            odd = [each for each in listed if chance.random() < 0.012]
            back = StationReturn(
                ref=new_reference(), unit=station, month=month, confirmed_by=by,
                confirmed_at=at - timedelta(days=(on - month).days - chance.randint(0, max(0, min(9, (on - month).days)))),
                confirmed_count=len(listed) - len(odd), listed_count=len(listed),
            )  # fmt: skip
            returns.append(back)
            lines += [(back, each, chance.choice([ReturnAnswer.GONE, ReturnAnswer.WRONG])) for each in odd]
    StationReturn.objects.bulk_create(returns, batch_size=500)
    StationReturnLine.objects.bulk_create(
        [
            StationReturnLine(station_return=back, officer_id=officer, answer=answer, note="Seen in the demonstration")
            for back, officer, answer in lines
        ],
        batch_size=500,
    )


def _first_of_month(on: date, back: int) -> date:
    month = on.year * 12 + on.month - 1 - back
    return date(month // 12, month % 12 + 1, 1)


def _families(chance: random.Random, pks: list[int], on: date) -> None:
    kin, dependants = [], []
    for pk in pks[:6_000]:
        kin.append(
            NextOfKin(
                officer_id=pk, name="Invented relative", relationship=chance.choice(["Mother", "Spouse", "Brother"])
            )
        )
        for _ in range(chance.choice([0, 1, 2, 2, 3])):
            born = on - timedelta(days=chance.randint(200, 7_000))
            school = "" if (on - born).days < 2_000 else "Invented Primary School"
            disabled = chance.random() < 0.03
            dependants.append(
                Dependant(
                    officer_id=pk,
                    kind="child",
                    name="Invented child",
                    born_on=born,
                    school=school,
                    has_disability=disabled,
                )
            )
    NextOfKin.objects.bulk_create(kin, batch_size=500)
    Dependant.objects.bulk_create(dependants, batch_size=500)


def _conduct(chance: random.Random, pks: list[int], on: date, by: User) -> None:
    praise, cases = [], []
    for pk in pks:
        day = on - timedelta(days=chance.randint(30, 1_500))
        if chance.random() < 0.6:
            praise.append(
                Commendation(
                    officer_id=pk,
                    title="Commended for conduct",
                    awarded_on=day,
                    awarded_by="County Commander",
                    source=PAPER,
                )
            )
        else:
            is_open = chance.random() < 0.3
            cases.append(
                DisciplineRecord(
                    officer_id=pk,
                    charge="Absent from duty",
                    opened_on=day,
                    source=PAPER,
                    entered_by=by,
                    state="open" if is_open else "proved",
                    closed_on=None if is_open else day + timedelta(days=20),
                    punishment="" if is_open else "Reprimand",
                )
            )
    Commendation.objects.bulk_create(praise, batch_size=500)
    DisciplineRecord.objects.bulk_create(cases, batch_size=500)


def _backgrounds(chance: random.Random, pks: list[int], on: date) -> None:
    """Invented communities, so that the balance report has rows without naming a real one."""
    weights = [20, 17, 14, 12, 10, 8, 7, 5, 4, 2, 1]
    OfficerBackground.objects.bulk_create(
        [
            OfficerBackground(
                officer_id=pk, ethnicity=f"Community {chr(64 + chance.choices(range(1, 12), weights)[0])}",
                has_disability=chance.random() < 0.011, consented_on=on - timedelta(days=400),
            )
            for pk in pks
            if chance.random() < 0.93
        ],
        batch_size=2_000,
    )  # fmt: skip


def _corrections(chance: random.Random, officer: Officer | None, at: datetime) -> None:
    others = Officer.objects.filter(unit__isnull=False).order_by("?")[:6]
    asked = [
        ("skills", "My driving licence is missing.", "Driving class C, obtained last year."),
        ("posting", "The day I arrived is wrong.", "I reported a week earlier, as the casualty return says."),
    ]
    for index, each in enumerate([*([officer] if officer else []), *others]):
        section, wrong, right = asked[index % 2]
        CorrectionRequest.objects.create(
            officer=each,
            section=section,
            what_is_wrong=wrong,
            should_be=right,
            asked_at=at - timedelta(days=3 * index + 1),
        )


def report_balance(*, by: User, on: date, at: datetime) -> None:
    """This function will make Parliament's balance report of the last two years; the year before can be made by hand."""
    for day in report_days(on)[:2]:
        make_balance_report(on=day, threshold=small_cell_threshold(day), by=by, at=at)
