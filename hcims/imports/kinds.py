"""Which kinds of list can be imported: a list in settings (`IMPORT_KINDS`), so that nothing registers itself.

A kind says its columns, and begins a reading; the reading turns blocks of cells into staged rows. The machinery does
the rest: file, headings, questions, stage, preview, confirmation, second person, rejects, undoing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from hcims.access.permissions import Permission
from hcims.imports.cells import Cell
from hcims.imports.columns import Column
from hcims.imports.dates import Span
from hcims.imports.models import ImportBatch, Outcome
from hcims.imports.problems import Problem


@dataclass
class Block:
    """Some thousand rows: `values` by column (None where blank or unreadable), `blank` cells by column, problems by row.

    `cells` are the values as the file holds them, by column. `twins` are told of the key and of the kind's `unique` columns.
    """

    numbers: list[int]
    cells: dict[str, Sequence[Cell]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    notes: dict[int, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    twins: dict[str, dict[int, int]] = field(default_factory=dict)  # column, row's place: another row with the same

    def reject(self, index: int, column: str, code: str, **parameters: Any) -> None:
        """This function will give a row a problem."""
        self.problems.setdefault(index, []).append((column, code, parameters))

    def note(self, index: int, code: str, **parameters: Any) -> None:
        """This function will tell something about a row that does not stop it."""
        self.notes.setdefault(index, []).append((code, parameters))


@dataclass
class Staged:
    """What becomes of one row. `index` is its place in the block; -1 for one that is not in the file."""

    index: int
    key: str
    outcome: str
    label: str = ""
    place: str = ""
    target: int | None = None
    after: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)


class Reading(Protocol):
    """One reading of one file."""

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        """How the cells of each column are read; dated columns are read by the machinery."""

    def spans(self) -> dict[str, Span]:
        """The days each dated column may hold."""

    def stage(self, block: Block) -> Iterator[Staged]:
        """What becomes of each row of the block, unchanged ones included."""

    def finish(self) -> Iterator[Staged]:
        """Rows that are not in the file, once all of it was read."""

    def summary(self) -> dict[str, Any]:
        """Further counts for the preview."""


class Words(Protocol):
    """Tells staged values in words."""

    def load_units(self, rows: Iterable[dict[str, Any]]) -> None:
        """This function will read what the values of a page point at, at once."""

    def tell(self, name: str, value: Any, *, open_sealed: bool) -> str:
        """One value in words; encrypted ones only when `open_sealed`."""


class ImportKind(Protocol):
    """What a module gives to have its lists imported."""

    code: str
    title: Any
    explain: Any
    permission: Permission
    root: str  # the address under which its pages stand
    columns: tuple[Column, ...]
    key: str  # the column that says whom a row is about
    outcomes: tuple[tuple[str, Any], ...]  # in the order of the preview: code, label
    writes: tuple[str, ...]  # the outcomes that an apply writes; empty for a comparison
    sentences: dict[str, tuple[Any, Any]]  # problems and notes of its own

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> Reading:
        """This function will prepare to read a list."""

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will write the accepted rows; called inside one action. Errors: Stale."""

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """What undoing an applied import would do to each row that it wrote."""

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will write the undoing; called inside one action. Errors: Stale."""

    def second_person_above(self, on: date) -> int:
        """Changes above which a second person confirms."""

    def rows_kept_days(self, on: date) -> int:
        """Days after its end, or after its upload where nothing came of it, for which an import's rows are kept."""

    def words(self) -> Words:
        """What tells staged values in words, for a page."""

    def place_names(self, codes: set[str]) -> dict[str, str]:
        """The names of the units with these codes."""

    def address_of(self, key: str) -> str:
        """The page of the record with that key."""

    def areas_of(self, user: Any, *, on: date, permission: Permission | None = None) -> set[str] | None:
        """Codes of the units over which the user holds the kind's permission, or another; None for the whole service."""

    def second_people(self, batch: ImportBatch, *, on: date) -> Iterable[Any]:
        """Who may be the second person of this import, whoever confirmed it first left out."""

    def area_choices(self, user: Any, *, on: date) -> list[tuple[str, str]]:
        """The areas whose list the user may upload: (code, name); "" stands for the whole service."""

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """The lists behind the template's drop-downs: name to (code, name)."""


class Stale(Exception):
    """The record has changed since the preview was made: it must be made again and looked at again."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


LIST_OUTCOMES = tuple((each.value, each.label) for each in
                      (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.MISSING, Outcome.REJECTED))  # fmt: skip
UNDO_OUTCOMES = tuple((each.value, each.label) for each in
                      (Outcome.RESTORE, Outcome.REMOVE, Outcome.VOID, Outcome.TOUCHED))  # fmt: skip


@cache
def _listed(paths: tuple[str, ...]) -> dict[str, ImportKind]:
    found: list[ImportKind] = [import_string(path) for path in paths]
    return {kind.code: kind for kind in found}


def all_kinds() -> list[ImportKind]:
    """Every kind, in the order of the settings."""
    return list(_listed(tuple(settings.IMPORT_KINDS)).values())


def kind_of(code: str) -> ImportKind:
    """The kind of that code. Errors: KeyError for one not in IMPORT_KINDS."""
    return _listed(tuple(settings.IMPORT_KINDS))[code]


@register()
def every_kind_loads(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        all_kinds()
    except ImportError as error:
        return [Error(f"IMPORT_KINDS names something that is not there: {error}", id="hcims.E020")]
    return []
