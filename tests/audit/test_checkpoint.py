"""Signed checkpoints, and the two commands that a custodian of them runs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hcims.audit import checkpoint, trail, triggers
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, AuditHead

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def line(**changes: Any) -> str:
    content = json.loads(checkpoint.signed(7, "a" * 64, at=AT, secret="one"))
    return json.dumps({**content, **changes})


def test_a_signed_line_is_read_back() -> None:
    seal = checkpoint.read(line(), key=checkpoint.public_key("one"))
    assert (seal.sequence, seal.hash) == (7, "a" * 64)


@pytest.mark.parametrize("changes", [{"sequence": 6}, {"hash": "b" * 64}, {"at": "2026-01-01"}, {"signature": "AAAA"}])
def test_an_altered_line_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(checkpoint.BadCheckpoint, match="signature"):
        checkpoint.read(line(**changes), key=checkpoint.public_key("one"))


def test_a_line_signed_with_another_key_is_refused() -> None:
    with pytest.raises(checkpoint.BadCheckpoint, match="another key"):
        checkpoint.read(line(), key=checkpoint.public_key("two"))


@pytest.mark.parametrize("text", ["nonsense", "[]", "{}", '{"sequence": 1}'])
def test_what_is_no_checkpoint_is_named_with_its_line(text: str) -> None:
    with pytest.raises(checkpoint.BadCheckpoint, match="line 2: this line is not a checkpoint"):
        checkpoint.read_all(f"{line()}\n{text}\n", key=checkpoint.public_key("one"))


@pytest.fixture
def three_rows(db: None) -> Iterator[None]:
    for number in range(3):
        trail.record(Event.UNIT_CHANGED, target=f"unit{number}", by=None, at=AT)
    yield
    triggers.install(connection)


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("three_rows")
class TestCommands:
    def test_a_sound_trail_is_said_to_be_sound(self, tmp_path: Path) -> None:
        run("export_checkpoint", str(tmp_path / "kept.jsonl"), "--keeper", "NPSC")
        said = run("verify_audit", "--checkpoint", str(tmp_path / "kept.jsonl"))
        assert "4 rows verified, 1 checkpoint(s) met" in said
        assert AuditEvent.objects.order_by("-sequence").first().event == "checkpoint-exported"

    def test_checkpoints_gather_in_one_file(self, tmp_path: Path) -> None:
        for _ in range(3):
            run("export_checkpoint", str(tmp_path / "kept.jsonl"))
        assert len((tmp_path / "kept.jsonl").read_text().splitlines()) == 3
        run("verify_audit", "--checkpoint", str(tmp_path / "kept.jsonl"))

    def test_an_altered_row_is_named_and_the_command_fails(self) -> None:
        triggers.remove(connection)
        AuditEvent.objects.filter(sequence=2).update(office="Somebody else")
        out = io.StringIO()
        with pytest.raises(CommandError, match="not as it was written"):
            call_command("verify_audit", stdout=out)
        assert "row 2: altered" in out.getvalue()

    def test_cutting_off_the_newest_rows_is_noticed_by_the_checkpoint(self, tmp_path: Path) -> None:
        kept = tmp_path / "kept.jsonl"
        run("export_checkpoint", str(kept))
        triggers.remove(connection)
        AuditEvent.objects.filter(sequence__gte=3).delete()
        left = AuditEvent.objects.get(sequence=2)
        AuditHead.objects.update(sequence=2, hash=left.hash)  # whoever cuts rows off winds the head back too
        run("verify_audit")  # the chain alone cannot know
        out = io.StringIO()
        with pytest.raises(CommandError):
            call_command("verify_audit", "--checkpoint", str(kept), stdout=out)
        assert "row 2: cut-off" in out.getvalue()
        with pytest.raises(CommandError, match="Nothing was added"):
            run("export_checkpoint", str(kept))
        assert len(kept.read_text().splitlines()) == 1

    def test_a_row_put_after_the_head_is_noticed(self) -> None:
        last = AuditEvent.objects.get(sequence=3)
        forged = AuditEvent(sequence=4, at=AT, event="unit-changed", target_kind="x", previous_hash=last.hash)
        forged.hash = forged.computed_hash()
        forged.save(force_insert=True)
        out = io.StringIO()
        with pytest.raises(CommandError):
            call_command("verify_audit", stdout=out)
        assert "row 4: inserted" in out.getvalue()

    def test_a_missing_file_is_a_plain_message(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read"):
            run("verify_audit", "--checkpoint", str(tmp_path / "nowhere"))

    def test_the_public_key_alone_verifies(self, tmp_path: Path, settings: Any) -> None:
        said = run("export_checkpoint", str(tmp_path / "kept.jsonl"))
        key = said.rsplit(" ", 1)[1].strip()
        settings.AUDIT_SIGNING_KEY = "a custodian has no secret"
        run("verify_audit", "--checkpoint", str(tmp_path / "kept.jsonl"), "--public-key", key)
        with pytest.raises(CommandError, match="another key"):
            run("verify_audit", "--checkpoint", str(tmp_path / "kept.jsonl"))
