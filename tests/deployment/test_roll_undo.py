"""Undoing a roll: what nobody touched goes back, what somebody touched is listed, who is referred to is marked."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deployment.models import Posting, RollDiscrepancy
from hcims.imports import actions, shell, work
from hcims.imports.models import ImportBatch
from personnel.models import NextOfKin, Officer, RankHolding, SkillHeld
from tests.factories.rolls import AT, apply_roll, row

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def undo(batch):
    undoing = actions.undo(batch=batch, by=None, at=LATER, in_background=False)
    work.read(undoing, at=LATER, watch=work.Watch())
    undoing.refresh_from_db()
    return undoing


def commit(undoing):
    return shell.commit(undoing, at=LATER)


def officer(number):
    return Officer.objects.get(service_number=f"{100000 + number:06d}")


def facts(number):
    """All that a roll can change about an officer, as plain values."""
    one = officer(number)
    live = {"voided_at": None}
    return (
        {name: getattr(one, name) for name in (
            "surname", "other_names", "sex", "born_on", "national_id", "kra_pin", "national_id_index", "service", "phone",
            "personal_email", "bank_name", "bank_branch", "bank_account", "home_county_id", "unit_id", "rank_id",
            "enlisted_on", "house_allowance_place")},
        sorted(one.postings.filter(**live).values_list("unit_id", "duty_id", "post_rank_id", "post_skill_id", "starts_on",
                                                       "ends_on", "start_known", "arrived_on", "tenure_since"), key=str),
        sorted(one.rank_holdings.filter(**live).values_list("rank_id", "starts_on", "ends_on", "start_known"), key=str),
        set(one.skills.values_list("skill_id", flat=True)),
        set(one.qualifications.values_list("qualification_id", flat=True)),
    )  # fmt: skip


def test_new_officers_are_removed_with_all_that_came_with_them(world):
    undoing = undo(apply_roll([row(1), row(2)]))
    assert undoing.counts["outcomes"] == {"remove": 2}
    assert commit(undoing).state == "applied"
    assert not Officer.objects.filter(surname="Otieno").exists()
    assert Posting.objects.count() == RankHolding.objects.count() == 2  # those of the small service
    assert not SkillHeld.objects.exists()
    assert Officer.history.filter(history_type="-").count() == 2
    assert ImportBatch.objects.get(undoes=None).state == "undone"


def test_an_officer_to_whom_something_points_is_marked_as_entered_in_error(world):
    batch = apply_roll([row(1), row(2)])
    NextOfKin.objects.create(officer=officer(1), name="Mama", relationship="mother")
    undoing = undo(batch)
    assert dict(undoing.rows.values_list("key", "outcome")) == {"100001": "void", "100002": "remove"}
    commit(undoing)
    marked = officer(1)
    assert (marked.exit_reason, marked.exited_on, marked.unit, marked.rank) == (
        "entered-in-error",
        date(2026, 10, 31),
        None,
        None,
    )
    assert not marked.postings.filter(voided_at=None).exists()
    assert not marked.rank_holdings.filter(voided_at=None).exists()
    # The right roll brings the officer back.
    again = apply_roll([row(1)], at=datetime(2026, 11, 4, 9, tzinfo=UTC))
    assert again.counts["outcomes"]["changed"] == 1
    assert (officer(1).exit_reason, officer(1).unit.code, officer(1).rank.code) == ("", "PS-BAMBA", "PC")


def test_import_edit_one_undo_restores_all_but_that_one(world):
    apply_roll([row(number) for number in range(1, 6)])
    before = {number: facts(number) for number in range(1, 6)}
    batch = apply_roll([row(number, surname="Mutua", bank_branch="Voi") for number in range(1, 6)])
    edited = officer(3)
    edited.bank_branch = "Lamu"
    edited.save()
    undoing = undo(batch)
    assert undoing.counts["outcomes"] == {"restore": 4, "touched": 1}
    commit(undoing)
    assert {number: facts(number) for number in (1, 2, 4, 5)} == {number: before[number] for number in (1, 2, 4, 5)}
    assert (officer(3).surname, officer(3).bank_branch) == ("Mutua", "Lamu")


def test_a_posting_made_since_keeps_the_row_as_it_is(world):
    batch = apply_roll([row(1)])
    posting = officer(1).postings.get()
    posting.ends_on = date(2026, 11, 1)
    posting.save()
    Posting.objects.create(officer=officer(1), unit=world.other_station, duty=posting.duty, post_rank=posting.post_rank,
                           starts_on=date(2026, 11, 1))  # fmt: skip
    assert undo(batch).counts["outcomes"] == {"void": 1}


def test_what_was_looked_at_is_what_is_undone(world):
    """An officer edited between the look and the confirmation: nothing is written, and it is looked at again."""
    apply_roll([row(1), row(2)])
    batch = apply_roll([row(1, surname="Mutua"), row(2, surname="Mutua")])
    undoing = undo(batch)
    edited = officer(1)
    edited.surname = "Odhiambo"
    edited.save()
    again = commit(undoing)
    assert (again.state, again.counts["outcomes"]) == ("ready", {"touched": 1, "restore": 1})
    assert officer(2).surname == "Mutua"


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "surname": st.sampled_from(["Mutua", "Wanjiku"]),
        "phone": st.sampled_from(["0799999999", "0788888888"]),
        "national_id": st.sampled_from(["31111111", "32222222"]),
        "born_on": st.sampled_from(["1985-01-01", "1986-02-02"]),
        "unit": st.sampled_from(["PS-NYALI", "C-KILIFI"]),
        "arrived_on": st.sampled_from(["", "2026-06-01", "2024-02-15", "2023-01-01"]),
        "rank": st.sampled_from(["CPL", "SGT"]),
        "rank_on": st.sampled_from(["", "2026-01-01", "2012-03-01", "2013-01-01"]),
        "duty": st.sampled_from(["crime", "cook"]),
        "post_skill": st.sampled_from(["driving-b"]),
        "post_rank": st.sampled_from(["CPL"]),
        "languages": st.sampled_from(["arabic; somali", "turkana"]),
        "education": st.sampled_from(["masters"]),
        "bank_account": st.sampled_from(["999999"]),
    },
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_undoing_any_change_puts_everything_back(world, changes):
    from django.db import transaction

    with transaction.atomic():
        apply_roll([row(1)])
        before = facts(1)
        batch = apply_roll([row(1, **changes)], at=AT)
        found = batch.counts["outcomes"]
        if found.get("changed") or found.get("elsewhere"):
            assert facts(1) != before or "elsewhere" in found
            undoing = undo(batch)
            assert undoing.counts["outcomes"] == {"restore": 1}
            assert commit(undoing).state == "applied"
        assert facts(1) == before
        assert not RollDiscrepancy.objects.filter(state="open").exists()
        transaction.set_rollback(True)
