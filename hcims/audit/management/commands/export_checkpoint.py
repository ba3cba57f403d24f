"""`manage.py export_checkpoint FILE`: adds a signed line to FILE saying where the trail stands. Keep FILE elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hcims import clock
from hcims.audit import actions, checkpoint, reading


class Command(BaseCommand):
    help = (
        "Verify the trail against FILE's earlier checkpoints, then add a new signed one to it. Without earlier lines, "
        "FILE is made. Prints the public key to give to whoever keeps the file."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keeper", default="", help="who keeps the file; goes into the trail")

    def handle(self, *args: Any, file: Path, keeper: str, **options: Any) -> None:
        key = checkpoint.public_key(settings.AUDIT_SIGNING_KEY)
        earlier = file.read_text(encoding="utf-8") if file.exists() else ""
        try:
            seals = checkpoint.read_all(earlier, key=key)
        except checkpoint.BadCheckpoint as error:
            raise CommandError(f"{file}: {error}. Nothing was added.") from error
        verdict = reading.verify_trail(seals)
        if not verdict.is_sound:
            for divergence in verdict.divergences:
                self.stdout.write(str(divergence))
            raise CommandError("The trail is not as it was written; no checkpoint vouches for it. Nothing was added.")
        line = actions.take_checkpoint(by=None, at=clock.now(), keeper=keeper)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(line + "\n")
        self.stdout.write(f"Checkpoint {len(seals) + 1} added to {file}. Public key: {key}")
