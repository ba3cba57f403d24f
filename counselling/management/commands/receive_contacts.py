"""`manage.py receive_contacts`: opens the contacts that phones have sent. For a timer on a machine of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from counselling.actions.contacts import receive_contacts
from counselling.receiving import keys_in
from hcims import clock


class Command(BaseCommand):
    help = (
        "Open the contacts that phones have sent, with the private keys in HCIMS_RECEIVING_KEY_FILE. Run it at a fixed "
        "hour whatever waits: a run that begins because something came would record when it came."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.RECEIVING_KEY_FILE:
            raise CommandError("HCIMS_RECEIVING_KEY_FILE names no file. Make one: manage.py make_receiving_key FILE")
        try:
            keys = keys_in(Path(settings.RECEIVING_KEY_FILE))
        except (OSError, ValueError) as error:
            raise CommandError(f"The private keys cannot be read: {error}") from error
        done = receive_contacts(keys=keys, on=clock.today())
        self.stdout.write(f"{done.taken} taken, {done.refused} refused, {done.unopened} kept unopened")
