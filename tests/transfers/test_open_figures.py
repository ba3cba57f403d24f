"""What everyone reads about transfers: counted once out of the record, by office and command, never by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hcims.audit.models import AuditEvent
from hcims.errors import RuleBroken
from hcims.quarters import Quarter, closed, quarter_of
from personnel.models import Officer
from tests.factories.openness import DECIDED, decided, ordered
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World
from transfers.actions.openness import count_missing, count_quarter
from transfers.models import OpenFigures, Stop, TransferRequest
from transfers.queries.figures import counted
from transfers.queries.ledger import ledger
from transfers.queries.openness import figures_due

pytestmark = pytest.mark.django_db
Q3 = Quarter(date(2026, 7, 1))
AFTER = datetime(2026, 10, 1, 5, tzinfo=UTC)


def test_decisions_are_counted_with_their_outcome_and_waiting(world: World) -> None:
    requests = [decided(world) for _ in range(12)]
    for each in requests[:2]:
        each.places.update(unit=world.county)
    for each in requests[2:4]:
        each.places.update(unit=world.other_county, any_below=True)
    for _ in range(11):
        decided(world, "refused")
    region = next(each for each in counted(Q3, threshold=2)["differences"] if each["by"] == "region")
    line = region["lines"][0]
    assert line["groups"] == [world.region.code]
    assert (line["counts"], line["total"], line["days"]) == ([10, 2, 11], 23, 20)
    assert line["strength"] == Officer.objects.filter(unit__in=[world.station, world.other_station]).count()


def test_a_protected_request_moves_no_figure_and_its_order_reads_as_a_need_of_the_service(world: World) -> None:
    for _ in range(12):
        decided(world)
    officer = OfficerFactory()
    plain = counted(Q3, threshold=2)
    sealed = decided(world, kind="emergency", is_protected=True, officer=officer)
    Stop.objects.create(request=sealed, code="allowance", message="x", source="y", raised_at=DECIDED)
    assert counted(Q3, threshold=2) == plain
    ordered(world, sealed, reason_code="posted")
    found = ledger(Q3.starts_on, Q3.ends_on)
    assert (found.total, found.by_group["service-need"]) == (1, 1)
    assert counted(Q3, threshold=2)["reasons"] == [{"group": "service-need", "codes": ["service-need"], "count": 1}]


def test_how_many_asked_for_protection_is_said_once_a_year_and_not_when_they_are_few(world: World) -> None:
    fourth = Quarter(date(2026, 10, 1))
    for _ in range(3):
        decided(world, is_protected=True)
    assert counted(Q3, threshold=3)["protected"] is None
    assert counted(fourth, threshold=3)["protected"] == 3
    assert counted(fourth, threshold=4)["protected"] is None


def test_stops_are_counted_by_the_office_that_lifted_them_and_by_nobody_s_name(world: World) -> None:
    general = world.people["inspector-general"]
    stop = {"code": "discipline", "message": "x", "source": "y", "raised_at": DECIDED}
    Stop.objects.create(request=decided(world), **stop)
    Stop.objects.create(request=decided(world), lifted_by=general, lifted_at=DECIDED, lift_reason="x", **stop)
    made = counted(Q3, threshold=2)
    assert made["stops"] == [{"code": "discipline", "raised": 2, "lifted": [("inspector-general", 1)]}]


def test_a_quarter_is_counted_once_after_it_is_over_and_on_record(world: World) -> None:
    decided(world)
    assert not figures_due(at=DECIDED)
    assert figures_due(at=AFTER)
    assert count_missing(by=None, at=AFTER) == ["2026-q3"]
    assert not figures_due(at=AFTER)
    assert OpenFigures.objects.get().threshold == 10
    assert AuditEvent.objects.filter(event="transfer-figures-made").count() == 1
    with pytest.raises(RuleBroken, match="already"):
        count_quarter(Q3, by=None, at=AFTER)
    with pytest.raises(RuleBroken, match="not over"):
        count_quarter(Quarter(date(2026, 10, 1)), by=None, at=AFTER)


def test_quarters_go_by_the_calendar() -> None:
    assert [each.code for each in closed(date(2026, 2, 1), back=3)] == ["2025-q4", "2025-q3", "2025-q2"]
    assert quarter_of(date(2026, 12, 31)).ends_on == date(2027, 1, 1)


def test_the_page_opens_to_every_officer_and_a_late_change_does_not_move_it(world: World) -> None:
    for _ in range(12):
        decided(world)
    client = client_of(world.officer.user)
    assert b"No quarter has been counted yet" in client.get("/transfers/open/").content
    count_quarter(Q3, by=None, at=AFTER)
    before = client.get("/transfers/open/?quarter=2026-q3").content.decode()
    assert "Median days" in before
    TransferRequest.objects.filter(pk=TransferRequest.objects.first().pk).delete()  # type: ignore[union-attr]
    after = client.get("/transfers/open/?quarter=2026-q3").content.decode()
    assert [line for line in before.splitlines() if "nonce" not in line and "csrf" not in line] == [
        line for line in after.splitlines() if "nonce" not in line and "csrf" not in line
    ]


def test_the_ledger_counts_both_commands_and_opens_what_an_office_reaches(world: World) -> None:
    for _ in range(3):
        ordered(world, decided(world))
    ordered(world, decided(world), kind="rotation", reason_code="rotation-due")
    found = {line.code: line for line in ledger(Q3.starts_on, Q3.ends_on).lines}
    assert (found[world.county.code].total_out, found[world.county.code].total_in) == (4, 0)
    assert found[world.other_county.code].into["rotation"] == 1
    address = f"/transfers/open/orders/?command={world.county.code}&quarter=2026-q3&way=out&group=own-wish"
    seen = client_of(world.people["hr-officer"]).get(address)
    assert (seen.context["found"].count, seen.context["unseen"]) == (3, 0)
    unseen = client_of(world.officer.user).get(address)
    assert (unseen.context["page"].paginator.count, unseen.context["unseen"]) == (0, 3)
    assert "T/" not in unseen.content.decode()
    assert client_of(world.officer.user).get("/transfers/open/orders/?command=NOWHERE").status_code == 404


def test_pages_cost_the_same_however_much_there_is(world: World) -> None:
    client = client_of(world.people["hr-officer"])
    ordered(world, decided(world))
    count_quarter(Q3, by=None, at=AFTER)
    pages = ("/transfers/open/", "/transfers/open/moves/?quarter=2026-q3")
    first = [len(statements_of(client, address)) for address in pages]
    for _ in range(15):
        ordered(world, decided(world))
    assert [len(statements_of(client, address)) for address in pages] == first


def test_what_is_taken_away_hides_the_same_counts_and_is_on_record(world: World) -> None:
    for _ in range(12):
        decided(world)
    decided(world, "refused")
    count_quarter(Q3, by=None, at=AFTER)
    answer = client_of(world.people["hr-officer"]).get("/transfers/open/?format=csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Median days" in text
    assert AuditEvent.objects.filter(event="exported").exists()
    assert client_of(world.officer.user).get("/transfers/open/?format=csv").status_code == 403


def test_the_page_of_promises_needs_no_account_and_says_the_measured_rates(client: Any, db: None) -> None:
    text = client.get("/transfers/promises/").content.decode()
    assert "391 of 9,000" in text
    assert "python -m transfers.verify" in text
    assert client.get("/transfers/rounds/nothing/certificate/").status_code == 404


def test_counting_costs_the_same_number_of_statements_whatever_the_size(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        decided(world)
    with django_assert_max_num_queries(12):
        counted(Q3, threshold=2)
