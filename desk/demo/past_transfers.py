"""Decisions of past quarters, invented as rows: so that figures, waiting times and patterns have something to count."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from accounts.models import User
from hcims.quarters import quarter_of
from hcims.references import new_reference
from personnel.models import Officer
from transfers.models import Advice, ApprovalStep, RequestedPlace, Stop, TransferRequest

KINDS = ["request", "compassionate", "exchange", "service-need", "rotation"]
REASONS = {"request": "own-request", "compassionate": "family", "exchange": "exchange", "service-need": "service-need",
           "rotation": "rotation-due"}  # fmt: skip
HOW_MANY = 420


def store(chance: random.Random, *, on: date, at: datetime, by: User) -> None:
    """This function will add requests that were decided in the last two quarters, with advice and stops."""
    end = quarter_of(on).starts_on
    days = (on - quarter_of(on).before.before.starts_on).days
    least = (on - end).days + 1
    officers = list(Officer.objects.filter(unit__type="station", rank__order__gte=10).select_related("rank"))
    chosen = chance.sample(officers, min(HOW_MANY, len(officers)))
    stations = sorted({officer.unit_id for officer in officers if officer.unit_id})
    made = [
        _request(chance, officer, stations, at - timedelta(days=chance.randint(least, days)), by) for officer in chosen
    ]
    TransferRequest.objects.bulk_create(made, batch_size=200)
    RequestedPlace.objects.bulk_create(
        [
            RequestedPlace(request=each, position=1, unit_id=chance.choice([each.to_unit_id, *stations[:2]]))
            for each in made
        ],
        batch_size=300,
    )
    _advice(chance, made, by)
    _stops(chance, made)


def _request(chance: random.Random, officer: Officer, stations: list[int], at: datetime, by: User) -> TransferRequest:
    kind = chance.choices(KINDS, [60, 10, 8, 14, 8])[0]
    granted = chance.random() < (0.55 if kind in KINDS[:3] else 0.9)
    return TransferRequest(
        ref=new_reference(), kind=kind, officer=officer, state="refused" if not granted else "cancelled", entered_by=by,
        created_at=at - timedelta(days=60), submitted_at=at - timedelta(days=chance.randint(4, 55)),
        from_unit_id=officer.unit_id, rank=officer.rank, decided_by=by, typed_by=by, decided_at=at, waits_since=at,
        to_unit_id=chance.choice([each for each in stations if each != officer.unit_id]),
        reason_code=REASONS[kind] if granted else "no-post", reasons="Invented for the demonstration.",
        legal_basis="Demonstration paper",
    )  # fmt: skip


def _advice(chance: random.Random, made: list[TransferRequest], by: User) -> None:
    steps = {each.kind: each for each in ApprovalStep.objects.filter(stage="advice").order_by("-sequence")}
    rows = []
    for each in made:
        if (step := steps.get(each.kind)) and each.decided_at and each.from_unit_id:
            agrees = chance.random() < 0.8
            verdict = "support" if agrees == (each.state != "refused") else "oppose"
            rows.append(
                Advice(request=each, step=step, unit_id=each.from_unit_id, verdict=verdict, reasons="Invented.", advised_by=by,
                       typed_by=by, office="Demonstration office", at=each.decided_at - timedelta(days=2))
            )  # fmt: skip
    Advice.objects.bulk_create(rows, batch_size=200)


def _stops(chance: random.Random, made: list[TransferRequest]) -> None:
    lifter = User.objects.filter(appointments__role="inspector-general").first()
    rows = []
    for each in chance.sample(made, len(made) // 5):
        if each.decided_at is None:
            continue
        lifted = each.state != "refused" and chance.random() < 0.6
        rows.append(
            Stop(
                ref=new_reference(), request=each, code=chance.choice(["too-soon", "school-term", "family", "home-area"]),
                message="Invented for the demonstration.", source="Demonstration paper", lifted_by_role="a second authority",
                raised_at=each.decided_at - timedelta(days=3), lifted_by=lifter if lifted else None,
                lifted_at=each.decided_at - timedelta(days=1) if lifted else None,
                lift_reason="Weighed against the need." if lifted else "",
            )
        )  # fmt: skip
    Stop.objects.bulk_create(rows, batch_size=200)
