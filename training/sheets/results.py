"""The results sheet: one row a trainee with mark, result or both. What it enters, a page would enter by the same actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deployment.import_rights import units_of
from deployment.roll.columns import NAMES
from deployment.roll.readers import service_number
from hcims.imports.cells import Cell, name_of, simplified, text_of, whole_number
from hcims.imports.columns import Column
from hcims.imports.dates import Span
from hcims.imports.kinds import LIST_OUTCOMES, Block, Staged, Stale
from hcims.imports.models import ImportBatch, Outcome
from hcims.imports.problems import CellProblem
from training.actions import results as actions
from training.models import Certificate, Cohort, CohortState, Enrolment, EnrolmentState
from training.queries.attendance import Needed, needed_for, shares_of
from training.sheets.rights import ForAnInstitution
from training.sheets.sentences import SENTENCES
from training.sheets.trainees import choose, label_of, trainees
from training.sheets.words import SheetWords

PASS = frozenset({"passed", "pass", "p", "successful", "qualified", "amefaulu", "faulu", "yes"})
FAIL = frozenset({"failed", "fail", "f", "not passed", "unsuccessful", "referred", "ameshindwa", "hakufaulu", "no"})
GIVEN = (EnrolmentState.PASSED, EnrolmentState.FAILED)
COLUMNS = (
    NAMES["service_number"],
    Column("name", _("Name"), _("As in the list; only shown."), ("names", "full name", "trainee", "jina"), "Otieno Grace",
           clearable=False),
    Column("cohort", _("Cohort"), _("Title of the cohort. Blank: the one that the trainee is in."),
           ("course", "intake", "squad", "class", "kundi"), "Intake 3 of 2026", clearable=False),
    Column("mark", _("Mark"), _("Of 100, where the course has a pass mark."),
           ("marks", "score", "total", "percentage", "average", "alama"), "67", clearable=False),
    Column("result", _("Result"), _("passed or failed. Blank: as the mark says."),
           ("remarks", "outcome", "status", "matokeo"), "passed", clearable=False),
    Column("paper", _("Paper"), _("What it rests on. Needed where another result stands on record."),
           ("authority", "reference", "minute", "board"), "BOE/3/2026", clearable=False),
)  # fmt: skip


def outcome_of(cell: Cell) -> str:
    """passed or failed. Errors: CellProblem."""
    word = simplified(text_of(cell, raising=False))
    if word in PASS:
        return EnrolmentState.PASSED
    if word in FAIL:
        return EnrolmentState.FAILED
    raise CellProblem("result", value=text_of(cell, raising=False)[:20])


class ResultsReading:
    """One reading of a sheet."""

    def __init__(self, batch: ImportBatch, mapping: dict[str, int]) -> None:
        self.on, self.own = batch.on, batch.uploaded_by_id
        self.area = units_of(batch, batch.on)
        self.shares: dict[int, dict[int, Any]] = {}  # by cohort, then trainee
        self.needed: dict[int, Needed] = {}

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        return {
            "service_number": service_number, "name": lambda cell: name_of(cell, 160), "result": outcome_of,
            "cohort": lambda cell: name_of(cell, 120), "paper": lambda cell: name_of(cell, 120),
            "mark": lambda cell: whole_number(_without_sign(cell), 0, 100),
        }  # fmt: skip

    def spans(self) -> dict[str, Span]:
        return {}

    def stage(self, block: Block) -> Iterator[Staged]:
        numbers = block.values["service_number"]
        known = trainees(numbers, self.area)
        for index, number in enumerate(numbers):
            given = {name: values[index] for name, values in block.values.items() if values[index] is not None}
            place = choose(block, index, known.get(number or "", []), self.on) if number else None
            label, unit = label_of(place) or str(given.get("name", "")), place.cohort.unit.code if place else ""
            staged = Staged(index, number or "", Outcome.REJECTED, label, unit, place.pk if place else None)
            if place and index not in block.problems:
                self._judge(block, staged, place, given)
            yield staged

    def _judge(self, block: Block, staged: Staged, place: Enrolment, given: dict[str, Any]) -> None:
        """This function will say what becomes of a row that can be read; problems go to the block."""
        index = staged.index
        result = self._result(block, index, place, given)
        if result is None:
            return
        stands = {"result": str(place.state), "mark": place.mark} if place.state in GIVEN else {}
        says = {"result": str(result), "mark": given.get("mark")}
        if stands == says:
            staged.outcome = Outcome.UNCHANGED
            return
        self._check_may_be(block, index, place, given, is_change=bool(stands))
        if result == EnrolmentState.PASSED:
            self._check_attendance(block, index, place)
        if index in block.problems:
            return
        staged.outcome = Outcome.CHANGED if stands else Outcome.NEW
        staged.after = {**says, "paper": given.get("paper", "")}
        staged.before = stands

    @staticmethod
    def _result(block: Block, index: int, place: Enrolment, given: dict[str, Any]) -> str | None:
        """passed or failed, by the mark where the course has a pass mark; None where the row does not say."""
        mark: Any
        mark, said, limit = given.get("mark"), given.get("result"), place.cohort.version.pass_mark
        if mark is None and said is None:
            block.reject(index, "service_number", "no-result")
        elif limit is None and said is None:
            block.reject(index, "mark", "no-pass-mark")
        elif limit is not None and mark is None:
            block.reject(index, "result", "no-mark-given", most=limit)
        elif limit is not None and said is not None and (said == EnrolmentState.PASSED) != (mark >= limit):
            block.reject(index, "result", "mark-and-result", value=mark, most=limit)
        elif limit is None:
            return str(said)
        else:
            return EnrolmentState.PASSED if mark >= limit else EnrolmentState.FAILED
        return None

    def _check_may_be(
        self, block: Block, index: int, place: Enrolment, given: dict[str, Any], *, is_change: bool
    ) -> None:
        cohort = place.cohort
        if self.own and place.officer.user_id == self.own:
            block.reject(index, "service_number", "own")
        elif is_change and not given.get("paper"):
            block.reject(index, "result", "no-paper", value=place.get_state_display())
        elif not is_change and place.state != EnrolmentState.JOINED:
            block.reject(index, "service_number", "not-joined")
        elif not is_change and cohort.state != CohortState.RUNNING:
            block.reject(index, "service_number", "not-running", value=cohort.get_state_display())

    def _check_attendance(self, block: Block, index: int, place: Enrolment) -> None:
        cohort = place.cohort
        if cohort.pk not in self.shares:
            self.shares[cohort.pk], self.needed[cohort.pk] = shares_of(cohort), needed_for(cohort, on=self.on)
        share, needed = self.shares[cohort.pk].get(place.pk), self.needed[cohort.pk].share
        if share is not None and share.of_100 is not None and share.of_100 < needed:
            block.reject(index, "result", "attendance", value=share.of_100, most=needed)

    def finish(self) -> Iterator[Staged]:
        return iter(())

    def summary(self) -> dict[str, Any]:
        return {}


def _without_sign(cell: Cell) -> Cell:
    return cell.strip().removesuffix("%").strip() if isinstance(cell, str) else cell


class ResultsSheet(ForAnInstitution):
    """Results of trainees who are on record."""

    code = "results"
    title = _("Results")
    explain = _("Marks and results of a cohort: one row for each trainee.")
    columns = COLUMNS
    key = "service_number"
    outcomes = tuple(each for each in LIST_OUTCOMES if each[0] != "missing")
    writes = ("new", "changed")
    sentences = SENTENCES

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> ResultsReading:
        """This function will prepare to read a sheet."""
        return ResultsReading(batch, mapping)

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will enter and correct the results, all or none. Errors: Stale."""
        on = timezone.localdate(at)
        rows: list[Any] = list(batch.rows.filter(outcome__in=self.writes).order_by("pk"))
        known = _places([row.target for row in rows])
        if stale := [row for row in rows if not _stands(known[row.target], row.before)]:
            raise Stale(len(stale))
        for cohort, paper, lines in _together(batch, [row for row in rows if not row.before], known):
            entered = actions.enter_results(cohort, lines=lines, paper=paper, by=by, on=on, at=at)
            if entered.skipped:
                raise Stale(len(entered.skipped))
            step(len(lines))
        changed = [row for row in rows if row.before]
        note = gettext("Another result came with the sheet of %(day)s.") % {"day": batch.on.isoformat()}
        for row in changed:
            _correct(known[row.target], row.after, row.after["paper"], note, by=by, on=on, at=at)
        return {"new": len(rows) - len(changed), "changed": len(changed)}

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """Results that stand as they were entered, without a certificate, are taken back; others are left."""
        rows: list[Any] = list(original.rows.filter(outcome__in=self.writes).order_by("pk"))
        known = _places([row.target for row in rows])
        certified = set(
            Certificate.objects.filter(enrolment__in=list(known), withdrawn_on=None).values_list(
                "enrolment_id", flat=True
            )
        )
        for row in rows:
            place = known[row.target]
            same = _stands(place, row.after) and row.target not in certified
            same = same and (bool(row.before) or place.cohort.state == CohortState.RUNNING)
            outcome = Outcome.TOUCHED if not same else Outcome.RESTORE if row.before else Outcome.REMOVE
            wrote = {name: row.after[name] for name in ("result", "mark")}
            yield Staged(row.row, row.key, outcome, row.label, row.place, row.target, row.before if same else {}, wrote)

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will take back and put back. Errors: Stale."""
        original, on = batch.undoes, timezone.localdate(at)
        assert original is not None  # noqa: S101
        rows: list[Any] = list(batch.rows.order_by("pk"))
        looked = sorted((row.target, row.outcome) for row in rows)
        if looked != sorted((each.target, str(each.outcome)) for each in self.stage_undo(original, on=batch.on)):
            raise Stale(1)
        known = _places([row.target for row in rows])
        note = gettext("The sheet of %(day)s was taken back.") % {"day": original.on.isoformat()}
        done = {Outcome.REMOVE: 0, Outcome.RESTORE: 0}
        for row in rows:
            if row.outcome == Outcome.REMOVE:
                actions.take_back_result(known[row.target], note=note, by=by, on=on, at=at)
            elif row.outcome == Outcome.RESTORE:
                _correct(known[row.target], row.after, f"Import {batch.ref}", note, by=by, on=on, at=at)
            else:
                continue
            done[Outcome(row.outcome)] += 1
            step(sum(done.values()))
        return {str(outcome): count for outcome, count in done.items()}

    def words(self) -> SheetWords:
        """Staged values in words."""
        return SheetWords()

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """The results there are."""
        return {}


def _places(keys: list[int]) -> dict[int, Enrolment]:
    rows = Enrolment.objects.select_related("cohort__unit", "cohort__version__course", "officer")
    return rows.in_bulk(keys)


def _stands(place: Enrolment, said: dict[str, Any]) -> bool:
    """Whether the record says this; nothing said means that no result stands."""
    if not said:
        return place.state == EnrolmentState.JOINED
    return (str(place.state), place.mark) == (said["result"], said["mark"])


def _together(
    batch: ImportBatch, rows: list[Any], known: dict[int, Enrolment]
) -> Iterator[tuple[Cohort, str, list[actions.Line]]]:
    """The lines of each cohort that rest on one paper: the one named, else the sheet itself."""
    sheet = gettext("Results sheet %(name)s of %(day)s") % {"name": batch.file_name, "day": batch.on.isoformat()}
    groups: dict[tuple[int, str], list[actions.Line]] = {}
    for row in rows:
        place = known[row.target]
        line = actions.Line(place, row.after["mark"], row.after["result"] == EnrolmentState.PASSED)
        groups.setdefault((place.cohort_id, row.after["paper"] or sheet[:120]), []).append(line)
    for (_key, paper), lines in groups.items():
        yield lines[0].enrolment.cohort, paper, lines


def _correct(place: Enrolment, said: dict[str, Any], paper: str, note: str, *, by: Any, on: date, at: datetime) -> None:
    passed = said["result"] == EnrolmentState.PASSED
    actions.correct_result(place, mark=said["mark"], passed=passed, paper=paper, note=note, by=by, on=on, at=at)


RESULTS = ResultsSheet()
