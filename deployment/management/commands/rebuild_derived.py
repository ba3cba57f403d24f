"""`manage.py rebuild_derived`: writes every derived row again from the dated rows it stands for, and says what differed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from deployment.actions.derived import rebuild_units
from hcims import clock
from organisation.closure import rebuild_closure
from personnel.actions.derived import rebuild_ranks


class Command(BaseCommand):
    help = "Rebuild the closure of the command tree and the officers' unit and rank from the dated rows."

    def handle(self, *args: Any, **options: Any) -> None:
        on = clock.today()
        for what, differed in (
            ("rows of the command tree's closure", rebuild_closure()),
            ("officers' units", rebuild_units(on=on)),
            ("officers' ranks", rebuild_ranks(on=on)),
        ):
            self.stdout.write(f"{what}: {differed} differed")
