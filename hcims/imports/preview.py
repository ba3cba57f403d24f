"""Staged rows in words, for the preview and for the list that is taken away. Plain values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from hcims.imports.kinds import UNDO_OUTCOMES, ImportKind
from hcims.imports.models import BatchState, ImportBatch, Outcome, StagedRow
from hcims.imports.problems import tell
from hcims.ui.parts import Change

NOTES = {
    "overtaken": _("Another list was applied after this one was read. It was read again: look at it again."),
    "stale": _("%(count)s rows were changed on record after this list was read. It was read again: look at it again."),
    "sent-back": _("%(who)s sent it back: %(note)s"),
    "hidden-sheets": _("Hidden sheets were not read: %(names)s."),
    "other-sheets": _(
        "One sheet is read at a time. Not read: %(names)s. Upload the file again for each, and choose it."
    ),
    "left-out": _("Columns that are not used: %(names)s. They can be matched below, under “How the file was read”."),
    "hidden-rows": _("%(count)s rows are hidden in the workbook; they were read."),
    "epoch-1904": _("The workbook counts days from 1904; that was taken into account."),
}

UNDONE = (
    (Outcome.RESTORE.value, _("Put back")),
    (Outcome.REMOVE.value, _("Removed")),
    (Outcome.VOID.value, _("Marked as entered in error")),
    (Outcome.TOUCHED.value, _("Changed since; left as it was")),
)


@dataclass
class Line:
    """One row of the preview. `changes` are cells that differ, `facts` what a new row says, `problems` what is wrong."""

    row: int
    key: str
    label: str
    place: str
    changes: list[Change] = field(default_factory=list)
    place_name: str = ""
    url: str = ""  # of the record that the row is about
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # column, what, how to mend
    notes: list[str] = field(default_factory=list)


def outcomes_of(batch: ImportBatch, kind: ImportKind) -> tuple[tuple[str, Any], ...]:
    """The outcomes that this import can have, in the order of the preview."""
    if batch.undoes_id:
        return UNDONE if batch.state == BatchState.APPLIED else UNDO_OUTCOMES
    return kind.outcomes


def lines(rows: Sequence[StagedRow], kind: ImportKind, *, open_sealed: bool, is_written: bool = False) -> list[Line]:
    """The rows in words. Encrypted values are told only when `open_sealed`; new rows that are written have a record."""
    words = kind.words()
    words.load_units(values for row in rows for values in (row.before, row.after))
    labels = {column.name: str(column.label) for column in kind.columns}
    found = [_line(row, kind, words, labels, open_sealed=open_sealed) for row in rows]
    for row, line in zip(rows, found, strict=True):
        line.url = kind.address_of(row.key) if _has_record(row, is_written=is_written) else ""
    return named(found, kind)


def named(found: list[Line], kind: ImportKind) -> list[Line]:
    """The lines with the names of their units, in one query."""
    names = kind.place_names({line.place for line in found if line.place})
    for line in found:
        line.place_name = _place_name(line.place, names)
    return found


def _place_name(code: str, names: dict[str, str]) -> str:
    return f"{names[code]} ({code})" if code in names else code


def _line(row: StagedRow, kind: ImportKind, words: Any, labels: dict[str, str], *, open_sealed: bool) -> Line:
    def told(name: str, value: Any) -> str:
        return str(words.tell(name, value, open_sealed=open_sealed))

    after = {**row.after, **kind.as_listed(row.after)} if hasattr(kind, "as_listed") else row.after
    names = [name for name in labels if name in after or name in row.before]
    is_change = row.outcome in compared(kind)
    changes = [
        Change(labels[name], told(name, row.before.get(name)), told(name, after.get(name)))
        for name in names
        if not is_change or name in row.before
    ]
    problems = [(labels.get(problem[0], ""), *tell(problem, kind.sentences)) for problem in row.problems]
    notes = [tell(["", code, values], kind.sentences)[0] for code, values in row.notes]
    if row.outcome == Outcome.RESTORE and not changes:
        notes.append(str(_("What the list asked to be resolved is taken back.")))
    return Line(row.row, row.key, row.label, row.place, changes, problems=problems, notes=notes)


def _has_record(row: StagedRow, *, is_written: bool) -> bool:
    """Whether the row is about a record that can be opened: neither rejected, nor new and not yet written, nor removed."""
    without = (Outcome.REJECTED, Outcome.REMOVE if is_written else Outcome.NEW)
    return row.target is not None and row.outcome not in without


def compared(kind: ImportKind) -> tuple[str, ...]:
    """Outcomes whose rows show what stands beside what the list says."""
    return ("changed", "restore", *getattr(kind, "compares", ()))


def notes_of(batch: ImportBatch) -> list[str]:
    """What the reader should know of the reading."""
    return [str(NOTES[code]) % values for code, values in batch.notes if code in NOTES]


@dataclass(frozen=True)
class Place:
    """One unit's line in the table of counts."""

    code: str
    name: str
    counts: list[tuple[str, int]]
    total: int


def day_orders(batch: ImportBatch, kind: ImportKind) -> list[tuple[str, str, str]]:
    """How each dated column was read: label, order, the cell that proves it."""
    labels = {column.name: str(column.label) for column in kind.columns}
    proofs = batch.heading.get("proofs", {})
    return [(labels.get(name, name), order, proofs.get(name) or "")
            for name, order in batch.heading.get("orders", {}).items() if order]  # fmt: skip


def over_lines(batch: ImportBatch, kind: ImportKind) -> list[dict[str, Any]]:
    """Posts that would have too many holders, with the names of their units."""
    found = batch.counts.get("over", [])
    names = kind.place_names({line["unit"] for line in found})
    return [{**line, "unit_name": _place_name(line["unit"], names)} for line in found]


def places_of(batch: ImportBatch, kind: ImportKind) -> list[Place]:
    """Counts by unit, those with most to look at first; unchanged rows count last."""
    shown = [code for code, _label in outcomes_of(batch, kind)]
    found = []
    places = batch.counts.get("places", {})
    names = kind.place_names(set(places))
    for code, counts in places.items():
        found.append(
            Place(code, _place_name(code, names), [(each, counts.get(each, 0)) for each in shown], sum(counts.values()))
        )
    return sorted(found, key=lambda each: (-sum(n for name, n in each.counts if name != "unchanged"), each.code))


def commonest(batch: ImportBatch, kind: ImportKind) -> list[tuple[str, str, int]]:
    """What is wrong most often: column, what, how many rows."""
    labels = {column.name: str(column.label) for column in kind.columns}
    blank: dict[str, str] = dict.fromkeys(
        ("value", "other", "codes", "row", "what", "day", "unit", "born", "enlisted", "limit", "letters", "error",
         "shape", "most"), "…",
    )  # fmt: skip
    return [(labels.get(column, ""), tell([column, code, blank], kind.sentences)[0], count)
            for column, code, count in batch.counts.get("problems", [])]  # fmt: skip


def export_rows(rows: Iterable[StagedRow], kind: ImportKind, *, open_sealed: bool) -> Iterable[list[Any]]:
    """Rows for a list that is taken away, some thousand at a time."""
    block: list[StagedRow] = []
    for row in rows:
        block.append(row)
        if len(block) == 2000:
            yield from _cells(block, kind, open_sealed=open_sealed)
            block = []
    yield from _cells(block, kind, open_sealed=open_sealed)


def _cells(block: list[StagedRow], kind: ImportKind, *, open_sealed: bool) -> Iterable[list[Any]]:
    for line in lines(block, kind, open_sealed=open_sealed):
        what = "; ".join(
            f"{each.label}: {each.was or '–'} → {each.now or '–'}" for each in line.changes if each.is_changed
        )
        wrong = "; ".join(" ".join(filter(None, problem)) for problem in line.problems)
        yield [line.row or "", line.key, line.label, line.place, what, "; ".join([*filter(None, [wrong]), *line.notes])]
