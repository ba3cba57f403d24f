"""The integration matrix: what counts as carried out, who lags, who may say so and who confirms it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hcims import clock
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from tests.factories import training as made_by
from tests.factories.organisation import UnitFactory
from tests.factories.training_matrix import Made, mark, matrix_at, paper
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World
from training import cells
from training.actions import integration as actions
from training.evidence_files import checked
from training.models import PartTaught, TeachingEvidence
from training.queries import arrears, integration
from training.queries.integration import Look

PDF = SimpleUploadedFile("x.exe", b"%PDF-1.4\nexample")


@pytest.fixture
def made(world: World) -> Made:
    return matrix_at(world.service)


def deed(user: Any, *, days: int = 0) -> dict[str, Any]:
    """Who, on which day, when."""
    return {"by": user, "on": clock.today() + timedelta(days=days), "at": clock.now() + timedelta(days=days)}


def seen(world: World, **look: Any) -> integration.Matrix:
    """The matrix as the Inspector General sees it."""
    found = integration.matrix(
        world.people["inspector-general"], Look(look.pop("on", clock.today()), **look), today=clock.today()
    )
    assert found is not None
    return found


def test_states_of_all_parts_come_back_out_of_one_number() -> None:
    states = (0, 3, 1, 2, 0, 2, 3)
    assert cells.unpacked(sum(state * cells.weight(n) for n, state in enumerate(states)), 7) == states
    assert cells.Cell("x", states).done == 4
    with pytest.raises(ValueError, match="30 parts"):
        cells.weight(30)


def test_a_cell_says_what_is_taught_and_whom_it_waits_for(world: World, made: Made) -> None:
    mark(made, "identity", "taught")
    mark(made, "healing", "assessed", confirmed_by=made.commandant, confirmed_at=clock.now())
    mark(made, "security", "planned")
    mark(made, "leadership", "taught")  # of an older curriculum: no part of it now
    line = seen(world).lines[0]
    cell = line.cells["traffic"]
    by_part = dict(zip([each.code for each in made.place.curriculum.parts], cell.states, strict=True))
    assert by_part["identity"] == cells.TAUGHT
    assert by_part["healing"] == cells.ASSESSED
    assert by_part["security"] == cells.PLANNED
    assert (cell.done, cell.unconfirmed, cell.in_arrears, cell.has_reason) == (2, 1, True, False)
    assert (line.totals.due, line.totals.done, line.totals.without_reason) == (7, 2, 1)


def test_the_matrix_of_a_day_past_is_that_days(world: World, made: Made) -> None:
    mark(made, "identity", "planned", starts_on=date(2020, 1, 5), ends_on=date(2020, 6, 1))
    mark(made, "identity", "taught")
    before = seen(world, on=date(2020, 4, 1)).lines[0].cells["traffic"]
    assert sorted(before.states)[-1] == cells.PLANNED
    assert not before.in_arrears


def test_the_worst_stands_first_and_filters_narrow(world: World, made: Made) -> None:
    good = matrix_at(made.unit, code="TC-2")  # an order of its own, nearer than that of the college above
    for part in good.place.curriculum.parts:
        mark(good, part.code, "taught")
    assert [each.institution.unit.code for each in seen(world).lines] == ["TC-1", "TC-2"]
    assert [each.institution.unit.code for each in seen(world, arrears=True).lines] == ["TC-1"]
    assert [each.institution.unit.code for each in seen(world, state=integration.OPEN).lines] == ["TC-2"]
    assert not seen(world, kind="recruit").courses
    assert [each.course.code for each in arrears.listed(seen(world, arrears=True))] == ["traffic"]


def test_the_nearest_order_binds_and_a_deadline_to_come_leaves_nobody_in_arrears(world: World, made: Made) -> None:
    later = clock.today() + timedelta(days=30)
    made_by.order_to_integrate(world.service, deadline=later)
    unit = UnitFactory(code="TC-3", type="training", line="training", under=world.service)
    made_by.offered(made_by.institution(unit), made_by.course("traffic"))
    lines = {each.institution.unit.code: each for each in seen(world).lines}
    assert lines["TC-1"].binding is not None
    assert lines["TC-1"].binding.deadline < later
    assert lines["TC-1"].cells["traffic"].in_arrears
    assert lines["TC-3"].binding is not None
    assert lines["TC-3"].binding.deadline == later
    assert not lines["TC-3"].cells["traffic"].in_arrears


def test_marking_ends_what_was_said_and_another_person_confirms_it_with_a_paper(made: Made) -> None:
    on = clock.today()
    old = mark(made, "identity", "planned", minutes=0)
    said = {"place": made.place, "parts": ["identity"], "state": "taught", "minutes": 90}
    actions.mark_parts(**said, **deed(made.officer))
    old.refresh_from_db()
    assert old.ends_on == on
    assert actions.mark_parts(**said, **deed(made.officer)) == []  # said already
    with pytest.raises(NotAllowed, match="commandant"):
        actions.confirm_parts(place=made.place, parts=["identity"], **deed(made.officer))
    with pytest.raises(RuleBroken, match="nothing to confirm it by"):
        actions.confirm_parts(place=made.place, parts=["identity"], **deed(made.commandant))
    paper(made, "identity")
    assert actions.confirm_parts(place=made.place, parts=["identity"], **deed(made.commandant)) == 1
    events = list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))
    assert events[-2:] == ["integration-marked", "integration-confirmed"]


def test_who_marked_does_not_confirm_and_no_part_is_taught_in_no_time(world: World, made: Made) -> None:
    mark(made, "identity", "taught", marked_by=made.commandant)
    paper(made)
    with pytest.raises(RuleBroken, match="does not confirm"):
        actions.confirm_parts(place=made.place, parts=["identity"], **deed(made.commandant))
    with pytest.raises(RuleBroken, match="how many minutes"):
        actions.mark_parts(place=made.place, parts=["healing"], state="taught", minutes=0, **deed(made.officer))
    with pytest.raises(RuleBroken, match="no such part"):
        actions.mark_parts(place=made.place, parts=["nothing"], state="planned", minutes=0, **deed(made.officer))
    with pytest.raises(NotAllowed, match="training officer"):
        actions.mark_parts(
            place=made.place, parts=["healing"], state="planned", minutes=0, **deed(world.people["county-commander"])
        )
    assert PartTaught.objects.count() == 1


def test_a_reason_stands_until_its_day_or_its_age_and_only_for_what_is_behind(world: World, made: Made) -> None:
    on = clock.today()
    given = {
        "place": made.place, "reason": "No instructors", "need": "instructors", "need_words": "two",
        "expected_on": on + timedelta(days=200), "is_in_arrears": True,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.give_reason(**given, **deed(made.officer))
    with pytest.raises(RuleBroken, match="not in arrears"):
        actions.give_reason(**{**given, "is_in_arrears": False}, **deed(made.commandant))
    with pytest.raises(RuleBroken, match="a day to come"):
        actions.give_reason(**{**given, "expected_on": on - timedelta(days=1)}, **deed(made.commandant))
    reason = actions.give_reason(**given, **deed(made.commandant))
    assert seen(world).totals.without_reason == 0
    assert integration.is_still_good(reason, on + timedelta(days=89), 90)
    assert not integration.is_still_good(reason, on + timedelta(days=91), 90)
    reason.expected_on = on - timedelta(days=1)
    assert not integration.is_still_good(reason, on, 90)


def office_file(*names: str) -> SimpleUploadedFile:
    """A packed file with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b"0" * 10)
    return SimpleUploadedFile("plan.pdf", out.getvalue())


def test_papers_are_known_by_their_content_and_not_by_their_name() -> None:
    assert checked(PDF).name == "evidence.pdf"
    assert checked(office_file("[Content_Types].xml", "word/document.xml")).name == "evidence.docx"
    assert checked(office_file("[Content_Types].xml", "xl/workbook.xml")).name == "evidence.xlsx"
    refused = {
        "macros": office_file("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        "neither": office_file("notes.txt"),
        "damaged": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 and no more"),
        "Send a PDF": SimpleUploadedFile("a.pdf", b"MZ a programme"),
        "larger": SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * 5_000_001),
    }
    for words, file in refused.items():
        with pytest.raises(ValidationError, match=words):
            checked(file)


def test_a_paper_is_kept_encrypted_and_opened_by_whoever_sees_the_matrix(
    world: World, made: Made, settings: Any
) -> None:
    client = client_of(made.officer)
    PDF.seek(0)
    sent = {"part_code": "identity", "kind": "timetable", "title": "Term 3", "file": PDF}
    assert client.post(f"{made.url}paper/", sent).status_code == 302
    kept = TeachingEvidence.objects.get()
    assert b"%PDF" not in (settings.PRIVATE_FILES_ROOT / kept.file).read_bytes()
    address = f"/training/muamko-mpya/papers/{kept.ref}/"
    answer = client_of(world.people["training-director"]).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4\nexample"
    assert answer["Content-Disposition"].startswith("attachment")
    elsewhere = matrix_at(world.service, code="TC-9", course="investigation")
    assert client_of(elsewhere.officer).get(address).status_code == 404


def test_one_look_names_the_institution_that_lags_and_the_file_holds_every_cell(world: World, made: Made) -> None:
    client = client_of(world.people["inspector-general"])
    page = client.get("/training/muamko-mpya/").content.decode()
    assert "Training College TC-1 (0% carried out, no reason given)" in page
    rows = list(
        csv.reader(
            io.StringIO(b"".join(client.get("/training/muamko-mpya/?format=csv").streaming_content).decode("utf-8-sig"))
        )
    )
    assert rows[1][1] == "TC-1"
    assert rows[1][6:13] == ["None"] * 7
    assert rows[1][15] == "yes"
    assert len(statements_of(client, "/training/muamko-mpya/")) <= 15


def test_the_commandant_marks_confirms_and_explains_by_pages(made: Made) -> None:
    officer, commandant = client_of(made.officer), client_of(made.commandant)
    given = {"parts": ["identity"], "state": "taught", "minutes": "60"}
    assert officer.post(f"{made.url}mark/", given).status_code == 302
    assert officer.post(f"{made.url}mark/", {**given, "minutes": ""}).status_code == 422
    paper(made)
    assert commandant.post(f"{made.url}confirm/", {"parts": ["identity"]}).status_code == 302
    assert PartTaught.objects.get().confirmed_by == made.commandant
    until = clock.today() + timedelta(days=30)
    reason = {"reason": "No rooms", "need": "rooms", "expected_on": until.isoformat()}
    assert commandant.post(f"{made.url}reason/", reason).status_code == 302
    assert "No rooms" in officer.get(made.url).content.decode()
    assert officer.get(f"{made.url}parts/identity/").status_code == 200
    assert officer.get("/training/muamko-mpya/courses/traffic/").status_code == 200
    assert officer.get(f"{made.url}reason/").status_code == 404
