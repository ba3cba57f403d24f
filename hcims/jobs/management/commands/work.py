"""`manage.py work`: runs a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hcims.jobs.worker import Worker


class Command(BaseCommand):
    help = "Does the jobs in the queue, until stopped. Several workers may run, on several machines (PostgreSQL)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drain", action="store_true", help="stop when the queue is empty")
        parser.add_argument("--once", action="store_true", help="look once, do one job at most, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(drain=options["drain"], once=options["once"])
        worker.listen_to_signals()
        worker.run()
