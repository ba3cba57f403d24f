"""A published round for the walk of the URL map: an award of the world's officer, an appeal that was upheld, an offer."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.core.files.base import ContentFile

from tests.factories.rounds import CALENDAR, at, round_at, staffed
from tests.factories.transfers import AT
from tests.world import World
from transfers.models import (
    Appeal,
    Award,
    Certificate,
    ExchangeOffer,
    PanelMember,
    Participation,
    Round,
    RoundRun,
    TransferRequest,
)

CODE = "2026-q4"


def published(world: World) -> Round:
    """The round as everyone reads it."""
    known = Round.objects.filter(code=CODE, state="published").first()
    if known is not None:
        return known
    staffed(world)
    found = round_at(world, "accepted")
    moment = at(CALENDAR.draw_on)["at"]
    signer = world.people["inspector-general"]
    Round.objects.filter(pk=found.pk).update(state="published", published_at=moment, signed_by=signer)
    return Round.objects.get(pk=found.pk)


def certified_with_officer(world: World) -> str:
    """The code of the round with its files, the world's officer's own among them."""
    round = published(world)
    if not Certificate.objects.filter(round=round).exists():
        name = Participation.objects.get(round=round, officer=world.officer).pseudonym
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as files:
            files.writestr(f"{name}.jsonl", "{}")
        made = Certificate(round=round, root="0" * 64, public_sha256="0" * 64, sealed_sha256="0" * 64, made_at=AT)
        made.public.save("public.jsonl", ContentFile(b"{}"), save=False)
        made.sealed.save("sealed.jsonl", ContentFile(b"{}"), save=False)
        made.leaves.save("leaves.zip", ContentFile(archive.getvalue()), save=False)
        made.save()
    return round.code


def award(world: World) -> str:
    """What the round gave the world's officer."""
    round = published(world)
    return Award.objects.get(participation__round=round, participation__officer=world.officer).ref


def run(world: World) -> str:
    """The round's own run."""
    return RoundRun.objects.get(round=published(world), kind="official").ref


def appeal(world: World) -> str:
    """An appeal of the officer with a paper, which the world's board member heard and upheld."""
    known = Appeal.objects.filter(officer=world.officer).first()
    if known is not None:
        return known.ref
    made = Appeal(
        officer=world.officer, award=Award.objects.get(ref=award(world)), ground="wrong-input", text="x", state="upheld",
        remedy="next-vacancy", lodged_at=AT, due_on=date(2026, 12, 31), public_outcome="A fact was wrong.",
        decided_at=AT, decided_by=world.people["board-member"],
    )  # fmt: skip
    made.evidence.save("evidence.pdf", ContentFile(b"%PDF-1.7 a paper"), save=False)
    made.save()
    naming = world.people["npsc-commissioner"]
    PanelMember.objects.create(appeal=made, user=world.people["board-member"], named_by=naming, named_at=AT)
    return made.ref


def decision(world: World) -> str:
    """A request of the officer that was refused."""
    known = TransferRequest.objects.filter(officer=world.officer, state="refused").first()
    if known is not None:
        return known.ref
    by = world.people["deputy-inspector-general"]
    made = TransferRequest.objects.create(
        officer=world.officer, kind="compassionate", state="refused", entered_by=by, created_at=AT, submitted_at=AT,
        decided_at=AT, decided_by=by, typed_by=by, reason_code="no-post", reasons="x", from_unit=world.station,
    )  # fmt: skip
    return made.ref


def window(world: World) -> str:
    """The code of the round, with an offer of the officer."""
    round, officer = published(world), world.officer
    if not ExchangeOffer.objects.filter(round=round, officer=officer).exists():
        assert officer.rank is not None
        assert officer.user is not None
        ExchangeOffer.objects.create(
            round=round, officer=officer, unit=world.station, rank=officer.rank, made_by=officer.user, made_at=AT
        )
    return round.code
