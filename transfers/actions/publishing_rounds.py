"""Publication of a round: orders, requests, notices and the certificate, as one deed. All of it is kept, or nothing."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, RuleBroken
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from hcims.references import new_reference
from transfers import canonical, certificate, keeping, links, signing
from transfers.actions import redress
from transfers.actions.compute import problem_of
from transfers.actions.counting import count_board
from transfers.actions.freeze import Step, quiet, users_of
from transfers.actions.orders import publish_many
from transfers.certificate import Draw, Sealed, Telling, Variation
from transfers.freezing.market import class_ref
from transfers.frozen import Frozen
from transfers.matching import solve
from transfers.models import (
    Award,
    Certificate,
    RequestState,
    Round,
    RoundState,
    RunKind,
    TransferOrder,
    TransferRequest,
)
from transfers.policies import rounds as policies
from transfers.problem import Problem, Result
from transfers.queries.restricted import county_codes, restricted_codes
from transfers.queries.round_results import CLOSED, LEFT, MOVED, ORDERED, by_sex, destination, impossible
from transfers.round_orders import publications, taken_by

STEPS = 5
AT_ONCE = 500
GRANTED = "own-request"  # of transfers.reasons: to a volunteer who was placed


@action
def publish_round(
    *, round: Round, report_by: date | None = None, by: Any, on: date, at: datetime, step: Step = quiet
) -> Certificate:
    """This function will publish an accepted round: the certificate, an order to everyone who moves, and the word to all.

    `report_by` where the days of notice have become too short for the round's own. Whoever left the service or was moved
    after the freeze keeps no award: that is a variation, published like those of the board.
    Errors: NotAllowed; InvalidTransition for whoever comes second; RuleBroken where what is stored is not what was computed.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("rule_book").get(pk=round.pk)
    if round.state == RoundState.PUBLISHED:
        raise InvalidTransition(_("The round is published already. Open its page again to read it."))
    policies.check_can_publish_round(by, round, on=on)
    step(0, STEPS, _("Reading the accepted result"))
    problem, result = computed(round)
    awards = _awards(round, result)
    _drop_impossible(awards, by=by, on=on, at=at)
    count_board(round)
    step(1, STEPS, _("Writing the certificate"))
    sealed = seal(round, problem, result, awards, on=on)
    kept = _keep_certificate(round, sealed, awards, at=at)
    step(2, STEPS, _("Writing the orders"))
    day = max(report_by or round.report_by, round.report_by)
    made = _orders(round, awards, report_by=day, by=by, on=on, at=at)
    step(3, STEPS, _("Requests placed, and those carried forward"))
    _requests(round, made, day, by=by, at=at)
    redress.given_by_round(round, by=by, at=at)
    step(4, STEPS, _("Telling everyone"))
    users = users_of([each.participation.officer_id for each in awards])
    notify_many(users, Notice.TRANSFER_NEWS, at=at, link=links.my_round(round.code))
    workflow.move(
        round, RoundState.PUBLISHED, by=by, at=at, note=kept.root[:12], signed_by=by, published_at=at, report_by=day
    )
    step(5, STEPS, _("Done"))
    trail.record(Event.ROUND_PUBLISHED, target=round, by=by, at=at, details={"root": kept.root, "orders": len(made)})
    return kept


def computed(round: Round) -> tuple[Problem, Result]:
    """The frozen problem and its result, computed again. Errors: RuleBroken where the kept result is another."""
    problem = problem_of(round)
    result = solve(problem)
    run = round.runs.get(kind=RunKind.OFFICIAL)
    if hashlib.sha256(canonical.dumps(keeping.kept(result))).hexdigest() != run.result_sha256:
        raise RuleBroken(_("The kept result is not the one that the frozen round gives. Nothing was published."))
    return problem, result


def _awards(round: Round, result: Result) -> list[Award]:
    awards = list(
        Award.objects.select_for_update(of=("self",))
        .filter(participation__round=round)
        .select_related(
            "participation__officer", "participation__rank", "participation__skill", "participation__from_unit",
            "to_unit", "to_skill", "varied_to", "varied_skill",
        )
        .order_by("participation__pseudonym")
    )  # fmt: skip
    if len(awards) != len(result.assignment) or any(_class_of(each) != _given(each, result) for each in awards):
        raise RuleBroken(_("An award is not the one that was computed. Nothing was published."))
    return awards


def _class_of(award: Award) -> str:
    """The class of post that the mechanism gave; that of the own post where nothing changed."""
    taken = award.participation
    if award.to_unit is None:
        return class_ref(taken.from_unit.code, taken.rank.code, taken.skill.code if taken.skill else "")
    return class_ref(award.to_unit.code, taken.rank.code, award.to_skill.code if award.to_skill else "")


def _given(award: Award, result: Result) -> str | None:
    return result.assignment[award.participation.pseudonym]


def _drop_impossible(awards: Sequence[Award], *, by: Any, on: date, at: datetime) -> None:
    """Awards that no order can carry out any more become variations, with the reason that is published."""
    for award, why in impossible(awards, on=on):
        award.is_varied, award.varied_to, award.varied_skill = True, None, None
        award.varied_by, award.varied_at = by, at
        award.variation_reason = f"{award.variation_reason} {WHY_IMPOSSIBLE[why]}".strip()
        award.save(
            update_fields=["is_varied", "varied_to", "varied_skill", "varied_by", "varied_at", "variation_reason"]
        )


WHY_IMPOSSIBLE = {
    LEFT: "Left the service after the freeze.",
    ORDERED: "Another order was issued after the freeze.",
    MOVED: "Moved to another unit after the freeze.",
    CLOSED: "The unit was closed after the freeze.",
}


def seal(round: Round, problem: Problem, result: Result, awards: Sequence[Award], *, on: date) -> Sealed:
    """The certificate's lines: what was frozen, what came of it, and what may be told to everyone."""
    with round.problem.open("rb") as file:
        lines = tuple(file.read().splitlines())
    commitments = list(round.commitments.all())
    draw = Draw(
        {each.body: each.sha256 for each in commitments}, {each.body: each.nonce for each in commitments if each.nonce},
        round.public_draw, round.public_draw_result,
    )  # fmt: skip
    telling = telling_of(round, problem, awards, on=on)
    return certificate.seal(Frozen(lines), problem, result, draw, telling, secret=bytes.fromhex(round.secret))


def telling_of(round: Round, problem: Problem, awards: Sequence[Award], *, on: date) -> Telling:
    """What the public tier says: strength by county and rank alone, and no place of a restricted unit."""
    hidden, counties = restricted_codes(on), county_codes()
    withheld = frozenset(ref for ref in problem.places if ref.split("/")[0] in hidden)
    nodes = [ref for ref in problem.nodes if ref.rpartition(":")[0] in counties]
    authority = round.rule_book.issuing_authority
    varied = [_variation(each, problem, withheld, authority) for each in awards if each.is_varied]
    return Telling(nodes, withheld, {"sexes": by_sex(awards, on=on)}, varied)


def _variation(award: Award, problem: Problem, withheld: frozenset[str], authority: str) -> Variation:
    taken, unit = award.participation, destination(award)
    place = problem.officers[taken.pseudonym].current or ""
    if unit is not None:
        place = taken_by(award, unit)
    named = place if place in problem.places and place not in withheld else ""
    return Variation(taken.pseudonym, named, award.variation_reason, authority)


def _keep_certificate(round: Round, sealed: Sealed, awards: Sequence[Award], *, at: datetime) -> Certificate:
    key = signing.private_key(settings.ROUND_SIGNING_KEY)
    signatures = [certificate.signature(sealed, by=round.rule_book.issuing_authority, key=key)]
    public, whole = certificate.public_tier(sealed, signatures), certificate.sealed_tier(sealed, signatures)
    kept = Certificate(
        round=round, root=sealed.root, made_at=at, public_sha256=hashlib.sha256(public).hexdigest(),
        sealed_sha256=hashlib.sha256(whole).hexdigest(),
    )  # fmt: skip
    kept.public.save(f"{new_reference()}.jsonl", ContentFile(public), save=False)
    kept.sealed.save(f"{new_reference()}.jsonl", ContentFile(whole), save=False)
    leaves = _leaves(sealed, [each.participation.pseudonym for each in awards], signatures)
    kept.leaves.save(f"{new_reference()}.zip", ContentFile(leaves), save=False)
    kept.save()
    return kept


def _leaves(sealed: Sealed, refs: Iterable[str], signatures: Sequence[Mapping[str, str]]) -> bytes:
    """Every officer's own file, one entry each: made once, so that nobody's download has to build the tree again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for ref in refs:
            archive.writestr(zipfile.ZipInfo(f"{ref}.jsonl"), certificate.own_leaf(sealed, ref, signatures))
    return buffer.getvalue()


def _orders(
    round: Round, awards: Sequence[Award], *, report_by: date, by: Any, on: date, at: datetime
) -> list[TransferOrder]:
    """An order to everyone who moves, with the position along the chain of handing over."""
    waiting = {
        each.officer_id: each
        for each in TransferRequest.objects.select_for_update(of=("self",)).filter(
            round=round, state=RequestState.POOLED
        )
    }
    return publish_many(publications(round, awards, waiting, report_by=report_by), by=by, on=on, at=at)


def _requests(round: Round, made: Sequence[TransferOrder], day: date, *, by: Any, at: datetime) -> None:
    """Requests that were placed carry their order; the others wait for the next round with one more behind them."""
    placed = []
    for order in made:
        if (request := order.request) is None:
            continue
        request.state, request.published_at, request.waits_since = RequestState.PUBLISHED, at, at
        request.to_unit, request.duty = order.order.to_unit, order.order.duty
        request.post_rank, request.post_skill, request.report_by = order.order.post_rank, order.order.post_skill, day
        request.decided_by, request.decided_at = round.accepted_by, round.accepted_at
        request.reason_code, request.legal_basis = GRANTED, order.legal_basis
        placed.append(request)
    fields = [
        "state", "published_at", "waits_since", "to_unit", "duty", "post_rank", "post_skill", "report_by", "decided_by",
        "decided_at", "reason_code", "legal_basis",
    ]  # fmt: skip
    TransferRequest.objects.bulk_update(placed, fields, batch_size=AT_ONCE)
    left = TransferRequest.objects.filter(round=round, state=RequestState.POOLED)
    carried = left.update(round=None, carried_forward=F("carried_forward") + 1, waits_since=at)
    digest = hashlib.sha256("\n".join(sorted(each.ref for each in placed)).encode()).hexdigest()
    details = {"placed": len(placed), "carried_forward": carried, "sha256": digest}
    trail.record(Event.TRANSFER_DECIDED, target=round, by=by, at=at, details=details)
