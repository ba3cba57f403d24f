"""The copy of one's own record: every table about an officer is in it, or it is said here why not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from desk import own_record
from personnel.models import Officer
from tests.factories.accounts import appoint
from tests.factories.transfers import approved, asked, offices
from tests.world import World
from transfers.actions import orders

AT = datetime(2026, 11, 3, 21, 30, tzinfo=UTC)  # half past midnight on the 4th in Nairobi

# Table with a column `officer` -> the part of the copy that tells it.
TOLD = {
    "personnel.OfficerBackground": "background", "personnel.SkillHeld": "skills",
    "personnel.QualificationHeld": "qualifications", "personnel.CourseAttended": "courses",
    "personnel.Commendation": "commendations", "personnel.DisciplineRecord": "discipline",
    "personnel.CorrectionRequest": "corrections", "personnel.NextOfKin": "next_of_kin", "personnel.Spouse": "spouses",
    "personnel.Dependant": "dependants", "personnel.RankHolding": "ranks", "deployment.Posting": "postings",
    "deployment.PostingOrder": "orders", "transfers.TransferRequest": "transfer_requests",
    "transfers.ExchangeParty": "transfer_exchanges", "transfers.Participation": "transfer_rounds",
    "transfers.Appeal": "transfer_appeals", "training.Instructor": "training_taught",
    "training.CohortStaff": "training_taught", "training.Nomination": "training_names",
    "training.Enrolment": "training_courses", "deployment.RollDiscrepancy": "roll_differences",
    "deployment.StationReturnLine": "station_answers", "transfers.Redress": "transfer_promises",
}  # fmt: skip
# Why the rest is left out.
LEFT_OUT = {
    "personnel.BulkDeedLine": "what it did stands in the changes",
    "transfers.ExchangeOffer": "nameless until the exchange is asked for; then a request",
    "training.PlannedCall": "a plan of whom to call, before anybody is called; then a name",
}


def test_every_table_about_an_officer_is_in_the_copy_or_left_out_for_a_reason() -> None:
    about = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name == "officer" and field.related_model is Officer and not model.__name__.startswith("Historical")
    }
    assert about == {*TOLD, *LEFT_OUT}


@pytest.mark.django_db
def test_the_copy_tells_transfers_and_offices_and_on_paper_the_time_of_nairobi(world: World) -> None:
    people = offices(world)
    request = approved(world, people)
    orders.publish_request(request, by=people["hr-officer"], on=AT.date(), at=AT)
    appoint(world.officer.user, "peer-supporter", world.station)
    record = own_record.record_of(world.officer, at=AT)
    assert set(TOLD.values()) <= set(record)
    (told,) = record["transfer_requests"]
    assert (told["reference"], told["state"], told["decided_at"]) == (request.ref, "order issued", request.decided_at)
    assert told["places"].endswith(world.other_station.name)
    assert record["transfer_grounds"][0]["words"] == request.grounds.get().detail
    assert {each["request"] for each in record["transfer_advice"]} == {request.ref}
    assert record["transfer_orders"][0]["to"] == world.other_station.name
    assert [each["role"] for each in record["appointments"]] == ["Peer supporter"]
    said = str(own_record.letter(world.officer, record, language="en").blocks)
    assert "04.11.2026 00:30" in said
    assert request.ref in said
    assert "KRA PIN" in said


@pytest.mark.django_db
def test_a_decision_that_may_still_be_taken_back_is_not_in_the_copy(world: World) -> None:
    request = approved(world, offices(world))
    (told,) = own_record.record_of(world.officer, at=AT)["transfer_requests"]
    assert request.decided_by is not None
    assert (told["decided_by"], told["why"], told["decided_at"]) == ("", "", None)


@pytest.mark.django_db
def test_the_copy_holds_nothing_of_other_peoples_transfers(world: World) -> None:
    asked(world.officer, world.other_station)
    stranger: Any = own_record.record_of(world.other_officer, at=AT)
    assert stranger["transfer_requests"] == stranger["transfer_grounds"] == stranger["transfer_advice"] == []


@pytest.mark.django_db
def test_what_the_copy_calls_its_parts_and_values_has_kiswahili(world: World) -> None:
    approved(world, offices(world))
    record = own_record.record_of(world.officer, at=AT)
    names = {name for name in record if name not in ("format", "taken_at")}
    for value in record.values():
        rows = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        names |= {name for row in rows for name in row}
    with translation.override("en"):
        english = {name: own_record.label(name) for name in names}
    with translation.override("sw"):
        assert [name for name in names if own_record.label(name) == english[name]] == []
        person = own_record.record_of(world.officer, at=AT)["person"]
    assert person["sex"] in ("Mwanamke", "Mwanamume"), "what is chosen from a list is said in Kiswahili too"
