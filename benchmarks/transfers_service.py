"""A transfer round of the whole service out of its database: freezing it, explaining everyone, the certificate, verifying it."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from benchmarks import _decided
from benchmarks.measuring import Figure, cpu_seconds, measured, peak_megabytes

DATABASES = ("sqlite",)
RANKS = ["PC", "CPL", "SGT", "SSGT", "IP", "CIP"]
WISHES, ASKING = 10, 0.2  # places on a list; share of officers who ask, beside those who are overdue
NONCES = {"Commission": "7d1f", "Staff": "a09c"}


def run(scale: int) -> Iterator[Figure]:
    """`scale` is the strength of the service."""
    from benchmarks import _service

    _service.make(scale)
    yield from figures()


def figures() -> Iterator[Figure]:
    """The figures, out of the service that is in the database."""
    from transfers import certificate, matching
    from transfers.actions import compute, freeze
    from transfers.certificate import Telling
    from transfers.explanations import Explainer
    from transfers.frozen import Frozen

    round, days = _open()
    with measured() as frozen:
        freeze.freeze(round=round, by=_holder("hr-officer"), **_at(days["claims"] + 1))
    yield Figure("officers who take part", round.participations.count(), "officers")
    yield Figure("freezing the round out of the record: CPU", frozen.cpu, "s", reach=30)
    yield Figure("statements of it", frozen.statements, "statements")
    seed = _draw(round, days)
    problem = compute.problem_of(round)
    began = cpu_seconds()
    result = matching.solve(problem)
    yield Figure("computing it: CPU", cpu_seconds() - began, "s")
    began = cpu_seconds()
    explainer = Explainer(problem, result)
    for ref in problem.officers:
        compute.as_kept(explainer.explain(ref))
    yield Figure("explaining every officer: CPU", cpu_seconds() - began, "s", reach=30)
    with round.problem.open("rb") as file:
        lines = Frozen(tuple(file.read().splitlines()))
    began = cpu_seconds()
    telling = Telling(nodes=[], withheld=[], statistics={}, variations=[])
    sealed = certificate.seal(lines, problem, result, seed, telling, secret=bytes.fromhex(round.secret))
    signatures = [certificate.signature(sealed, by="Bench", key=_key())]
    whole = certificate.sealed_tier(sealed, signatures)
    yield Figure("writing the certificate: CPU", cpu_seconds() - began, "s", reach=30)
    yield Figure("size of its sealed tier", len(whole) / 1e6, "MB")
    yield Figure("verifying it, replay and all: CPU", _verified(whole), "s", reach=10)
    yield Figure("peak memory", peak_megabytes(), "MB")
    yield from _decided.figures(round, days, _at, _holder)


def _verified(certificate: bytes) -> float:
    """CPU of the command that a stranger would give, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificate.jsonl")
        path.write_bytes(certificate)
        began = cpu_seconds()
        command = [sys.executable, "-m", "transfers.verify", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return cpu_seconds() - began


def _key() -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(b"b" * 32)


def _holder(role: str) -> Any:
    from accounts.models import Appointment

    return Appointment.objects.filter(role=role, unit__type="service").select_related("user")[0].user


def _at(day: date | Any) -> dict[str, Any]:
    from django.utils import timezone

    if isinstance(day, int):
        day = timezone.localdate() + timedelta(days=day)
    return {"on": day, "at": timezone.make_aware(datetime.combine(day, time(9)))}


def _open() -> tuple[Any, dict[str, int]]:
    """A round of every rank below the gazetted ones, with lists handed in and closed."""
    from transfers import lottery, rulebook
    from transfers.actions import rounds
    from transfers.actions.rulebooks import draft_rule_book, publish_rule_book
    from transfers.models import Round

    days = {"opens": 1, "closes": 3, "claims": 5, "draw": 7}
    clerk, signer = {"by": _holder("hr-officer")}, {"by": _holder("npsc-commissioner")}
    book = draft_rule_book(
        code="bench", title="Bench", content=rulebook.starting(RANKS), legal_basis="Bench", issuing_authority="Bench",
        signatories=["Bench"], **clerk, **_at(0),
    )  # fmt: skip
    publish_rule_book(book=book, **signer, **_at(0))
    book.refresh_from_db()
    calendar = rounds.Calendar(*(_at(day)["on"] for day in (1, 3, 5, 7, 90, 40)))
    round = rounds.prepare_round(
        code="bench", title="Bench", rule_book=book, calendar=calendar, seats_source="Working strength", public_draw="x",
        **clerk, **_at(0),
    )  # fmt: skip
    rounds.announce(round=round, **signer, **_at(0))
    for body, nonce in NONCES.items():
        rounds.commit(round=round, body=body, sha256=lottery.commitment(nonce), **clerk, **_at(0))
    rounds.open_lists(round=round, **clerk, **_at(days["opens"]))
    _ask(round)
    rounds.close_lists(round=round, **clerk, **_at(days["closes"]))
    return Round.objects.get(pk=round.pk), days


def _ask(round: Any) -> None:
    """A fifth of those ranks, with ten stations each."""
    from organisation.models import Unit
    from personnel.models import Officer
    from transfers.models import RequestedPlace, TransferRequest

    chance, moment = random.Random(47), _at(2)["at"]
    stations = list(Unit.objects.filter(type="station").values_list("pk", flat=True))
    officers = Officer.objects.filter(rank__code__in=RANKS, unit__isnull=False, exited_on__isnull=True)
    rows = officers.exclude(transfer_requests__isnull=False).values_list("pk", "unit", "rank")
    asking = [row for row in rows if chance.random() < ASKING]
    clerk = _holder("hr-officer")
    requests = TransferRequest.objects.bulk_create(
        [
            TransferRequest(kind="request", officer_id=officer, state="pooled", round=round, entered_by=clerk, created_at=moment,
                            submitted_at=moment, waits_since=moment, from_unit_id=unit, rank_id=rank)
            for officer, unit, rank in asking
        ],
        batch_size=500,
    )  # fmt: skip
    RequestedPlace.objects.bulk_create(
        [
            RequestedPlace(request=request, position=position, unit_id=unit)
            for request in requests
            for position, unit in enumerate(_wishes(chance, stations, request.from_unit_id), 1)
        ],
        batch_size=2_000,
    )


def _wishes(chance: random.Random, stations: list[int], own: int | None) -> list[int]:
    return [unit for unit in chance.sample(stations, WISHES + 1) if unit != own][:WISHES]


def _draw(round: Any, days: dict[str, int]) -> Any:
    from transfers.actions import rounds
    from transfers.certificate import Draw

    clerk = {"by": _holder("hr-officer"), **_at(days["draw"])}
    for each in round.commitments.all():
        rounds.reveal(commitment=each, nonce=NONCES[each.body], **clerk)
    round.refresh_from_db()
    rounds.draw(round=round, public_result="1", **clerk)
    round.refresh_from_db()
    kept = {each.body: each for each in round.commitments.all()}
    return Draw({body: each.sha256 for body, each in kept.items()}, {body: each.nonce for body, each in kept.items()},
                round.public_draw, round.public_draw_result)  # fmt: skip
