"""`manage.py make_demo`: fills an empty database with an invented service, once; prints the sign-ins each time."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from desk.demo import establishment, life, people, plan, planner, records, sign_ins, training, transfers, units
from hcims import clock
from personnel.models import Officer


class Command(BaseCommand):
    help = "Fill an empty database with an invented service. Does nothing but print the sign-ins when it is there."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--officers", type=int, default=12_000)
        parser.add_argument("--seed", type=int, default=47)

    def handle(self, *args: Any, officers: int, seed: int, **options: Any) -> None:
        if not (settings.IS_DEMO or settings.IS_TEST):
            raise CommandError("An invented service is made in the demonstration only: set HCIMS_ENV=demo.")
        kept = Path(settings.VAR_DIR) / "demo-sign-ins.json"
        if Officer.objects.exists():
            lines = json.loads(kept.read_text()) if kept.exists() else []
        else:
            lines = self._make(max(3_000, officers), seed)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(lines))
        self.stdout.write(plan.sign_ins(lines))
        keys = kept.with_name("demo-counselling.txt")  # what opens the invented cases: counselling's own words
        if keys.exists():
            self.stdout.write(keys.read_text())

    @transaction.atomic
    def _make(self, number: int, seed: int) -> list[list[str]]:
        call_command("load_reference", stdout=self.stdout)
        chance, on, at = random.Random(seed), clock.today(), clock.now()  # noqa: S311 - invented data, not secrets
        self.stdout.write(f"Inventing a service of {number:,} officers…")
        drafts = units.Builder(chance, plan.Size(number), on).build()
        units.store(drafts, at)
        users = sign_ins.outsiders(at)
        working = establishment.store(
            drafts,
            chance,
            on=on,
            at=at,
            drafted_by=users["system-administrator"],
            decided_by=users["npsc-commissioner"],
        )
        posts = people.posts_to_hold(drafts, working, chance, number)
        everyone = people.Maker(chance, drafts, on, number).people(posts)
        records.store(everyone, drafts, at=at, by=users["system-administrator"])
        planner.look()
        printed = sign_ins.store(users, on=on, at=at)
        by_role = {each.role: User.objects.get(login=each.login) for each in printed}
        life.store(
            chance, on=on, at=at, hr=by_role["HR officer"], officer=by_role["Officer"],
            commander=by_role["Officer Commanding Station"],
        )  # fmt: skip
        life.report_balance(by=users["npsc-commissioner"], on=on, at=at)
        self.stdout.write("Transfers: requests, a published round, an open one…")
        asking = transfers.store(chance, by_role, on=on, at=at, password=plan.PASSWORD)
        self.stdout.write("Training: courses, cohorts, what is taught where…")
        training.store(chance, by_role, on=on, at=at)
        call_command("make_counselling_demo", stdout=self.stdout)
        return [*([each.role, each.login, each.unit] for each in printed), *asking]
