"""`manage.py make_counselling_demo`: invented peer support, offices and cases on top of the invented service, once."""

from __future__ import annotations

import random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Appointment, AppointmentState, User
from counselling.demo import cases, contacts, cover, quarters, supporters
from counselling.models import Supporter
from hcims import clock
from hcims.periods import in_force

# In this order: later ones build on what earlier ones made.
PARTS = (supporters.make, contacts.make, cover.make, cases.make, quarters.make)


class Command(BaseCommand):
    help = "Fill the invented service with peer support and counselling. Does nothing when it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.IS_DEMO or settings.IS_TEST):
            raise CommandError("Invented people are made in the demonstration only: set HCIMS_ENV=demo.")
        if Supporter.objects.exists():
            return
        on, at = clock.today(), clock.now()
        people = _one_of_each_role(on)
        chance = random.Random(47)  # noqa: S311 - invented data, not secrets
        with transaction.atomic():
            for part in PARTS:
                self.stdout.write(part(people, chance, on=on, at=at))


def _one_of_each_role(on: Any) -> dict[str, User]:
    """The first holder of each role who can sign in."""
    held = Appointment.objects.filter(in_force(on), state=AppointmentState.APPROVED, user__activated_at__isnull=False)
    people: dict[str, User] = {}
    for each in held.select_related("user").order_by("pk"):
        people.setdefault(each.role, each.user)
    return people
