"""The nominal roll: what is read, what is compared, what is written, and that nothing else is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deployment import lookups
from deployment.models import Duty, Posting
from hcims.audit.models import AuditEvent
from hcims.imports import queries, shell, work
from hcims.imports.models import ImportBatch, StagedRow
from hcims.imports.problems import CellProblem
from personnel.models import Officer, QualificationHeld, RankHolding, SkillHeld
from tests.factories.deployment import PostingFactory
from tests.factories.organisation import EstablishmentLineFactory
from tests.factories.rolls import apply_roll, read_roll, row

pytestmark = pytest.mark.django_db


def outcomes(batch):
    return {name: count for name, count in batch.counts["outcomes"].items() if count}


def problems(batch):
    return [(each.row, *problem[:2]) for each in batch.rows.filter(outcome="rejected") for problem in each.problems]


def officer(number):
    return Officer.objects.get(service_number=f"{100000 + number:06d}")


def test_new_officers_are_entered_with_all_that_the_row_says(world):
    batch = apply_roll([row(1, rank="Corporal", post_skill="driving-b", duty="Driver")])
    assert batch.state == "applied"
    assert batch.counts["applied"] == {"new": 1, "changed": 0}
    entered = officer(1)
    assert (entered.surname, entered.sex, entered.born_on) == ("Otieno", "F", date(1990, 4, 17))
    assert (entered.national_id, entered.kra_pin, entered.phone) == ("20000001", "A000000001Z", "+254700000001")
    assert (entered.bank_account, entered.personal_email) == ("1100000001", "officer1@example.org")
    assert (entered.home_county.name, entered.unit.code, entered.rank.code) == ("Kilifi", "PS-BAMBA", "CPL")
    posting = Posting.objects.get(officer=entered)
    assert (posting.duty.code, posting.post_rank.code, posting.post_skill.code) == ("driver", "CPL", "driving-b")
    assert (posting.starts_on, posting.start_known, posting.ends_on) == (date(2024, 2, 15), True, None)
    holding = RankHolding.objects.get(officer=entered)
    assert (holding.rank.code, holding.starts_on, holding.start_known) == ("CPL", date(2012, 3, 1), True)
    assert [each.skill.code for each in SkillHeld.objects.filter(officer=entered)] == ["somali"]
    assert [each.qualification.code for each in QualificationHeld.objects.filter(officer=entered)] == ["diploma"]
    assert Officer.objects.filter(national_id_index=entered.national_id_index).count() == 1


def test_the_record_keeps_its_history(world):
    apply_roll([row(1)])
    entered = officer(1)
    assert [(each.history_type, each.surname) for each in entered.history.all()] == [("+", "Otieno")]
    apply_roll([row(1, surname="Odhiambo", unit="PS-NYALI", arrived_on="2026-09-01")])
    assert [(each.history_type, each.surname) for each in entered.history.all()] == [("~", "Odhiambo"), ("+", "Otieno")]
    assert entered.history.first().national_id == "20000001"
    assert entered.postings.get().history.count() == 1  # no roll moves anybody
    apply_roll([row(1, surname="Odhiambo", duty="crime")])
    before, now = entered.postings.order_by("starts_on")  # another duty goes on in a posting of its own
    assert [(each.duty.code, each.ends_on, each.history.count()) for each in (before, now)] == [
        ("general", date(2026, 10, 31), 2), ("crime", None, 1),
    ]  # fmt: skip


def test_no_clear_text_of_an_encrypted_column_is_staged(world):
    read_roll([row(1), row(2, phone="0799"), row(3, national_id="20O00003", sex="X")])
    for staged in StagedRow.objects.values("after", "before", "problems", "notes", "sealed", "label", "key"):
        text = str(staged)
        for secret in (
            "20000001",
            "A000000001Z",
            "700000001",
            "1100000001",
            "officer1",
            "0799",
            "20O00003",
            "20000003",
        ):
            assert secret not in text


def test_the_same_file_again_changes_nothing(world):
    apply_roll([row(number) for number in range(1, 30)])
    before = {model: model.objects.count() for model in (Officer, Posting, RankHolding, SkillHeld, StagedRow)}
    changes = Officer.history.count(), Posting.history.count(), RankHolding.history.count()
    batch = apply_roll([row(number) for number in range(1, 30)])
    # The two officers of the small service are not in the file.
    assert outcomes(batch) == {"unchanged": 29, "missing": 2}
    before[StagedRow] += 2
    assert {model: model.objects.count() for model in before} == before
    assert (Officer.history.count(), Posting.history.count(), RankHolding.history.count()) == changes


def test_cells_that_differ_are_changed_and_no_others(world):
    apply_roll([row(1), row(2)])
    batch = apply_roll([row(1, bank_branch="Mombasa", phone="0711111111"), row(2)])
    assert outcomes(batch) == {"changed": 1, "unchanged": 1, "missing": 2}
    staged = batch.rows.get(outcome="changed")
    assert staged.before["bank_branch"] == "Kilifi"
    assert set(staged.before) == {"bank_branch", "phone"}
    assert (officer(1).bank_branch, officer(1).phone, officer(1).surname) == ("Mombasa", "+254711111111", "Otieno")


def test_a_blank_cell_keeps_and_an_absent_column_keeps(world):
    apply_roll([row(1)])
    apply_roll([row(1, bank_branch="", born_on="", home_county="", phone="")])
    assert (officer(1).bank_branch, officer(1).born_on) == ("Kilifi", date(1990, 4, 17))
    batch = apply_roll([row(1, surname="Odhiambo")], columns=["service_number", "surname"])
    assert outcomes(batch) == {"changed": 1, "missing": 2}
    assert (officer(1).surname, officer(1).unit.code, officer(1).phone) == ("Odhiambo", "PS-BAMBA", "+254700000001")


def test_a_blank_cell_clears_only_where_somebody_said_so(world):
    apply_roll([row(1)])
    blank = row(1, bank_branch="", born_on="", home_county="", phone="", kra_pin="", bank_name="")
    batch = apply_roll([blank], clears=["bank_branch", "born_on", "home_county", "phone", "kra_pin", "unit"])
    assert outcomes(batch) == {"changed": 1, "missing": 2}
    cleared = officer(1)
    assert (cleared.bank_branch, cleared.born_on, cleared.home_county, cleared.phone) == ("", None, None, "")
    assert (cleared.kra_pin, cleared.kra_pin_index) == ("", None)
    assert (cleared.bank_name, cleared.unit.code) == ("KCB", "PS-BAMBA")
    assert outcomes(apply_roll([blank], clears=["bank_branch", "born_on", "phone"])) == {"unchanged": 1, "missing": 2}


def test_an_officer_shown_elsewhere_is_not_moved(world):
    apply_roll([row(1)])
    batch = apply_roll([row(1, unit="Nyali Police Station", arrived_on="2026-09-01", duty="crime")])
    assert outcomes(batch) == {"elsewhere": 1, "missing": 2}
    posting = officer(1).postings.get()
    assert (posting.unit.code, posting.ends_on, posting.duty.code) == ("PS-BAMBA", None, "general")
    assert officer(1).unit.code == "PS-BAMBA"


def test_a_promotion_is_dated_and_the_post_follows(world):
    apply_roll([row(1)])
    apply_roll([row(1, rank="CPL", rank_on="2026-07-01")])
    old, new = officer(1).rank_holdings.order_by("starts_on")
    assert (old.rank.code, old.ends_on, new.rank.code) == ("PC", date(2026, 7, 1), "CPL")
    before, now = officer(1).postings.order_by("starts_on")  # last year's page counts the post of last year
    assert (officer(1).rank.code, before.post_rank.code, now.post_rank.code) == ("CPL", "PC", "CPL")
    assert (now.arrived_on, now.tenure_since) == (before.starts_on, before.starts_on)


def test_an_unknown_arrival_is_unknown_and_can_be_learnt(world):
    apply_roll([row(1, arrived_on="", rank_on="")])
    posting = officer(1).postings.get()
    assert (posting.start_known, posting.starts_on) == (False, date(2026, 10, 31))
    assert not officer(1).rank_holdings.get().start_known
    assert outcomes(read_roll([row(1, arrived_on="", rank_on="")])) == {"unchanged": 1, "missing": 2}
    apply_roll([row(1, arrived_on="2023-05-01", rank_on="2013-03-01")])
    posting.refresh_from_db()
    assert (posting.start_known, posting.starts_on) == (True, date(2023, 5, 1))


def test_rejected_rows_never_block_the_others(world):
    batch = apply_roll([row(1), row(2, unit="PS-NOWHERE"), row(3, rank="Colonel"), row(4, sex=""), row(5)])
    assert outcomes(batch) == {"new": 2, "rejected": 3, "missing": 2}
    assert problems(batch) == [(3, "unit", "unknown"), (4, "rank", "unknown"), (5, "sex", "missing")]
    assert Officer.objects.filter(surname="Otieno").count() == 2


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kra_pin": "AO00000001Z"}, ("kra_pin", "look-alike")),
        ({"national_id": "12"}, ("national_id", "shape")),
        ({"service_number": "1O2345"}, ("service_number", "look-alike")),
        ({"born_on": "31/02/1990"}, ("born_on", "no-such-day")),
        ({"arrived_on": "2027-01-01"}, ("arrived_on", "too-late")),
        ({"enlisted_on": "2000-01-01", "rank_on": "", "arrived_on": ""}, ("enlisted_on", "too-young")),
        ({"rank_on": "2010-01-01"}, ("rank_on", "before-enlisted")),
        ({"phone": "12"}, ("phone", "shape")),
        ({"personal_email": "nobody"}, ("personal_email", "shape")),
        ({"surname": "Иванов"}, ("surname", "letters")),
        ({"surname": ""}, ("surname", "missing")),
        ({"unit": "Bamba Polise Station"}, ("unit", "maybe")),
        ({"languages": "somali; klingon"}, ("languages", "unknown")),
    ],
)
def test_what_is_rejected(world, changes, problem):
    batch = read_roll([row(1, **changes)])
    assert [each[1:] for each in problems(batch)] == [problem]


def test_one_number_on_two_rows_rejects_both(world):
    batch = read_roll([row(1), row(2), row(1, surname="Other")])
    assert problems(batch) == [(2, "service_number", "twice"), (4, "service_number", "twice")]
    assert outcomes(batch)["new"] == 1


def test_an_identifier_belongs_to_one_officer(world):
    batch = read_roll([row(1), row(2, national_id="20000001")])
    assert problems(batch) == [(2, "national_id", "twice"), (3, "national_id", "twice")]
    apply_roll([row(1)])
    # Whose number it is on record may keep it: his row says nothing new.
    batch = read_roll([row(1), row(2, national_id="20000001")])
    assert (problems(batch), outcomes(batch)["unchanged"]) == ([(3, "national_id", "twice")], 1)
    batch = read_roll([row(2, national_id="20000001")])
    assert problems(batch) == [(2, "national_id", "held-by-another")]


def test_a_lower_rank_is_told_and_a_higher_one_is_not(world):
    apply_roll([row(1, rank="SGT"), row(2, rank="CPL")])
    days = {"rank_on": "2026-09-01"}
    batch = read_roll([row(1, rank="CPL", **days), row(2, rank="SGT", **days)])
    assert [each.notes for each in batch.rows.filter(outcome="changed").order_by("row")] == [[["lower-rank", {}]], []]


def test_no_other_number_is_proposed_for_a_code():
    names = lookups.fixed({"PS-0817": ["Bamba Police Post 2"]})
    for text, code in (("PS-0017", "unknown"), ("Bamba Polise Post 2", "maybe"), ("Bamba Police Post 3", "unknown")):
        with pytest.raises(CellProblem) as found:
            names.find(text)
        assert found.value.code == code


def test_officers_missing_from_the_file_are_only_listed(world):
    batch = apply_roll([row(1)])
    missing = set(batch.rows.filter(outcome="missing").values_list("key", flat=True))
    assert missing == {world.officer.service_number, world.other_officer.service_number}
    assert Officer.objects.get(pk=world.officer.pk).unit == world.station


def test_a_row_older_than_a_later_posting_is_rejected(world):
    apply_roll([row(1)])
    officer(1).postings.update(ends_on=date(2026, 9, 1))
    PostingFactory(officer=officer(1), unit=world.other_station, starts_on=date(2026, 9, 1))
    for said in ({"duty": "crime"}, {"unit": "PS-NYALI"}):
        batch = read_roll([row(1, **said)], on=date(2026, 6, 30))
        assert problems(batch) == [(2, "unit", "older")]


def test_a_field_edited_after_the_roll_s_day_is_not_overwritten(world):
    apply_roll([row(1), row(2)])
    edited = officer(1)
    edited.surname = "Odhiambo"
    edited.save()
    edited.history.filter(surname="Odhiambo").update(history_date="2026-11-15T09:00:00Z")
    batch = read_roll([row(1), row(2, surname="Mutua")])
    assert problems(batch) == [(2, "surname", "edited")]
    assert outcomes(batch) == {"rejected": 1, "changed": 1, "missing": 2}
    # What that edit did not touch is free to change, and a later roll may change all.
    assert outcomes(read_roll([row(1, surname="", bank_branch="Voi")]))["changed"] == 1
    later = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert outcomes(read_roll([row(1)], on=date(2026, 11, 20), at=later))["changed"] == 1


def test_a_mended_roll_of_the_same_day_is_not_older(world):
    apply_roll([row(1)])
    assert outcomes(apply_roll([row(1, surname="Odhiambo")]))["changed"] == 1


def test_over_strength_rows_come_in_flagged(world):
    EstablishmentLineFactory(unit=world.station, posts=2)
    batch = apply_roll([row(1), row(2)])
    assert batch.counts["over"] == [{"unit": "PS-BAMBA", "rank": "PC", "skill": "", "posts": 2, "holders": 3}]
    assert Posting.objects.filter(unit=world.station, ends_on=None).count() == 3


def test_one_event_with_count_and_digest(world):
    start = AuditEvent.objects.count()
    batch = apply_roll([row(number) for number in range(1, 20)])
    events = AuditEvent.objects.order_by("sequence")[start:]
    applied = [each for each in events if each.event == "import-applied"]
    assert len(applied) == 1
    assert '"new":19' in applied[0].details
    assert batch.sha256 in applied[0].details
    assert not any(each.event == "officer-entered" for each in events)


def test_an_ambiguous_date_is_asked(world):
    batch = read_roll([row(1, arrived_on="01/03/2016"), row(2, arrived_on="02/04/2017")])
    assert batch.state == "asking"
    assert [each["id"] for each in batch.questions] == ["dates:arrived_on"]
    batch = read_roll([row(1, arrived_on="01/03/2016")], answers={"dates:arrived_on": "dmy"})
    assert batch.rows.get(outcome="new").after["posting_from"] == "2016-03-01"


def test_a_row_without_a_number_is_rejected_and_says_so(world):
    batch = read_roll([row(1), row(2, service_number="")])
    assert batch.rows.get(outcome="rejected").problems == [["service_number", "missing", {}]]


def test_lost_zeros_are_asked(world):
    batch = read_roll([row(1, service_number="7123"), row(2, service_number="17124")])
    assert [each["id"] for each in batch.questions] == ["zeros:service_number"]
    assert 6 in batch.questions[0]["widths"]
    batch = read_roll(
        [row(1, service_number="7123"), row(2, service_number="17124")], answers={"zeros:service_number": "6"}
    )
    assert set(batch.rows.filter(outcome="new").values_list("key", flat=True)) == {"007123", "017124"}


def test_lines_that_are_no_rows_are_passed_over_and_named(world):
    rows = [row(1), {}, {"service_number": "KILIFI COUNTY"}, row(2), {"service_number": "Total", "surname": "2"},
            {"service_number": "Service number", "surname": "Surname", "rank": "Rank"}]  # fmt: skip
    batch = read_roll(rows)
    assert outcomes(batch) == {"new": 2, "missing": 2}
    assert [each["row"] for each in batch.counts["passed"]] == [4, 6, 7]


def test_what_is_applied_was_read_from_the_same_record(world):
    """Two people at once: the second is told, and looks again."""
    first, second = read_roll([row(1)]), read_roll([row(1, surname="Second"), row(2)])
    shell.commit(first, at=first.read_at)
    again = shell.commit(second, at=first.read_at)
    assert again.state == "ready"
    assert again.notes[0][0] in ("overtaken", "stale")
    assert outcomes(again) == {"changed": 1, "new": 1, "missing": 2}
    assert officer(1).surname == "Otieno"


def test_a_record_edited_since_the_preview_is_looked_at_again(world):
    apply_roll([row(1), row(2)])
    batch = read_roll([row(1, surname="Mutua"), row(2, surname="Kilonzo")])
    edited = officer(1)
    edited.surname = "Odhiambo"
    edited.save()
    again = shell.commit(batch, at=batch.read_at)
    assert (again.state, again.notes) == ("ready", [["stale", {"count": 1}]])
    assert officer(2).surname == "Otieno"


def test_files_are_kept_sealed_and_go_when_it_is_over(world):
    batch = read_roll([row(1)])
    path = Path(batch.file.path)
    assert b"20000001" not in path.read_bytes()
    assert batch.file.read().startswith(b"Service number")
    shell.commit(batch, at=batch.read_at)
    assert not ImportBatch.objects.get().file


def test_the_very_same_file_is_not_even_read_while_nobody_wrote(world, monkeypatch):
    Officer.objects.update(exited_on=date(2026, 1, 1), exit_reason="resignation")  # nobody is missing from the file
    rows = [row(number) for number in range(1, 6)]
    later = datetime(2100, 1, 1, tzinfo=UTC)  # after all that the small service has on record
    apply_roll(rows, at=later)
    read = []
    monkeypatch.setattr(work, "reading", lambda *args: read.append(args))
    again = read_roll(rows, at=later)
    assert (outcomes(again), read) == ({"unchanged": 5}, [])
    assert [each[1] for each in queries.unchanged_rows(again)] == [f"{100000 + number:06d}" for number in range(1, 6)]
    assert again.counts["places"] == {"PS-BAMBA": {"unchanged": 5}}


@pytest.mark.parametrize("what", ["officer", "posting", "unit"])
def test_the_very_same_file_is_read_once_somebody_wrote(world, what):
    Officer.objects.update(exited_on=date(2026, 1, 1), exit_reason="resignation")  # nobody is missing from the file
    apply_roll([row(1), row(2)])
    if what == "officer":
        edited = officer(1)
        edited.surname = "Odhiambo"
        edited.save()
    elif what == "posting":
        posting = officer(1).postings.get()
        posting.duty = Duty.objects.get(code="crime")
        posting.save()
    else:
        world.station.closed_on = date(2026, 10, 1)
        world.station.save()
    assert outcomes(read_roll([row(1), row(2)])) != {"unchanged": 2}


def test_a_list_in_capitals_changes_no_name(world):
    apply_roll([row(1, surname="Otieno", other_names="Grace Achieng")])
    shouted = read_roll([row(1, surname="OTIENO", other_names="GRACE ACHIENG")])
    assert shouted.counts["outcomes"]["unchanged"] == 1
    spelt = read_roll([row(1, surname="OTieno", other_names="GRACE")])
    changed = spelt.rows.get(outcome="changed")
    assert {name: changed.after[name] for name in ("surname", "other_names")} == {
        "surname": "OTieno",
        "other_names": "GRACE",
    }
