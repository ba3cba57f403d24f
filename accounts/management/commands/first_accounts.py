"""`manage.py first_accounts …`: the accounts from which all others come, on a fresh installation, once."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.first import First, open_first_accounts
from hcims import clock
from hcims.errors import RuleBroken


class Command(BaseCommand):
    help = (
        "Open the accounts of the first system administrator, the first HR officer and two NPSC commissioners, appointed "
        "crosswise, and print a one-time code for each. Refused when there is any account. Check each person's identity "
        "document before you run it, and give the codes by hand."
    )

    def add_arguments(self, parser: Any) -> None:
        pair = {"nargs": 2, "required": True, "metavar": ("SIGN-IN-NAME", "FULL-NAME")}
        parser.add_argument("--administrator", **pair)
        parser.add_argument("--hr", **pair)
        parser.add_argument("--commissioner", action="append", help="twice", **pair)
        parser.add_argument("--authority", required=True, help="the paper it rests on: office, number, date")

    def handle(self, *args: Any, **options: Any) -> None:
        commissioners = [First(*each, "npsc-commissioner") for each in options["commissioner"]]
        if len(commissioners) != 2:
            raise CommandError("Name two commissioners: --commissioner … twice.")
        call_command("load_reference", verbosity=0, stdout=self.stdout)
        try:
            opened = open_first_accounts(
                administrator=First(*options["administrator"], "system-administrator"),
                hr=First(*options["hr"], "hr-officer"),
                commissioners=(commissioners[0], commissioners[1]),
                authority=options["authority"],
                at=clock.now(),
            )
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("\nOne-time codes, shown once. Each opens /activate/ for its owner:")
        for user, code in opened:
            grouped = "-".join(code[start : start + 4] for start in range(0, len(code), 4))
            self.stdout.write(f"  {user.login:<36} {grouped}   {user.full_name}")
