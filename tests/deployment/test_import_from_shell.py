"""`manage.py import_roll`: answers that are mistyped, looks that leave nothing behind, and a shell that is stopped."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from hcims.imports import shell, work
from hcims.imports.models import ImportBatch
from personnel.models import Officer
from tests.factories.roll_rows import row, write_csv
from tests.factories.rolls import AT, read_roll

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "answer",
    ["dates:arrived_on=mdyy", "dates:arrived=mdy", "order=mdy", "zeros:service_number=six", "column:4=nothing",
     "names:full_name=first", "need:service_number=Payroll No", "swapped:born_on=maybe", "sheet:1=Roll"],
)  # fmt: skip
def test_a_mistyped_answer_is_refused(world, tmp_path, answer):
    path = write_csv(tmp_path / "roll.csv", [row(1, arrived_on="01/03/2016")])
    with pytest.raises(CommandError, match="answers nothing"):
        call_command("import_roll", path, on="2026-10-31", answer=[answer])
    assert not ImportBatch.objects.exists()


def test_a_sheet_that_is_not_there_is_refused(world, tmp_path, capsys):
    path = write_csv(tmp_path / "roll.csv", [row(1)])
    with pytest.raises(SystemExit) as ended:
        call_command("import_roll", path, on="2026-10-31", answer=["sheet=Kwale"], json=True)
    assert ended.value.code == 1
    assert "no list on a sheet “Kwale”" in json.loads(capsys.readouterr().out)["refusal"]


def test_a_second_look_at_the_same_file_takes_the_first_away(world, tmp_path, capsys):
    path = write_csv(tmp_path / "roll.csv", [row(1, arrived_on="01/03/2016")])
    with pytest.raises(SystemExit) as ended:
        call_command("import_roll", path, on="2026-10-31")
    assert ended.value.code == 2
    assert "--answer dates:arrived_on=mdy" in capsys.readouterr().out
    call_command("import_roll", path, on="2026-10-31", answer=["dates:arrived_on=mdy"])
    call_command("import_roll", path, on="2026-10-31", answer=["dates:arrived_on=mdy"], commit=True)
    assert list(ImportBatch.objects.order_by("pk").values_list("state", flat=True)) == [
        "withdrawn", "withdrawn", "applied",
    ]  # fmt: skip
    assert Officer.objects.filter(service_number="100001").exists()


def test_a_shell_that_is_stopped_leaves_nothing_half_done(world, monkeypatch):
    def stopped(*args, **kwargs):
        raise KeyboardInterrupt

    batch = read_roll([row(1)])
    with monkeypatch.context() as patch:
        patch.setattr(work, "apply", stopped)
        with pytest.raises(KeyboardInterrupt):
            shell.commit(batch, at=AT)
    batch.refresh_from_db()
    assert batch.state == "ready"  # not applying for ever, in the way of every other list
    assert shell.commit(batch, at=AT).state == "applied"
