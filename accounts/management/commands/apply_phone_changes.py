"""`manage.py apply_phone_changes`: puts changed telephone numbers that have waited long enough into use (workers do it too)."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions import apply_due_phone_changes
from hcims import clock


class Command(BaseCommand):
    help = "Put changed telephone numbers that have waited long enough into use."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{apply_due_phone_changes(at=clock.now())} number(s) changed")
