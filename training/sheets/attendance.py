"""The attendance sheet: one row a trainee with a column for each day, or one row for each trainee and day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deployment.import_rights import units_of
from deployment.roll.columns import NAMES
from deployment.roll.readers import service_number
from hcims.imports import sql
from hcims.imports.cells import Cell, name_of, simplified, text_of, whole_number
from hcims.imports.columns import Column
from hcims.imports.dates import Span
from hcims.imports.kinds import LIST_OUTCOMES, Block, Staged, Stale
from hcims.imports.models import ImportBatch, Outcome
from hcims.imports.problems import CellProblem
from training.models import Attendance, AttendanceSource, Certificate, Enrolment, EnrolmentState, Meeting
from training.sheets.register import Register, registers
from training.sheets.rights import ForAnInstitution
from training.sheets.sentences import SENTENCES
from training.sheets.trainees import choose, label_of, trainees
from training.sheets.words import SheetWords

LONGEST = 120  # meetings in one sheet
PRESENT = frozenset(
    {
        "p",
        "pr",
        "present",
        "y",
        "yes",
        "1",
        "true",
        "ndiyo",
        "yupo",
        "alikuwepo",
        "amehudhuria",
        "attended",
        "here",
        "tick",
    }
)
ABSENT = frozenset({"a", "ab", "abs", "absent", "n", "no", "0", "false", "hapana", "hayupo", "hakuwepo", "away"})
TICKS, CROSSES = frozenset("✓✔√☑"), frozenset("✗✘☒")
KEY = NAMES["service_number"]
COLUMNS = (
    KEY,
    Column("name", _("Name"), _("As in the register; only shown."), ("names", "full name", "trainee", "jina"),
           "Otieno Grace", clearable=False),
    Column("cohort", _("Cohort"), _("Title of the cohort. Blank: the one that the trainee is in."),
           ("course", "intake", "squad", "class", "kundi"), "Intake 3 of 2026", clearable=False),
    Column("day", _("Day"), _("Day of the meeting, where the sheet has one row for each day."),
           ("date", "date of meeting", "tarehe"), "2026-06-30", dated=True, clearable=False),
    Column("meeting", _("Meeting"), _("Number of the meeting, instead of its day."),
           ("meeting no", "session no", "lesson no", "week no"), "3", clearable=False),
    Column("present", _("Present"), _("P or A."), ("attendance", "attended", "status", "mahudhurio"), "P", clearable=False),
    # The first of the series gives what a row says its name in the preview.
    *(Column("marks" if place == 1 else f"mark_{place}", _("Attendance"), "", clearable=False, series=True)
      for place in range(1, LONGEST + 1)),
)  # fmt: skip
Mark = tuple[int, str, bool]  # key of the meeting, what it is called, whether the trainee was there
Said = tuple[int, int, bool]  # trainee, meeting, whether he or she was there


def presence(cell: Cell) -> bool:
    """Whether the cell says that somebody was there. Errors: CellProblem; a sign that is used both ways is not guessed."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell, raising=False).strip()
    if text and set(text) <= TICKS:
        return True
    if text and set(text) <= CROSSES:
        return False
    word = simplified(text)
    if word in PRESENT:
        return True
    if word in ABSENT:
        return False
    raise CellProblem("mark", value=text[:20])


class AttendanceReading:
    """One reading of a sheet. A row stands or falls as a whole."""

    def __init__(self, batch: ImportBatch, mapping: dict[str, int]) -> None:
        self.on = batch.on
        self.area = units_of(batch, batch.on)
        headings = batch.heading.get("columns", [])
        self.headings = {name: headings[place][0] for name, place in mapping.items() if name.startswith("mark")}
        self.said: dict[tuple[int, int], int] = {}  # (trainee, meeting) to the row that said it

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        found: dict[str, Callable[[Cell], Any]] = dict.fromkeys(self.headings, presence)
        return found | {
            "service_number": service_number, "name": lambda cell: name_of(cell, 160), "present": presence,
            "cohort": lambda cell: name_of(cell, 120), "meeting": lambda cell: whole_number(cell, 1, 999),
        }  # fmt: skip

    def spans(self) -> dict[str, Span]:
        return {"day": Span(date(self.on.year - 5, 1, 1), self.on)}

    def stage(self, block: Block) -> Iterator[Staged]:
        numbers = block.values["service_number"]
        known = trainees(numbers, self.area)
        places = [choose(block, index, known.get(number or "", []), self.on) if number else None
                  for index, number in enumerate(numbers)]  # fmt: skip
        chosen = [each for each in places if each]
        meetings = registers({each.cohort_id for each in chosen})
        stands = on_record([each.pk for each in chosen])
        certified = set(
            Certificate.objects.filter(enrolment__in=chosen, withdrawn_on=None).values_list("enrolment_id", flat=True)
        )
        for index, number in enumerate(numbers):
            place = places[index]
            marks = self._marks(block, index, place, meetings[place.cohort_id]) if place else []
            unit = place.cohort.unit.code if place else ""
            label = label_of(place) or str((block.values.get("name") or [""] * len(numbers))[index] or "")
            staged = Staged(index, number or "", Outcome.REJECTED, label, unit, place.pk if place else None)
            if place and index not in block.problems:
                self._compare(block, staged, marks, stands.get(place.pk, {}), is_certified=place.pk in certified)
            yield staged

    def _marks(self, block: Block, index: int, place: Enrolment, register: Register) -> list[Mark]:
        """What the row says of which meeting. Problems go to the block."""
        said: list[tuple[str, str, bool]] = []  # column, heading, mark
        for name, heading in self.headings.items():
            if (value := block.values[name][index]) is not None:
                said.append((name, heading, value))
        if (value := self._given(block, "present", index)) is not None:
            meeting = self._given(block, "meeting", index)
            heading = str(meeting) if meeting else self._given(block, "day", index) or ""
            said.append(("meeting" if meeting else "day", heading, value))
        if not said and index not in block.problems:
            block.reject(index, "service_number", "no-mark")
        found = []
        for column, heading, value in said:
            try:
                meeting = register.find(heading)
            except CellProblem as problem:
                block.reject(index, column, problem.code, **problem.parameters)
                continue
            if self._holds(block, index, column, place, meeting, is_present=value):
                found.append((meeting.pk, f"{meeting.number} · {meeting.on.isoformat()}", value))
        return found

    def _holds(
        self, block: Block, index: int, column: str, place: Enrolment, meeting: Meeting, *, is_present: bool
    ) -> bool:
        """Whether this can be so: the meeting was held, the trainee had joined, and the sheet says it once."""
        before = self.said.setdefault((place.pk, meeting.pk), block.numbers[index])
        if before != block.numbers[index]:
            block.reject(index, column, "same-meeting", value=meeting.on.isoformat(), row=before)
        elif meeting.on > self.on:
            block.reject(index, column, "not-yet", value=meeting.on.isoformat())
        elif is_present and place.state in (EnrolmentState.CALLED, EnrolmentState.NO_SHOW):
            block.reject(index, "service_number", "not-joined")
        else:
            return True
        return False

    @staticmethod
    def _given(block: Block, name: str, index: int) -> Any:
        return block.values[name][index] if name in block.values else None

    def _compare(
        self, block: Block, staged: Staged, marks: list[Mark], stands: dict[int, bool], *, is_certified: bool
    ) -> None:
        """This function will say what becomes of a row that can be read."""
        new = [each for each in marks if each[0] not in stands]
        changed = [each for each in marks if each[0] in stands and stands[each[0]] != each[2]]
        if changed and is_certified:
            block.reject(staged.index, "service_number", "certified")
            return
        if not new and not changed:
            staged.outcome = Outcome.UNCHANGED
            return
        staged.outcome = Outcome.CHANGED if changed else Outcome.NEW
        staged.after = {"marks": [list(each) for each in (*changed, *new)]}
        if changed:
            staged.before = {"marks": [[key, name, stands[key]] for key, name, _value in changed]}

    def finish(self) -> Iterator[Staged]:
        return iter(())

    def summary(self) -> dict[str, Any]:
        return {}


def on_record(places: list[int]) -> dict[int, dict[int, bool]]:
    """Trainee to what stands on record: meeting to present or not."""
    found: dict[int, dict[int, bool]] = {}
    rows = Attendance.objects.filter(enrolment__in=places)
    for place, meeting, present in rows.values_list("enrolment_id", "meeting_id", "present"):
        found.setdefault(place, {})[meeting] = present
    return found


class AttendanceSheet(ForAnInstitution):
    """Attendance of trainees who are on record, at meetings that are on record."""

    code = "attendance"
    title = _("Attendance")
    explain = _(
        "The register of a term: one row for each trainee with a column for each day or meeting, or one row for each day."
    )
    columns = COLUMNS
    key = "service_number"
    key_repeats = True
    outcomes = tuple(each for each in LIST_OUTCOMES if each[0] != "missing")
    writes = ("new", "changed")
    sentences = SENTENCES

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> AttendanceReading:
        """This function will prepare to read a sheet."""
        return AttendanceReading(batch, mapping)

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will enter the attendance. Errors: Stale where somebody took the roll since."""
        rows: list[Any] = list(
            batch.rows.filter(outcome__in=self.writes).order_by("pk").values_list("target", "after", "before")
        )
        stands = on_record(sorted({row[0] for row in rows}))
        stale = sum(1 for target, after, before in rows if _expected(after, before) != _now(stands, target, after))
        if stale:
            raise Stale(stale)
        made: list[Said] = []
        changed: list[Said] = []
        for target, after, before in rows:
            were = {each[0] for each in before.get("marks", [])}
            for meeting, _name, present in after["marks"]:
                (changed if meeting in were else made).append((target, meeting, present))
        write(made, changed, by=by, at=at, reason=_reason(batch))
        step(len(rows))
        return {"new": len(made), "changed": len(changed)}

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """Rows whose every mark stands as it was entered are taken back; others are left."""
        rows = list(original.rows.filter(outcome__in=self.writes).order_by("pk"))
        stands = on_record(sorted({row.target for row in rows if row.target}))
        sealed = set(
            Certificate.objects.filter(enrolment__in=list(stands), withdrawn_on=None).values_list(
                "enrolment_id", flat=True
            )
        )
        for row in rows:
            wrote = {each[0]: each[2] for each in row.after["marks"]}
            same = _now(stands, row.target or 0, row.after) == wrote and row.target not in sealed
            outcome = Outcome.TOUCHED if not same else Outcome.RESTORE if row.before else Outcome.REMOVE
            after = {"wrote": row.after["marks"], "marks": row.before.get("marks", [])} if same else {}
            yield Staged(
                row.row, row.key, outcome, row.label, row.place, row.target, after, {"marks": row.after["marks"]}
            )

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will take back what was entered. Errors: Stale."""
        original = batch.undoes
        assert original is not None  # noqa: S101
        looked = sorted(batch.rows.values_list("target", "outcome"))
        if looked != sorted((each.target, str(each.outcome)) for each in self.stage_undo(original, on=batch.on)):
            raise Stale(1)
        gone: list[Said] = []
        back: list[Said] = []
        rows: Any = batch.rows.filter(outcome__in=(Outcome.REMOVE, Outcome.RESTORE)).values_list("target", "after")
        for target, after in rows:
            were = {each[0]: each[2] for each in after["marks"]}
            for meeting, _name, _present in after["wrote"]:
                if meeting in were:
                    back.append((target, meeting, were[meeting]))
                else:
                    gone.append((target, meeting, True))
        write([], back, by=by, at=at, reason=_reason(batch))
        _remove(gone, by=by, at=at, reason=_reason(batch))
        step(len(gone) + len(back))
        return {"remove": len(gone), "restore": len(back)}

    def words(self) -> SheetWords:
        """Staged values in words."""
        return SheetWords()

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """No lists: which cohorts there are, the page of the institution says."""
        return {}


def _expected(after: dict[str, Any], before: dict[str, Any]) -> dict[int, bool | None]:
    were = {each[0]: each[2] for each in before.get("marks", [])}
    return {each[0]: were.get(each[0]) for each in after["marks"]}


def _now(stands: dict[int, dict[int, bool]], target: int, after: dict[str, Any]) -> dict[int, bool | None]:
    return {each[0]: stands.get(target, {}).get(each[0]) for each in after["marks"]}


def _reason(batch: ImportBatch) -> str:
    return f"Sheet {batch.on.isoformat()} {batch.ref}"


def write(made: list[Said], changed: list[Said], *, by: Any, at: datetime, reason: str) -> None:
    """This function will enter and change marks (trainee, meeting, present), with their history."""
    fields = {"source": AttendanceSource.SHEET, "taken_by": by, "taken_at": at}
    new = [
        Attendance(enrolment_id=place, meeting_id=meeting, present=present, **fields)
        for place, meeting, present in made
    ]
    Attendance.objects.bulk_create(new, batch_size=1000)
    written = _keys(made)
    for present in (True, False):
        keys = _keys([each for each in changed if each[2] is present])
        for block in sql.in_blocks(keys):
            Attendance.objects.filter(pk__in=block).update(present=present, **fields)
    for kind, keys in (("+", written), ("~", _keys(changed))):
        _keep(keys, kind=kind, by=by, at=at, reason=reason)


def _remove(gone: list[Said], *, by: Any, at: datetime, reason: str) -> None:
    keys = _keys(gone)
    _keep(keys, kind="-", by=by, at=at, reason=reason)
    for block in sql.in_blocks(keys):
        Attendance.objects.filter(pk__in=block).delete()


def _keep(keys: list[int], *, kind: str, by: Any, at: datetime, reason: str) -> None:
    for block in sql.in_blocks(keys):
        condition, parameters = sql.any_of("id", block)
        sql.keep_history(Attendance, condition, parameters, kind=kind, by=by, at=at, reason=reason)


def _keys(marks: list[Said]) -> list[int]:
    """The keys of the rows of these marks."""
    wanted = {(place, meeting) for place, meeting, _present in marks}
    found: list[int] = []
    for block in sql.in_blocks(sorted({place for place, _meeting in wanted})):
        rows = Attendance.objects.filter(enrolment__in=block).values_list("pk", "enrolment_id", "meeting_id")
        found += [pk for pk, place, meeting in rows if (place, meeting) in wanted]
    return found


ATTENDANCE = AttendanceSheet()
