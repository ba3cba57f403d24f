"""`manage.py import_roll FILE --on DATE [--commit] [--json]`: the nominal roll from a shell."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hcims import clock
from hcims.errors import Refusal
from hcims.imports import shell
from hcims.imports.forms import asked
from hcims.imports.kinds import ImportKind, all_kinds, kind_of
from hcims.imports.models import BatchState, ImportBatch
from hcims.imports.problems import tell
from hcims.imports.questions import wrong_answer


class Command(BaseCommand):
    """Exit codes: 0 all rows accepted, 1 the file was refused, 2 questions are open, 3 rows were rejected."""

    help = "Reads a nominal roll, prints what it would change, and with --commit writes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="xlsx, xls, ods or csv")
        parser.add_argument("--on", required=True, metavar="DATE", help="the day of the roll, as 2026-10-31")
        parser.add_argument("--commit", action="store_true", help="write the accepted rows")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")
        parser.add_argument("--answer", action="append", default=[], metavar="QUESTION=ANSWER",
                            help="answer a question that a reading asked, such as dates:born_on=dmy")  # fmt: skip
        parser.add_argument("--clear", action="append", default=[], metavar="COLUMN",
                            help="a blank cell in this column clears the field")  # fmt: skip
        parser.add_argument("--kind", default="roll", help="roll, or another kind of list")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        kind, list_on = _kind(options["kind"]), _day(options["on"])
        answers = _answers(options["answer"], kind)
        _check_clears(options["clear"], kind)
        out = None if options["json"] else self.stdout
        try:
            batch = shell.read_file(kind, options["file"], list_on=list_on, at=clock.now(), answers=answers,
                                    clears=options["clear"], out=out)  # fmt: skip
            if options["commit"] and batch.state == BatchState.READY:
                batch = shell.commit(batch, at=clock.now(), out=out)
        except Refusal as refusal:
            self._say(options, {"state": "refused", "refusal": refusal.message}, refusal.message)
            sys.exit(1)
        self._say(options, shell.report(batch), self._words(batch))
        self._exit(batch)

    def _say(self, options: dict[str, Any], report: dict[str, Any], words: str) -> None:
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2, default=str) if options["json"] else words)

    def _words(self, batch: ImportBatch) -> str:
        if batch.state == BatchState.REFUSED:
            return batch.refusal
        lines = [f"Import {batch.ref}: {batch.get_state_display()}"]
        lines += [f"  {name:10} {count:>9,}" for name, count in batch.counts.get("outcomes", {}).items()]
        labels = {column.name: str(column.label) for column in kind_of(batch.kind).columns}
        for question in batch.questions:
            text, choices = asked(question, labels)
            lines.append(f"  asked: {text}")
            lines += [f"    --answer {question['id']}={value}   {label}" for value, label in choices]
        for row in batch.rows.filter(outcome="rejected").order_by("row")[:20]:
            told = "; ".join(f"{column}: {' '.join(tell([column, code, values], kind_of(batch.kind).sentences))}"
                             for column, code, values in row.problems)  # fmt: skip
            lines.append(f"  row {row.row}: {told}")
        return "\n".join(lines)

    def _exit(self, batch: ImportBatch) -> None:
        if batch.state == BatchState.REFUSED:
            sys.exit(1)
        if batch.questions:
            sys.exit(2)
        if batch.counts.get("outcomes", {}).get("rejected"):
            sys.exit(3)


def _kind(code: str) -> ImportKind:
    try:
        return kind_of(code)
    except KeyError:
        codes = ", ".join(kind.code for kind in all_kinds())
        raise CommandError(f"There is no kind of list called {code}; there are: {codes}.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on {text} is not a day. Write it as 2026-10-31.") from None


def _answers(given: list[str], kind: ImportKind) -> dict[str, str]:
    for each in given:
        if "=" not in each:
            raise CommandError(f"--answer {each} is no answer. Write it as QUESTION=ANSWER, such as dates:born_on=dmy.")
    answers = dict(each.split("=", 1) for each in given)
    if wrong := wrong_answer(answers, kind.columns):
        raise CommandError(f"--answer {wrong} answers nothing. Without it, what is asked is printed with its answers.")
    return answers


def _check_clears(given: list[str], kind: ImportKind) -> None:
    clearable = {column.name for column in kind.columns if column.clearable}
    if unknown := sorted(set(given) - clearable):
        raise CommandError(f"--clear {unknown[0]}: blank cells can clear {', '.join(sorted(clearable))}.")
