"""`manage.py verify_audit [--checkpoint FILE]`: says whether the trail is as it was written; exits 1 when it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hcims.audit import checkpoint, reading


class Command(BaseCommand):
    help = "Verify the audit trail. Names rows that were altered, removed or moved; with checkpoints, cut-off rows too."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a file of signed checkpoints")
        parser.add_argument("--public-key", default="", help="base64; without it the key of this installation")
        parser.add_argument("--limit", type=int, default=20, help="how many divergences to report")

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["public_key"] or checkpoint.public_key(settings.AUDIT_SIGNING_KEY)
        seals = []
        for path in options["checkpoint"]:
            try:
                seals += checkpoint.read_all(path.read_text(encoding="utf-8"), key=key)
            except OSError as error:
                raise CommandError(f"{path}: cannot be read ({error.strerror}).") from error
            except checkpoint.BadCheckpoint as error:
                raise CommandError(f"{path}: {error}.") from error
        verdict = reading.verify_trail(seals, limit=options["limit"])
        for divergence in verdict.divergences:
            self.stdout.write(str(divergence))
        if not verdict.is_sound:
            raise CommandError(f"The trail is not as it was written: {len(verdict.divergences)} divergence(s) above.")
        against = f", {len(seals)} checkpoint(s) met" if seals else ""
        self.stdout.write(f"{verdict.rows:,} rows verified{against}. The trail is as it was written.")
