"""`manage.py load_reference`: adds the reference rows that are missing; changes none that are there."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

import accounts.reference
import deployment.reference
import hcims.letters.reference
import organisation.reference
import personnel.reference
import training.reference
import transfers.reference

SEALED = "counselling.reference.load_reference"  # named, not imported: nobody imports counselling


class Command(BaseCommand):
    help = "Add the places, ranks, skills, duties, rules and approvers that are missing. Rows already there are never changed."

    def handle(self, *args: Any, **options: Any) -> None:
        modules = (
            hcims.letters.reference,
            organisation.reference,
            accounts.reference,
            personnel.reference,
            deployment.reference,
            transfers.reference,
            training.reference,
        )
        added = sum(module.load_reference() for module in modules) + import_string(SEALED)()
        self.stdout.write(f"{added} reference rows added")
