"""What a pre-scan finds, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

UNSAVED = "formula"  # a formula whose result was not saved with the file


@dataclass
class SheetScan:
    """One sheet of a workbook. Positions are zero-based (row, column)."""

    name: str
    hidden: bool = False
    rows: int = 0  # of the bounding box
    columns: int = 0
    hidden_rows: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)  # cells that hold an error, or UNSAVED


@dataclass
class Scan:
    """What a reader will meet in the file."""

    format: str
    sheets: list[SheetScan] = field(default_factory=list)
    unzipped: int = 0
    epoch_1904: bool = False
    encoding: str = ""  # of a text file
    delimiter: str = ""
    mends: str = ""  # reference of the import whose rejected rows this workbook holds

    @property
    def rows(self) -> int:
        return max((sheet.rows for sheet in self.sheets), default=0)

    @property
    def error_cells(self) -> int:
        return sum(len(sheet.errors) for sheet in self.sheets)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
