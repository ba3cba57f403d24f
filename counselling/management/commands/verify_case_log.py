"""`manage.py verify_case_log [--stood "47 3fa9…"]`: says whether the case log is as it was written; exits 1 when not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from counselling.queries import case_log
from hcims.audit.verify import Seal


class Command(BaseCommand):
    help = "Verify the log of counselling cases. Prints where it stands: keep that line elsewhere and give it the next time."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--stood", action="append", default=[], help="a line that an earlier run printed: number, hash"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = case_log.verify_log([self._seal(line) for line in options["stood"]])
        for divergence in verdict.divergences:
            self.stdout.write(str(divergence))
        if not verdict.is_sound:
            raise CommandError(
                f"The case log is not as it was written: {len(verdict.divergences)} divergence(s) above."
            )
        head = case_log.head()
        self.stdout.write(f"{verdict.rows:,} rows verified. The case log is as it was written. It stands at:")
        self.stdout.write(f"{head.sequence} {head.hash}")

    def _seal(self, line: str) -> Seal:
        number, _space, value = line.strip().partition(" ")
        if not number.isdecimal() or len(value) != 64:
            raise CommandError(f"{line!r}: give the number and the hash that an earlier run printed.")
        return Seal(int(number), value, "the line you gave")
