"""`manage.py make_receiving_key FILE`: a fresh key pair; the private half goes into the file, the public one to the phones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from counselling.actions.phones import change_receiving_key
from counselling.envelopes import new_private_key, point_of
from counselling.receiving import file_of, keys_in
from hcims import clock


class Command(BaseCommand):
    help = (
        "Make the key to which phones seal contacts of peer support. The private half is written to FILE (default: "
        "HCIMS_RECEIVING_KEY_FILE), readable by its owner alone; older keys in it stay, because phones that were not "
        "online since still seal to them. Run it where the receiving worker runs, and keep a copy of the file in a safe."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", default=settings.RECEIVING_KEY_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"]:
            raise CommandError("Name the file for the private key, or set HCIMS_RECEIVING_KEY_FILE.")
        path = Path(options["file"])
        try:
            older = keys_in(path) if path.exists() else []
            key = new_private_key()
            _write(path, file_of([key, *older]))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be used as a file of private keys: {error}") from error
        # The file first: a public key whose private half was lost would swallow contacts.
        change_receiving_key(point=point_of(key), at=clock.now(), on=clock.today())
        self.stdout.write(f"Phones now seal to a fresh key. Its private half is in {path}.")


def _write(path: Path, content: str) -> None:
    draft = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(content)
    draft.replace(path)
