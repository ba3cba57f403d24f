"""Transfers for the walk of the URL map: one in which every office took part, so that each of them may open its page."""

from __future__ import annotations

from django.core.files.base import ContentFile

from deployment.models import Duty, PostingOrder
from personnel.models import Officer
from tests.factories.machinery import letter_to
from tests.factories.rounds import book_of, round_at
from tests.factories.transfers import AT, ON, REASONS, drafted, ground
from tests.world import World
from transfers.actions.grounds import hand_in
from transfers.models import (
    Advice,
    Allowance,
    ApprovalStep,
    Certificate,
    Deferment,
    Direction,
    ExchangeParty,
    Redress,
    RequestGround,
    Round,
    RuleBook,
    Signal,
    Stop,
    TransferOrder,
    TransferRequest,
)


def case_of(world: World, officer: Officer) -> TransferRequest:
    """An open transfer of the officer; whoever is in the world advised on it, the protection authority typed it in."""
    known = TransferRequest.objects.filter(officer=officer, kind="compassionate").first()
    if known is not None:
        return known
    request = TransferRequest.objects.create(
        officer=officer, kind="compassionate", state="decision", entered_by=world.people["protection-authority"],
        created_at=AT, submitted_at=AT, waits_since=AT, from_unit=officer.unit, rank=officer.rank,
        step=ApprovalStep.objects.get(code="compassionate-decision-junior"), waits_at=world.service,
    )  # fmt: skip
    steps = ApprovalStep.objects.all()
    Advice.objects.bulk_create(
        Advice(request=request, step=step, unit=world.service, verdict="support", reasons=REASONS, advised_by=person,
               typed_by=person, office="x", at=AT)
        for step, person in zip(steps, world.people.values(), strict=False)
    )  # fmt: skip
    return request


def order_of(world: World, officer: Officer) -> str:
    """An order within the officer's unit's command, with a kept letter and a deferment that waits for its answer."""
    request, to = case_of(world, officer), officer.unit
    known = TransferOrder.objects.filter(request=request).first()
    if known is None:
        user = world.people["protection-authority"]
        order = PostingOrder.objects.create(
            number=f"NPS/HR/TR/{officer.service_number}", officer=officer, from_unit=officer.unit, to_unit=to,
            duty=Duty.objects.get(code="general"), post_rank=officer.rank, issued_on=ON, report_by=ON, issued_by=user,
            is_transfer=True, state="cancelled",
        )  # fmt: skip
        known = TransferOrder.objects.create(
            order=order, request=request, kind="compassionate", reason_code="family", legal_basis="x", published_at=AT,
            to_command=world.county, release_by=ON, letter=letter_to(officer.user or user),
        )  # fmt: skip
        Allowance.objects.create(transfer=known, kind="none")
        Deferment.objects.create(transfer=known, until=ON, reason="x", asked_by=user, asked_at=AT)
    return known.ref


def return_of(world: World, officer: Officer) -> str:
    """A reversing order that waits for a signature."""
    request = case_of(world, officer)
    known = Redress.objects.filter(reviewed=request).first()
    if known is None:
        order = TransferOrder.objects.get(ref=order_of(world, officer))
        known = Redress.objects.create(
            officer=officer, kind="return", reviewed=request, why="x", owed_at=AT, transfer=order
        )  # fmt: skip
    return known.ref


def sealed_return(world: World) -> str:
    """The same in a protected matter."""
    found = Redress.objects.get(ref=return_of(world, world.officer))
    TransferRequest.objects.filter(pk=found.reviewed_id).update(is_protected=True)
    return found.ref


def signal_of(world: World, officer: Officer) -> str:
    """A signal of the officer's county with a kept letter."""
    order = TransferOrder.objects.get(ref=order_of(world, officer))
    command = world.county if officer == world.officer else world.other_county
    known = Signal.objects.filter(command=command).first()
    if known is None:
        user = world.people["protection-authority"]
        known = Signal.objects.create(command=command, letter=letter_to(user), made_by=user, made_at=AT)
        known.transfers.add(order)
    return known.ref


def ground_of(world: World, officer: Officer) -> str:
    """A ground with its paper."""
    request = case_of(world, officer)
    named, _made = RequestGround.objects.get_or_create(request=request, ground=ground())
    if not named.evidence:
        named.evidence.save("evidence.pdf", ContentFile(b"%PDF-1.7 a paper"))
    return named.ref


def stop_of(world: World, officer: Officer) -> str:
    """A stop that holds."""
    fields = {"message": "x", "source": "y", "lifted_by_role": "a second authority", "raised_at": AT}
    request = case_of(world, officer)
    return Stop.objects.get_or_create(request=request, code="discipline", defaults=fields)[0].ref


def direction_of(world: World, officer: Officer) -> str:
    """An oral direction whose paper came later."""
    request = case_of(world, officer)
    known = Direction.objects.filter(request=request).first()
    direction = known or Direction(
        request=request, directed_by="x", directed_on=ON, is_oral=True, what="y", paper_reference="z",
        recorded_by=world.people["hr-officer"], recorded_at=AT, state="decision",
    )  # fmt: skip
    if known is None:
        direction.paper.save("evidence.pdf", ContentFile(b"%PDF-1.7 a paper"), save=False)
        direction.save()
    return direction.ref


def draft_of(world: World, officer: Officer) -> str:
    """A request that the officer is writing."""
    known = TransferRequest.objects.filter(officer=officer, kind="request", state="draft").first()
    return known.ref if known else drafted(officer, world.other_county).ref


def exchange_with(world: World, officer: Officer) -> str:
    """An exchange that somebody else proposed to the officer."""
    known = ExchangeParty.objects.filter(officer=officer).first()
    if known is not None:
        return known.request.ref
    proposer = world.other_officer if officer == world.officer else world.officer
    request = TransferRequest.objects.create(
        officer=proposer, kind="exchange", entered_by=proposer.user, created_at=AT, to_unit=world.ward
    )
    ExchangeParty.objects.create(request=request, officer=officer, to_unit=world.ward)
    return request.ref


def paper_of(world: World, officer: Officer) -> str:
    """A request that a desk typed from paper, with its receipt."""
    known = TransferRequest.objects.filter(officer=officer).exclude(receipt_number="").first()
    if known is not None:
        return known.ref
    desk = world.people["hr-officer"]
    request = drafted(officer, world.other_county, by=desk)
    hand_in(request, by=desk, on=ON, at=AT)
    return request.ref


def certified(world: World) -> str:
    """The code of a published round with a certificate, whose public part is for everyone."""
    round = Round.objects.filter(code="2026-q4").first() or round_at(world, "announced")
    if not Certificate.objects.filter(round=round).exists():
        Round.objects.filter(pk=round.pk).update(state="published")
        made = Certificate(round=round, root="0" * 64, public_sha256="0" * 64, sealed_sha256="0" * 64, made_at=AT)
        made.public.save("public.jsonl", ContentFile(b"{}"), save=False)
        made.sealed.save("sealed.jsonl", ContentFile(b"{}"), save=False)
        made.save()
    return round.code


def rule_book_of(world: World) -> str:
    """A version that was replaced by a later one."""
    known = RuleBook.objects.filter(code="compared").order_by("version").first()
    if known is None:
        known = book_of(world, code="compared")
        book_of(world, code="compared", exchange_days=0)
    return known.ref
