"""Publication of a round: one deed, by one person, once; and three files that a stranger can check."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from deployment.models import PostingOrder
from hcims.errors import InvalidTransition, NotAllowed, Refusal, RuleBroken
from hcims.notify.models import PersonalNotice
from organisation.models import UnitClass, UnitClassing
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO
from tests.factories.rounds import CALENDAR, at, pooled, round_at, staffed
from tests.world import World, make_world
from transfers import signing, verify
from transfers.actions import publishing_rounds as publishing
from transfers.models import Award, Certificate, Participation, Round, TransferOrder, TransferRequest
from transfers.queries import round_files

pytestmark = pytest.mark.django_db
DAY = CALENDAR.draw_on + timedelta(days=3)


def publish(world: World, round: Round, **more: Any) -> Certificate:
    return publishing.publish_round(round=round, **{"by": world.people["inspector-general"], **at(DAY), **more})


def accepted(world: World) -> Round:
    """The world's first officer moves, the other one who is due takes the place; a newcomer asks and finds none."""
    staffed(world)
    return round_at(world, "accepted")


def faults(data: bytes) -> list[str]:
    key = signing.public_key(settings.ROUND_SIGNING_KEY)
    return [f"{clause}: {fault}" for clause, fault in verify.check(data, [key]) if fault]


def test_everyone_who_moves_has_an_order_and_the_request_carries_it(world: World) -> None:
    found = accepted(world)
    publish(world, found)
    found.refresh_from_db()
    assert (found.state, found.signed_by) == ("published", world.people["inspector-general"])
    order = TransferOrder.objects.get(order__officer=world.officer)
    assert (order.order.to_unit, order.kind, order.order.report_by) == (
        world.other_station,
        "round",
        CALENDAR.report_by,
    )
    assert found.rule_book.sha256[:12] in order.legal_basis
    request = TransferRequest.objects.get(officer=world.officer)
    assert (request.state, request.to_unit, order.request) == ("published", world.other_station, request)
    assert PersonalNotice.objects.filter(
        user=world.officer.user, kind="transfer-news", link__endswith="/mine/"
    ).exists()


def test_who_found_no_place_waits_with_one_more_round_behind_him(world: World) -> None:
    staffed(world)
    found = round_at(world, "open")
    request = pooled(world.other_officer, found, world.station)
    round_at(world, "accepted", found)
    award = Award.objects.get(participation__officer=world.other_officer)
    Award.objects.filter(pk=award.pk).update(
        is_varied=True, varied_to=None, varied_by=world.people["board-member"], variation_reason="Held for a trial",
        varied_at=at(DAY)["at"],
    )  # fmt: skip
    publish(world, found)
    request.refresh_from_db()
    assert (request.state, request.round, request.carried_forward) == ("pooled", None, 1)


@pytest.mark.parametrize("tier", ["public", "sealed", "own"])
def test_the_verifier_passes_the_files_that_the_product_made(world: World, tier: str) -> None:
    found = accepted(world)
    kept = publish(world, found)
    mine = Participation.objects.get(officer=world.officer)
    data = round_files.own_leaf(kept, mine.pseudonym) if tier == "own" else getattr(kept, tier).read()
    assert data
    assert not faults(data)
    assert faults(data.replace(b'"ticket":"', b'"ticket":"0', 1))


def test_only_the_issuing_authority_publishes_what_others_accepted(world: World) -> None:
    found = accepted(world)
    for role in ("hr-officer", "board-member", "county-commander"):
        with pytest.raises(NotAllowed):
            publish(world, found, by=world.people[role])
    commissioner = world.people["npsc-commissioner"]
    Round.objects.filter(pk=found.pk).update(accepted_by=commissioner)
    with pytest.raises(NotAllowed, match="prepared or accepted"):
        publish(world, found, by=commissioner)
    signer = world.people["inspector-general"]
    Officer.objects.filter(pk=world.other_officer.pk).update(user=signer)
    with pytest.raises(NotAllowed, match="You take part"):
        publish(world, found)


def test_a_round_is_published_after_the_board_has_accepted_it_and_once(world: World) -> None:
    staffed(world)
    found = round_at(world, "solved")
    with pytest.raises(RuleBroken, match="published"):
        publish(world, found)
    round_at(world, "accepted", found)
    publish(world, found)
    with pytest.raises(InvalidTransition):
        publish(world, found)
    assert PostingOrder.objects.count() == Award.objects.filter(to_unit__isnull=False).count()


def test_a_result_or_an_award_that_was_altered_is_not_published(world: World) -> None:
    found = accepted(world)
    award = Award.objects.get(participation__officer=world.officer)
    Award.objects.filter(pk=award.pk).update(to_unit=None)
    with pytest.raises(RuleBroken, match="An award is not the one"):
        publish(world, found)
    Award.objects.filter(pk=award.pk).update(to_unit=world.other_station)
    found.runs.update(result_sha256="0" * 64)
    with pytest.raises(RuleBroken, match="kept result"):
        publish(world, found)


def test_who_left_the_service_after_the_freeze_keeps_no_award_and_that_is_published(world: World) -> None:
    found = accepted(world)
    Officer.objects.filter(pk=world.officer.pk).update(exited_on=CALENDAR.draw_on, exit_reason="resigned")
    kept = publish(world, found)
    award = Award.objects.get(participation__officer=world.officer)
    assert (award.is_varied, award.varied_to) == (True, None)
    assert not PostingOrder.objects.filter(officer=world.officer).exists()
    assert b"Left the service after the freeze." in kept.public.read()
    assert not faults(round_files.whole(kept))


def test_a_restricted_unit_is_not_named_in_the_public_file(world: World) -> None:
    serious = UnitClass.objects.get(code="operation-serious")
    UnitClassing.objects.create(
        unit=world.other_station, scheme=serious.scheme, unit_class=serious, source="Order 1", starts_on=LONG_AGO
    )
    kept = publish(world, accepted(world))
    assert b"PS-NYALI" not in kept.public.read()
    assert b"PS-NYALI" in round_files.whole(kept)


def test_outside_the_service_strength_is_told_by_county_and_rank_alone(world: World) -> None:
    kept = publish(world, accepted(world))
    text = kept.public.read()
    assert b'"node":"C-KILIFI:PC"' in text
    for code in (
        b'"node":"R-COAST',
        b'"node":"SC-GANZE',
        b'"node":"W-BAMBA',
        world.officer.service_number.encode() + b'"',
    ):
        assert code not in text


def test_too_little_notice_is_refused_and_a_later_day_mends_it(world: World) -> None:
    found = accepted(world)
    late = at(CALENDAR.report_by - timedelta(days=5))
    with pytest.raises(RuleBroken, match="14 days"):
        publish(world, found, **late)
    publish(world, found, report_by=CALENDAR.report_by + timedelta(days=14), **late)
    assert PostingOrder.objects.first().report_by == CALENDAR.report_by + timedelta(days=14)  # type: ignore[union-attr]


def test_the_one_who_relieves_goes_first(world: World) -> None:
    found = accepted(world)
    publish(world, found)
    order = {each.order.officer_id: each.handover_position for each in TransferOrder.objects.all()}
    assert set(order.values()) <= {1, 2}
    assert 1 in order.values()


@pytest.mark.django_db(transaction=True)
def test_of_two_publications_at_once_one_wins(transactional_db: None) -> None:
    world = make_world()
    found = accepted(world)
    ready, said = threading.Barrier(2), list[str]()

    def go() -> None:
        ready.wait()
        try:
            publish(world, Round.objects.get(pk=found.pk))
            said.append("published")
        except Refusal as refusal:
            said.append(type(refusal).__name__)
        finally:
            connection.close()

    both = [threading.Thread(target=go) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(said) == ["InvalidTransition", "published"]
    assert PostingOrder.objects.filter(officer=world.officer).count() == 1


def test_a_failure_in_the_middle_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = accepted(world)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(publishing, "notify_many", broken)
    with pytest.raises(RuntimeError):
        publish(world, found)
    found.refresh_from_db()
    assert (found.state, PostingOrder.objects.count(), Certificate.objects.count()) == ("accepted", 0, 0)
    assert TransferRequest.objects.get(officer=world.officer).state == "pooled"
