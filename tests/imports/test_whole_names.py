"""A column of whole names: its order is asked, remembered for the file, and never guessed."""

import pytest
from django.urls import reverse

from hcims.imports.cells import split_name
from hcims.imports.models import ImportBatch
from hcims.imports.problems import CellProblem
from personnel.models import Officer
from tests.factories.roll_rows import HEADINGS, row, write_csv
from tests.imports.test_pages import page_of, post, upload
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db
COLUMNS = [
    "service_number",
    "surname",
    *[name for name in HEADINGS if name not in ("service_number", "surname", "other_names")],
]


@pytest.fixture
def hr(world):
    return client_of(world.people["hr-officer"])


def listed(tmp_path, *names, heading="NAME OF OFFICER"):
    """A list whose second column holds whole names."""
    rows = [row(number, surname=name) for number, name in enumerate(names, start=1)]
    text = write_csv(tmp_path / "names.csv", rows, COLUMNS).read_text()
    return text.replace(HEADINGS["surname"], heading, 1).encode()


def asked(hr, tmp_path, *names, **options):
    upload(hr, tmp_path, [], content=listed(tmp_path, *names, **options))
    batch = ImportBatch.objects.latest("pk")
    assert (batch.state, [each["id"] for each in batch.questions]) == ("asking", ["names:full_name"])
    return batch


@pytest.mark.parametrize("heading", ["Name", "NAMES", "Full Name", "Name of Officer", "Jina"])
def test_the_order_is_asked_with_both_readings(hr, tmp_path, heading):
    page = page_of(hr, asked(hr, tmp_path, "OTIENO Grace Achieng", "MWANGI Peter", heading=heading))
    assert "surname OTIENO, other names Grace Achieng" in page
    assert "surname Achieng, other names OTIENO Grace" in page


@pytest.mark.parametrize(("answer", "names"), [
    ("surname-first", ("OTIENO", "Grace Achieng")), ("surname-last", ("Achieng", "OTIENO Grace"))])  # fmt: skip
def test_both_orders(hr, tmp_path, answer, names):
    batch = asked(hr, tmp_path, "OTIENO  Grace Achieng")
    post(hr, "answer", batch, **{"names:full_name": answer})
    assert batch.state == "ready"
    post(hr, "confirm", batch)
    officer = Officer.objects.get(service_number="100001")
    assert (officer.surname, officer.other_names) == names


def test_left_out_the_names_on_record_stay(hr, tmp_path, world):
    before = Officer.objects.get(pk=world.officer.pk)
    text = f"Service number,Name,Unit\n{before.service_number},Quite Another,PS-NYALI\n"
    upload(hr, tmp_path, [], content=text.encode())
    batch = ImportBatch.objects.get()
    post(hr, "answer", batch, **{"names:full_name": "leave-out"})
    moved = batch.rows.get(outcome="elsewhere")
    assert "surname" not in moved.after


def test_one_name_alone_is_rejected_once_under_its_own_heading(hr, tmp_path):
    batch = asked(hr, tmp_path, "OTIENO Grace", "Madonna")
    post(hr, "answer", batch, **{"names:full_name": "surname-first"})
    assert batch.rows.get(outcome="rejected").problems == [["full_name", "one-name", {}]]
    assert hr.get(reverse("imports:rejects", args=[batch.ref])).status_code == 200


def test_the_answer_can_be_taken_back(hr, tmp_path):
    batch = asked(hr, tmp_path, "OTIENO Grace")
    post(hr, "answer", batch, **{"names:full_name": "surname-first"})
    columns = {f"column:{index}": name or "-" for index, (_heading, name) in enumerate(batch.heading["columns"])}
    post(hr, "read_again", batch, ask_again="on", **columns)
    assert (batch.state, [each["id"] for each in batch.questions]) == ("asking", ["names:full_name"])


def test_one_column_for_two_headings_is_refused_with_words(hr, tmp_path):
    batch = asked(hr, tmp_path, "OTIENO Grace")
    post(hr, "answer", batch, **{"names:full_name": "surname-first"})
    before = batch.heading
    twice = {f"column:{index}": "unit" for index in range(len(before["columns"]))}
    page = hr.post(reverse("imports:read_again", args=[batch.ref]), twice, follow=True).content.decode()
    assert "Two columns cannot both be “Unit”." in page
    batch.refresh_from_db()
    assert (batch.state, batch.heading) == ("ready", before)


def test_columns_of_their_own_go_before(hr, tmp_path):
    text = "Service number,Surname,Other names,Full name\n100001,Otieno,Grace,Grace Otieno\n"
    upload(hr, tmp_path, [], content=text.encode())
    assert ImportBatch.objects.get().state == "ready"


@pytest.mark.parametrize(("text", "order", "names"), [
    ("OTIENO, Grace Achieng", "surname-last", ("OTIENO", "Grace Achieng")),
    ("ole Sankan, Peter", "surname-first", ("ole Sankan", "Peter")),
    ("Grace Achieng Otieno", "surname-last", ("Otieno", "Grace Achieng")),
])  # fmt: skip
def test_split(text, order, names):
    assert split_name(text, order) == names


@pytest.mark.parametrize("text", ["Otieno", "Otieno,", ", Grace"])
def test_one_name_is_no_whole_name(text):
    with pytest.raises(CellProblem):
        split_name(text, "surname-first")


def test_totals_with_a_count_in_the_place_of_the_number_are_passed_over(hr, tmp_path):
    text = "Service number,Surname,Other names,Sex,Rank,Unit\n" + "".join(
        f"{number},Otieno,Grace,F,PC,PS-NYALI\n" for number in (100001, 100002)
    )
    upload(hr, tmp_path, [], content=(text + "2,GRAND TOTAL,,,,\n100003,Total,Grace,F,PC,PS-NYALI\n").encode())
    batch = ImportBatch.objects.get()
    post(hr, "answer", batch, **{"zeros:service_number": "as-they-are"})
    assert batch.counts["outcomes"]["new"] == 3
    assert "rejected" not in batch.counts["outcomes"]
    assert batch.counts["passed"] == [{"row": 4, "text": "2 GRAND TOTAL"}]


def test_a_heading_in_doubt_is_asked_with_cells_of_its_column(hr, tmp_path):
    text = "Service number,Surname,Other names,Sex,Current Rnk,Unit,Remarks\n100001,Otieno,Grace,F,PC,PS-NYALI,\n"
    upload(hr, tmp_path, [], content=text.encode())
    batch = ImportBatch.objects.get()
    assert "What is the column “Current Rnk” with PC? It looks like “Rank”." in page_of(hr, batch)
    assert post(hr, "answer", batch).status_code == 422, "an open question is no answer"
    post(hr, "answer", batch, **{"column:4": "rank"})
    assert batch.counts["outcomes"]["new"] == 1
    assert "Columns that are not used: Remarks." in page_of(hr, batch)
